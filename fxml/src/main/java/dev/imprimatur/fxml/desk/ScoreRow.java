package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One score beside its baseline.
///
/// @param name of the detector or intent; empty for the average
/// @param comparable whether both were made by the same provider and model; true without a baseline
/// @param note why there is no score, if there is none
record ScoreRow(
    RunPart.Kind kind,
    String name,
    @Nullable BigDecimal before,
    @Nullable BigDecimal now,
    boolean comparable,
    @Nullable String note) {

  boolean average() {
    return name.isEmpty();
  }

  /// By how much it rose; negative if it fell; null where there is nothing to compare.
  @Nullable BigDecimal change() {
    return before == null || now == null || !comparable ? null : now.subtract(before);
  }

  /// The scores of a run: of each kind the average first, then its parts.
  static List<ScoreRow> of(@Nullable RunResult run, @Nullable RunResult baseline) {
    List<ScoreRow> rows = new ArrayList<>();
    if (run == null) {
      return rows;
    }
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      List<ScoreRow> parts =
          run.parts().stream()
              .filter(p -> p.kind() == kind)
              .map(p -> of(p, run, baseline))
              .toList();
      if (!parts.isEmpty()) {
        boolean comparable = parts.stream().allMatch(ScoreRow::comparable);
        rows.add(
            new ScoreRow(
                kind,
                "",
                baseline == null ? null : average(baseline, kind),
                average(run, kind),
                comparable,
                null));
        rows.addAll(parts);
      }
    }
    return rows;
  }

  private static @Nullable BigDecimal average(RunResult result, RunPart.Kind kind) {
    return kind == RunPart.Kind.DETECTOR ? result.run().aiDetectorAvg() : result.run().aeoAvg();
  }

  private static ScoreRow of(RunPart part, RunResult run, @Nullable RunResult baseline) {
    BigDecimal before = null;
    boolean comparable = true;
    if (baseline != null) {
      for (RunPart other : baseline.parts()) {
        if (other.kind() == part.kind() && other.name().equals(part.name())) {
          before = other.score();
        }
      }
      String key = Code.of(part.kind()) + ":" + part.name();
      JsonNode here = run.run().providers().path(key);
      comparable = here.equals(baseline.run().providers().path(key));
    }
    return new ScoreRow(part.kind(), part.name(), before, part.score(), comparable, part.note());
  }
}
