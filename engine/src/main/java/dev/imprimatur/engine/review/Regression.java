package dev.imprimatur.engine.review;

import dev.imprimatur.engine.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Whether a run has fallen behind its baseline (review.md §2). A pure function of two runs.
public final class Regression {
  private Regression() {}

  /// A run's scores, as compared.
  public record Side(EvaluationRun run, List<RunPart> parts) {}

  /// Compares where both have a metric.
  ///
  /// @param drop a metric that fell by more than this regresses; equal does not
  /// @param basis why this baseline was chosen, such as `last_approved`
  /// @return the details, if either metric regressed
  public static Optional<ObjectNode> find(
      Side baseline, Side current, BigDecimal drop, String basis) {
    ObjectNode metrics = Json.object();
    boolean ai =
        compare(
            metrics,
            "ai_detector_avg",
            baseline.run().aiDetectorAvg(),
            current.run().aiDetectorAvg(),
            drop);
    boolean aeo =
        compare(metrics, "aeo_avg", baseline.run().aeoAvg(), current.run().aeoAvg(), drop);
    if (!ai && !aeo) {
      return Optional.empty();
    }
    ObjectNode details = Json.object();
    details.put("baseline_run", baseline.run().id().toString());
    details.put("baseline_version", baseline.run().versionId().toString());
    details.put("basis", basis);
    details.put("threshold", drop);
    boolean comparable = baseline.run().fingerprint().equals(current.run().fingerprint());
    details.put("comparable", comparable);
    if (!comparable) {
      details.put(
          "not_comparable_because",
          "the two runs were made by different providers, models or intents");
    }
    details.put("partial", current.run().status() != EvaluationRun.Status.COMPLETED);
    details.set("metrics", metrics);
    details.set("detectors", perPart(RunPart.Kind.DETECTOR, baseline, current));
    details.set("intents", perPart(RunPart.Kind.AEO, baseline, current));
    return Optional.of(details);
  }

  private static boolean compare(
      ObjectNode into,
      String metric,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      BigDecimal threshold) {
    if (before == null || after == null) {
      return false;
    }
    BigDecimal drop = before.subtract(after);
    boolean regressed = drop.compareTo(threshold) > 0;
    into.set(
        metric,
        Json.object()
            .put("before", before)
            .put("after", after)
            .put("drop", drop)
            .put("regressed", regressed));
    return regressed;
  }

  private static ObjectNode perPart(RunPart.Kind kind, Side baseline, Side current) {
    ObjectNode result = Json.object();
    for (RunPart now : current.parts()) {
      if (now.kind() != kind) {
        continue;
      }
      BigDecimal before = scoreOf(baseline.parts(), kind, now.name());
      ObjectNode row = Json.object().put("before", before).put("after", now.score());
      if (before != null && now.score() != null) {
        row.put("drop", before.subtract(now.score()));
      }
      String key = Code.of(kind) + ":" + now.name();
      row.put(
          "comparable",
          baseline.run().providers().path(key).equals(current.run().providers().path(key)));
      result.set(now.name(), row);
    }
    return result;
  }

  private static @Nullable BigDecimal scoreOf(List<RunPart> parts, RunPart.Kind kind, String name) {
    for (RunPart part : parts) {
      if (part.kind() == kind && part.name().equals(name)) {
        return part.score();
      }
    }
    return null;
  }
}
