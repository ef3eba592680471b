package dev.imprimatur.bench.result;

import dev.imprimatur.engine.json.Json;
import java.util.Collection;
import tools.jackson.databind.node.ObjectNode;

/// What several measurements of one thing come to.
///
/// @param count how many measurements
public record Figure(double median, double lowest, double highest, int count) {
  /// The median and range of at least one measurement; the median of an even number is the mean of
  /// the middle two.
  public static Figure of(Collection<Double> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Figure(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /// The smallest of the sorted values that at least this share of them does not exceed.
  ///
  /// @param share above 0, at most 1
  public static long percentile(long[] sorted, double share) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
  }

  /// `{"median", "lowest", "highest", "count"}`.
  public ObjectNode json() {
    return Json.object()
        .put("median", median)
        .put("lowest", lowest)
        .put("highest", highest)
        .put("count", count);
  }
}
