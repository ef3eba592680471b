package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.provider.local.fitting.Sample.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Fits all detectors on the training split, chooses penalties and the prior shift on the dev
/// split, and never looks at the held-out split.
public final class Fitting {
  /// The share of human dev passages that may average below the threshold at most.
  static final double MOST_FLAGGED = 0.05;

  /// A text escalates when its average human-likeness is below this; see the review rules.
  static final double THRESHOLD = 70;

  /// None is weak: the measures are correlated, and the texts to be judged come from other sources.
  private static final double[] PENALTIES = {10, 30, 100};

  private Fitting() {}

  /// @param detectors the feature names of each detector
  public static List<FittedModel> fit(List<Sample> samples, Map<String, List<String>> detectors) {
    List<Sample> train = of(samples, Split.TRAIN);
    List<Sample> dev = of(samples, Split.DEV);
    List<FittedModel> models = new ArrayList<>();
    detectors.forEach((name, features) -> models.add(best(name, features, train, dev)));
    double shift = shift(models, dev);
    return models.stream().map(m -> m.shifted(shift)).toList();
  }

  static List<Sample> of(List<Sample> samples, Split split) {
    return samples.stream().filter(s -> s.split() == split).toList();
  }

  /// The score a reviewer sees: the mean of `100 × (1 − p)` over the detectors.
  static double averageScore(List<FittedModel> models, Sample sample) {
    return models.stream().mapToDouble(m -> 100 * (1 - m.probability(sample))).average().orElse(0);
  }

  private static FittedModel best(
      String name, List<String> features, List<Sample> train, List<Sample> dev) {
    FittedModel best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      FittedModel model = fitOne(name, features, train, penalty);
      double loss = loss(model, dev);
      if (best == null || loss < smallest) {
        smallest = loss;
        best = model;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no penalty to try");
    }
    return best;
  }

  private static FittedModel fitOne(
      String name, List<String> features, List<Sample> train, double penalty) {
    int size = features.size();
    double[] means = new double[size];
    double[] deviations = new double[size];
    for (int i = 0; i < size; i++) {
      String feature = features.get(i);
      double[] column =
          train.stream().mapToDouble(s -> s.values().getOrDefault(feature, 0.0)).toArray();
      means[i] = balancedMean(column, train);
      double sum = 0;
      for (double value : column) {
        sum += (value - means[i]) * (value - means[i]);
      }
      deviations[i] = StrictMath.sqrt(sum / column.length);
    }
    double[][] x = new double[train.size()][];
    boolean[] y = new boolean[train.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = FittedModel.z(train.get(i), features, means, deviations);
      y[i] = train.get(i).machine();
    }
    double[] beta = LogisticFit.fit(x, y, penalty);
    double[] weights = java.util.Arrays.copyOfRange(beta, 1, beta.length);
    return new FittedModel(name, features, penalty, beta[0], 0, means, deviations, weights);
  }

  /// Half way between the classes' means, whatever their sizes.
  private static double balancedMean(double[] column, List<Sample> train) {
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < column.length; i++) {
      int label = train.get(i).machine() ? 1 : 0;
      sums[label] += column[i];
      counts[label]++;
    }
    return (sums[0] / counts[0] + sums[1] / counts[1]) / 2;
  }

  /// Log loss, classes weighted equally.
  private static double loss(FittedModel model, List<Sample> samples) {
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (Sample sample : samples) {
      double p = model.probability(sample);
      int label = sample.machine() ? 1 : 0;
      sums[label] -= StrictMath.log(sample.machine() ? p : 1 - p);
      counts[label]++;
    }
    return sums[0] / counts[0] + sums[1] / counts[1];
  }

  /// The smallest step down, in tenths, that keeps the share of flagged human dev passages within
  /// bounds.
  private static double shift(List<FittedModel> models, List<Sample> dev) {
    List<Sample> human = dev.stream().filter(s -> !s.machine()).toList();
    for (int tenths = 0; tenths < 60; tenths++) {
      double shift = -tenths / 10.0;
      List<FittedModel> shifted = models.stream().map(m -> m.shifted(shift)).toList();
      long flagged = human.stream().filter(s -> averageScore(shifted, s) < THRESHOLD).count();
      if (flagged <= MOST_FLAGGED * human.size()) {
        return shift;
      }
    }
    throw new IllegalStateException("no shift keeps the share of flagged human texts low enough");
  }
}
