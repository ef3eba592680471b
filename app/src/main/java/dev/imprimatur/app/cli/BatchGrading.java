package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.GradingJson;
import dev.imprimatur.engine.assessment.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// A batch's grades as tables.
final class BatchGrading {
  private BatchGrading() {}

  static String text(List<String> grades, Grading grading, BatchDetail detail, int columns) {
    return switch (grading) {
      case Grading.Refused refused -> "No grades: " + refused.message() + ".\n";
      case Grading.Projected projected -> {
        var boundaries = new Table("boundary", ">at", ">se");
        projected
            .boundaries()
            .forEach(
                b -> boundaries.row(b.below() + " | " + b.above(), number(b.at()), number(b.se())));
        yield boundaries.text(columns) + "\n" + chances(grades, projected, detail).text(columns);
      }
    };
  }

  private static Table chances(
      List<String> grades, Grading.Projected projected, BatchDetail detail) {
    List<String> head = new ArrayList<>(List.of(">rank", "text", "grade"));
    grades.forEach(grade -> head.add(">" + grade));
    var table = new Table(head.toArray(String[]::new));
    Map<UUID, BatchText.Head> texts = new HashMap<>();
    detail.texts().forEach(t -> texts.put(t.id(), t));
    for (Scale.Place place : detail.results()) {
      BatchText.Head text = texts.get(place.text());
      List<Double> chances = projected.chances().get(place.text());
      List<Object> row = new ArrayList<>();
      row.add(place.rank());
      row.add(text == null ? "" : text.label());
      row.add(
          chances == null
              ? text == null || text.grade() == null ? "" : text.grade() + " (known)"
              : grades.get(GradingJson.likeliest(chances)));
      for (int k = 0; k < grades.size(); k++) {
        row.add(chances == null ? "" : number(chances.get(k)));
      }
      table.row(row.toArray());
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
