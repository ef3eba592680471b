package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.assessment.scale.ScoresOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Split-half reliability: the comparisons are put in a random order, the odd ones and the even
/// ones are fitted apart, and the two sets of scores correlated; by Spearman and Brown (1910),
/// 2r/(1+r) is what that is for the whole. Halves that contradict each other (r below 0) have
/// nothing to step up, and the formula would run off to −∞: then r itself is given. Unlike SSR it
/// does not take the model's word for its own errors.
///
/// @param reliabilities one a split that could be fitted, from −1 to 1
/// @param splits how many were tried
public record SplitHalf(List<Double> reliabilities, int splits) {
  /// Half of the comparisons often leave a text without a finite score, so halves are always fitted
  /// with a ridge: this, unless the options have a larger one.
  public static final double RIDGE = 0.1;

  /// @param splits how many random splits
  /// @return empty if whoever watches stopped it
  public static Optional<SplitHalf> of(
      Comparisons comparisons, FitOptions options, int splits, long seed, FitProgress progress) {
    var random = new SplittableRandom(seed);
    FitOptions halves = options.withRidge(Math.max(RIDGE, options.ridge()));
    List<Double> found = new ArrayList<>();
    for (int s = 0; s < splits; s++) {
      int[] shuffled = shuffled(comparisons.size(), random);
      List<double[]> scores = new ArrayList<>();
      for (int half = 0; half < 2; half++) {
        Comparisons part = comparisons.pick(every(shuffled, half));
        switch (BradleyTerry.scores(part, halves, progress)) {
          case ScoresOutcome.Found f -> scores.add(f.scores());
          case ScoresOutcome.Refused r -> {}
          case ScoresOutcome.Stopped stopped -> {
            return Optional.empty();
          }
        }
      }
      if (scores.size() == 2) {
        Correlation.pearson(scores.get(0), scores.get(1)).ifPresent(r -> found.add(stepped(r)));
      }
    }
    return Optional.of(new SplitHalf(List.copyOf(found), splits));
  }

  /// The average over the splits; empty if none could be fitted.
  public OptionalDouble mean() {
    return reliabilities.stream().mapToDouble(Double::doubleValue).average();
  }

  /// The smallest.
  public OptionalDouble least() {
    return reliabilities.stream().mapToDouble(Double::doubleValue).min();
  }

  /// The largest.
  public OptionalDouble most() {
    return reliabilities.stream().mapToDouble(Double::doubleValue).max();
  }

  private static double stepped(double r) {
    return r > 0 ? 2 * r / (1 + r) : r;
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] numbers = new int[size];
    for (int k = 0; k < size; k++) {
      int other = random.nextInt(k + 1);
      numbers[k] = numbers[other];
      numbers[other] = k;
    }
    return numbers;
  }

  private static int[] every(int[] numbers, int half) {
    int[] part = new int[(numbers.length + 1 - half) / 2];
    for (int i = 0; i < part.length; i++) {
      part[i] = numbers[2 * i + half];
    }
    return part;
  }
}
