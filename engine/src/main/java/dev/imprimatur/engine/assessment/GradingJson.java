package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.json.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Grades as events and commands tell them.
public final class GradingJson {
  private static final double EXACT = 1e6;

  private GradingJson() {}

  /// What a grading came to: the grades, and either `boundaries` and `texts`, each with its chances
  /// of each grade, or what it was `refused` for.
  ///
  /// @param grades the lowest first
  /// @param texts to name them
  public static ObjectNode of(
      List<String> grades, Grading grading, Map<UUID, BatchText.Head> texts) {
    ObjectNode node = Json.object();
    grades.forEach(node.putArray("grades")::add);
    switch (grading) {
      case Grading.Refused refused ->
          node.putObject("refused").put("code", refused.code()).put("message", refused.message());
      case Grading.Projected projected -> projected(node, grades, projected, texts);
    }
    return node;
  }

  private static void projected(
      ObjectNode node,
      List<String> grades,
      Grading.Projected projected,
      Map<UUID, BatchText.Head> texts) {
    var boundaries = node.putArray("boundaries");
    projected
        .boundaries()
        .forEach(b ->
            boundaries
                .addObject()
                .put("below", b.below())
                .put("above", b.above())
                .put("at", b.at())
                .put("se", b.se()));
    var array = node.putArray("texts");
    texts.values().stream()
        .sorted(java.util.Comparator.comparingInt(BatchText.Head::position))
        .forEach(text -> {
          ObjectNode one =
              Json.object().put("text", text.id().toString()).put("label", text.label());
          List<Double> chances = projected.chances().get(text.id());
          if (text.grade() != null) {
            array.add(one.put("known", text.grade()));
          } else if (chances != null) {
            one.put("likeliest", grades.get(likeliest(chances)));
            var list = one.putArray("chances");
            chances.forEach(c -> list.add(Math.round(c * EXACT) / EXACT));
            array.add(one);
          }
        });
  }

  /// The place of the highest chance, from 0; of equal ones the lower grade's.
  public static int likeliest(List<Double> chances) {
    int likeliest = 0;
    for (int k = 1; k < chances.size(); k++) {
      likeliest = chances.get(k) > chances.get(likeliest) ? k : likeliest;
    }
    return likeliest;
  }
}
