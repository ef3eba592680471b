package dev.imprimatur.engine.review;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Escalation.Reason;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a finalised run must stop for (review.md §3). Pure: facts in, stops out.
public final class HardStops {
  private HardStops() {}

  /// The thresholds; equal to one does not stop.
  public record Limits(BigDecimal ai, BigDecimal aeo, BigDecimal drop, int rewriteCap) {
    /// The limits in these settings.
    public static Limits of(Settings settings) {
      return new Limits(
          settings.get(Keys.AI_THRESHOLD),
          settings.get(Keys.AEO_THRESHOLD),
          settings.get(Keys.REGRESSION_DROP),
          settings.get(Keys.REWRITE_CAP));
    }
  }

  /// A stop before it is stored.
  ///
  /// @param scoreBased whether an approval in force overrides it
  public record Found(Reason reason, JsonNode details, boolean scoreBased) {}

  /// The stops, each with its arithmetic.
  ///
  /// @param rewriteCycles how many the article has started
  public static List<Found> judge(
      @Nullable BigDecimal aiDetectorAvg,
      @Nullable BigDecimal aeoAvg,
      Optional<ObjectNode> regression,
      int rewriteCycles,
      Limits limits) {
    List<Found> found = new ArrayList<>();
    if (Scores.below(aiDetectorAvg, limits.ai())) {
      found.add(
          new Found(
              Reason.LIKELY_AI_GENERATED,
              below("ai_detector_avg", aiDetectorAvg, limits.ai()),
              true));
    }
    if (Scores.below(aeoAvg, limits.aeo())) {
      found.add(new Found(Reason.POOR_QUALITY, below("aeo_avg", aeoAvg, limits.aeo()), true));
    }
    regression.ifPresent(details -> found.add(new Found(Reason.SCORE_REGRESSION, details, true)));
    if (rewriteCycles > limits.rewriteCap()) {
      found.add(new Found(Reason.REWRITE_CAP, cap(rewriteCycles, limits.rewriteCap()), false));
    }
    return found;
  }

  /// The arithmetic of a used-up cap.
  public static JsonNode cap(int used, int cap) {
    return Json.object().put("cycles_used", used).put("cap", cap);
  }

  private static JsonNode below(String metric, @Nullable BigDecimal value, BigDecimal threshold) {
    return Json.object().put("metric", metric).put("value", value).put("threshold", threshold);
  }
}
