package dev.imprimatur.engine.assessment.scale.grade;

/// The normal distribution.
final class Normal {
  private static final double FAR = 8;

  private Normal() {}

  /// P(Z ≤ z), by the series ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …) (Marsaglia 2004).
  static double below(double z) {
    if (z < -FAR) {
      return 0;
    }
    if (z > FAR) {
      return 1;
    }
    double sum = z;
    double term = z;
    for (int odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return Math.clamp(0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI), 0, 1);
  }
}
