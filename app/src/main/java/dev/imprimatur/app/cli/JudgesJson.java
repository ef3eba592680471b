package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.JudgeTimes;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// What people have judged of a batch, as JSON and as a table.
final class JudgesJson {
  private JudgesJson() {}

  static ObjectNode add(ObjectNode node, List<JudgeTimes> judges) {
    var array = node.putArray("judges");
    for (JudgeTimes judge : judges) {
      OptionalLong median = judge.medianMillis();
      array
          .addObject()
          .put("judge", judge.judge())
          .put("answers", judge.answers())
          .put("ties", judge.ties())
          .put("skips", judge.skips())
          .put("taken_back", judge.withdrawn())
          .put("median_decision_ms", median.isPresent() ? median.getAsLong() : null);
    }
    return node;
  }

  /// Nothing where no person has judged.
  static String text(List<JudgeTimes> judges, int columns) {
    if (judges.isEmpty()) {
      return "";
    }
    var table =
        new Table("judge", ">answers", ">ties", ">skips", ">taken back", ">median decision");
    judges.forEach(j ->
        table.row(
            j.judge(),
            j.answers(),
            j.ties(),
            j.skips(),
            j.withdrawn(),
            j.medianMillis().isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f s", j.medianMillis().getAsLong() / 1000.0)));
    return "\n" + table.text(columns);
  }
}
