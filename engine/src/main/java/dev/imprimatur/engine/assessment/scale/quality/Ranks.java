package dev.imprimatur.engine.assessment.scale.quality;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Places in an order, the highest score first. Scores that differ by rounding only share a place.
final class Ranks {
  private static final double SAME = 1e-7;

  private Ranks() {}

  /// From 1; those that share a place all have the first of them, as in sports.
  static int[] competition(double[] scores) {
    int[] ranks = new int[scores.length];
    int[] order = order(scores);
    for (int i = 0; i < order.length; i++) {
      boolean shared = i > 0 && scores[order[i - 1]] - scores[order[i]] < SAME;
      ranks[order[i]] = shared ? ranks[order[i - 1]] : i + 1;
    }
    return ranks;
  }

  /// From 1; those that share a place have the average of their places.
  static double[] average(double[] scores) {
    double[] ranks = new double[scores.length];
    int[] order = order(scores);
    int begin = 0;
    for (int i = 1; i <= order.length; i++) {
      if (i == order.length || scores[order[i - 1]] - scores[order[i]] >= SAME) {
        for (int k = begin; k < i; k++) {
          ranks[order[k]] = (begin + 1 + i) / 2.0;
        }
        begin = i;
      }
    }
    return ranks;
  }

  private static int[] order(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
