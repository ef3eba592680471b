package dev.imprimatur.engine.assessment.scale.pairing;

import dev.imprimatur.engine.assessment.scale.pairing.PairSelection.Gap;
import java.util.Arrays;
import java.util.Comparator;

/// A round in which each text is in one pair at most. The texts that are left stand in a chain by
/// score, so that whoever looks for a partner meets the nearest ones first, and only those.
final class Round {
  static final int NONE = -1;

  /// So many possible partners on either side are weighed.
  private static final int WEIGHED = 32;

  private final PairHistory history;
  private final double[] scores;
  private final double[] variances;
  private final Gap gap;
  private final int level;
  private final int[] lower;
  private final int[] higher;
  private final boolean[] taken;

  /// @param texts all of them; the order in which those with the same score stand
  Round(PairHistory history, double[] scores, double[] variances, Gap gap, int level, int[] texts) {
    this.history = history;
    this.scores = scores;
    this.variances = variances;
    this.gap = gap;
    this.level = level;
    int n = scores.length;
    this.lower = new int[n];
    this.higher = new int[n];
    this.taken = new boolean[n];
    int[] order =
        Arrays.stream(texts)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < n; i++) {
      lower[order[i]] = i == 0 ? NONE : order[i - 1];
      higher[order[i]] = i == n - 1 ? NONE : order[i + 1];
    }
  }

  /// The partner with whom a comparison tells most, or [#NONE].
  int partner(int text) {
    if (taken[text]) {
      return NONE;
    }
    int below = best(text, lower);
    int above = best(text, higher);
    return below == NONE || above != NONE && value(text, above) > value(text, below)
        ? above
        : below;
  }

  private int best(int text, int[] towards) {
    int best = NONE;
    int weighed = 0;
    for (int other = towards[text]; other != NONE && weighed < WEIGHED; other = towards[other]) {
      double apart = Math.abs(scores[text] - scores[other]);
      if (apart > gap.most()) {
        break;
      }
      if (apart < gap.least() || history.uses(text, other) > level) {
        continue;
      }
      weighed++;
      if (best == NONE || value(text, other) > value(text, best)) {
        best = other;
      }
      // Beyond the bounds nothing is weighed: the nearest one tells most.
      if (Double.isInfinite(gap.most())) {
        break;
      }
    }
    return best;
  }

  void take(int one, int other) {
    for (int text : new int[] {one, other}) {
      taken[text] = true;
      if (lower[text] != NONE) {
        higher[lower[text]] = higher[text];
      }
      if (higher[text] != NONE) {
        lower[higher[text]] = lower[text];
      }
    }
  }

  private double value(int one, int other) {
    return information(scores[one] - scores[other]) * (variances[one] + variances[other]);
  }

  /// What a comparison tells of a difference (Fisher's information): p(1−p).
  static double information(double difference) {
    double p = 1 / (1 + Math.exp(-difference));
    return p * (1 - p);
  }
}
