package dev.imprimatur.engine.assessment.scale;

import java.util.OptionalDouble;

/// How much of the spread of scores is not error.
///
/// @param ssr scale separation reliability, 1 − mean(SE²)/var(score) with n−1 in the variance
///   (Pollitt 2012, after Andrich 1982). At most 1; below 0 where errors are larger than the
///   spread. Empty if all scores are the same
/// @param separation √(SSR/(1−SSR)), the true spread in units of the average error (Wright &
///   Masters 1982); 0 where SSR is below 0
public record Reliability(OptionalDouble ssr, OptionalDouble separation) {
  // Scores that differ by rounding only have no spread.
  private static final double ROUNDING = 1e-15;

  /// @param scores in logits
  /// @param variances their squared standard errors, from scores that sum to zero: those against a
  ///   reference would make it depend on which text that is
  static Reliability of(double[] scores, double[] variances) {
    int n = scores.length;
    double mean = 0;
    double error = 0;
    for (int i = 0; i < n; i++) {
      mean += scores[i] / n;
      error += variances[i] / n;
    }
    double spread = 0;
    for (double score : scores) {
      spread += (score - mean) * (score - mean) / (n - 1);
    }
    if (n < 2 || !(spread > ROUNDING * error)) {
      return new Reliability(OptionalDouble.empty(), OptionalDouble.empty());
    }
    double ssr = 1 - error / spread;
    return new Reliability(
        OptionalDouble.of(ssr),
        ssr < 1
            ? OptionalDouble.of(ssr <= 0 ? 0 : Math.sqrt(ssr / (1 - ssr)))
            : OptionalDouble.empty());
  }
}
