package dev.imprimatur.engine.assessment.scale.quality;

import java.util.Arrays;
import java.util.OptionalDouble;

/// How two sets of scores go together.
final class Correlation {
  private Correlation() {}

  /// Pearson's; empty where one of them does not vary.
  static OptionalDouble pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 1e-18 && bb > 1e-18
        ? OptionalDouble.of(ab / Math.sqrt(aa * bb))
        : OptionalDouble.empty();
  }

  /// Spearman's: Pearson's of the ranks.
  static OptionalDouble spearman(double[] a, double[] b) {
    return pearson(Ranks.average(a), Ranks.average(b));
  }
}
