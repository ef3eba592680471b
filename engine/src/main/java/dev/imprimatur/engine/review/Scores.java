package dev.imprimatur.engine.review;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Arithmetic on scores. Exact decimals, because thresholds are exact: a drop of exactly 10 is not
/// a drop of more than 10.
public final class Scores {
  private Scores() {}

  /// A score as stored: 0–100, two decimals.
  public static BigDecimal score(double value) {
    return BigDecimal.valueOf(Math.clamp(value, 0.0, 100.0)).setScale(2, RoundingMode.HALF_UP);
  }

  /// How human-like a text is, from the probability (0–1) that a machine wrote it.
  public static BigDecimal humanLikeness(double aiProbability) {
    return score(100.0 * (1.0 - aiProbability));
  }

  /// The mean to four decimals, or null if there are no scores. Four decimals tell any two
  /// different means of up to 70 scores apart.
  public static @Nullable BigDecimal average(Collection<BigDecimal> scores) {
    if (scores.isEmpty()) {
      return null;
    }
    BigDecimal sum = scores.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(scores.size()), MathContext.DECIMAL64)
        .setScale(4, RoundingMode.HALF_UP);
  }

  /// Whether a metric lies below its threshold; equal is not below, and an absent metric is below
  /// nothing.
  public static boolean below(@Nullable BigDecimal metric, BigDecimal threshold) {
    return metric != null && metric.compareTo(threshold) < 0;
  }
}
