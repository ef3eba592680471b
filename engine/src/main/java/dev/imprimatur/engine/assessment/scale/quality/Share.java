package dev.imprimatur.engine.assessment.scale.quality;

import java.util.OptionalDouble;

/// A share with its 95 % confidence interval (Wilson 1927), which holds for few and for extreme
/// ones too.
///
/// @param count of how many it is true
/// @param of out of how many
public record Share(long count, long of) {
  private static final double Z = 1.959963984540054;

  /// From 0 to 1; empty of nothing.
  public OptionalDouble value() {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
  }

  /// The lower end of the interval; 0 of nothing.
  public double low() {
    return of == 0 ? 0 : Math.max(0, middle() - half());
  }

  /// The upper end of the interval; 1 of nothing.
  public double high() {
    return of == 0 ? 1 : Math.min(1, middle() + half());
  }

  private double middle() {
    return (count + Z * Z / 2) / (of + Z * Z);
  }

  private double half() {
    double p = (double) count / of;
    return Z / (of + Z * Z) * Math.sqrt(of * p * (1 - p) + Z * Z / 4);
  }
}
