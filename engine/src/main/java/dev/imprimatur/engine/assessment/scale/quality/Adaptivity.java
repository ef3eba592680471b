package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Whether pairs were chosen closer together than chance would have it, as adaptive pairing does.
/// Scores that decided about their own pairs are spread too wide, and SSR takes the spread for
/// truth: it may be high where nothing is measured (Bramley 2015; Bramley & Vitello 2019). Where it
/// is noticeable, go by split halves, or better by a second, random sample.
///
/// @param compared mean difference of scores between texts that were compared, in logits
/// @param all mean difference between any two texts, in logits
public record Adaptivity(double compared, double all) {
  /// Below this ratio, chance does not bring the pairs of a few dozen texts.
  private static final double CLOSE = 0.75;

  /// @param scores by the texts' numbers, in logits
  public static Adaptivity of(Comparisons comparisons, double[] scores) {
    double sum = 0;
    for (int k = 0; k < comparisons.size(); k++) {
      sum += Math.abs(scores[comparisons.winner(k)] - scores[comparisons.loser(k)]);
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double apart = 0;
    for (int i = 0; i < sorted.length; i++) {
      apart += (2.0 * i - sorted.length + 1) * sorted[i];
    }
    double pairs = sorted.length * (sorted.length - 1.0) / 2;
    return new Adaptivity(
        comparisons.size() == 0 ? 0 : sum / comparisons.size(), pairs == 0 ? 0 : apart / pairs);
  }

  /// How far apart compared texts are, as a share of what chance would bring; empty if all scores
  /// are the same.
  public OptionalDouble ratio() {
    return all > 1e-9 ? OptionalDouble.of(compared / all) : OptionalDouble.empty();
  }

  /// Whether SSR should not be trusted for it.
  public boolean noticeable() {
    return ratio().isPresent() && ratio().getAsDouble() < CLOSE;
  }
}
