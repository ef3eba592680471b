package dev.imprimatur.engine.provider.local.fitting;

import java.util.List;

/// A detector's weights as they come out of a fit; the same arithmetic as the shipped detector.
///
/// @param penalty the L2 penalty chosen on the dev split
/// @param weights one per feature
public record FittedModel(
    String detector,
    List<String> features,
    double penalty,
    double intercept,
    double priorShift,
    double[] means,
    double[] deviations,
    double[] weights) {

  private static final double LARGEST_Z = 4;

  FittedModel shifted(double shift) {
    return new FittedModel(
        detector, features, penalty, intercept, shift, means, deviations, weights);
  }

  double probability(Sample sample) {
    double[] z = z(sample, features, means, deviations);
    double logOdds = intercept + priorShift;
    for (int i = 0; i < z.length; i++) {
      logOdds += weights[i] * z[i];
    }
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  static double[] z(Sample sample, List<String> features, double[] means, double[] deviations) {
    double[] z = new double[features.size()];
    for (int i = 0; i < z.length; i++) {
      double value = sample.values().getOrDefault(features.get(i), 0.0);
      double raw = (value - means[i]) / deviations[i];
      z[i] = StrictMath.max(-LARGEST_Z, StrictMath.min(LARGEST_Z, raw));
    }
    return z;
  }
}
