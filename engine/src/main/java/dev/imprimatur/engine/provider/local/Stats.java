package dev.imprimatur.engine.provider.local;

/// Small sums over samples. Everything here gives the same bits on every JVM.
final class Stats {
  private Stats() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /// Sample standard deviation, 0 for fewer than two values.
  static double deviation(double[] values) {
    if (values.length < 2) {
      return 0;
    }
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return StrictMath.sqrt(sum / (values.length - 1));
  }

  /// `part / whole`, 0 where there is no whole.
  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /// The logistic function.
  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double round(double value, int decimals) {
    double scale = StrictMath.pow(10, decimals);
    return StrictMath.rint(value * scale) / scale;
  }
}
