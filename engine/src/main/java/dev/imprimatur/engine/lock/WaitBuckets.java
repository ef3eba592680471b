package dev.imprimatur.engine.lock;

/// Lengths of waiting, sorted into buckets of which each reaches a fifth further than the one
/// before: the first to 0.1 ms, the last beyond an hour. A percentile read from them is off by 9.5
/// % at most; one below 0.1 ms is given as 0.1 ms.
public final class WaitBuckets {
  /// How many there are.
  public static final int COUNT = 97;

  private static final double FIRST_MICROS = 100;
  private static final double STEP = 1.2;

  private WaitBuckets() {}

  /// The bucket of a wait.
  static int of(long micros) {
    if (micros <= FIRST_MICROS) {
      return 0;
    }
    double steps = Math.log(micros / FIRST_MICROS) / Math.log(STEP);
    return Math.min(COUNT - 1, (int) Math.ceil(steps - 1e-9));
  }

  /// What a wait in a bucket is given as: the geometric mean of the bucket's bounds, in
  /// milliseconds.
  static double millis(int bucket) {
    return bucket == 0 ? FIRST_MICROS / 1000 : FIRST_MICROS / 1000 * Math.pow(STEP, bucket - 0.5);
  }

  /// The wait that a share of all do not exceed, in milliseconds; 0 where there are none.
  ///
  /// @param counts by bucket
  /// @param share from 0 to 1
  static double percentile(long[] counts, double share) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long wanted = Math.max(1, (long) Math.ceil(all * share));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (all > 0 && seen >= wanted) {
        return millis(bucket);
      }
    }
    return 0;
  }
}
