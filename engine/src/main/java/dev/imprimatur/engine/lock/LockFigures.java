package dev.imprimatur.engine.lock;

import java.util.List;

/// What waiting came to: over a time, for one type of lock.
///
/// @param tries how often it was wanted
/// @param timedOut how many of the tries got nothing
/// @param contended how many of the tries found somebody else holding it
/// @param averageMillis exact; tries that got nothing count with the time they waited
/// @param p95Millis off by 9.5 % at most, as [WaitBuckets] tells
/// @param p99Millis off by 9.5 % at most
public record LockFigures(
    String type,
    long tries,
    long timedOut,
    long contended,
    double averageMillis,
    double p95Millis,
    double p99Millis) {

  /// The share of tries that got nothing, in percent.
  public double timeoutPercent() {
    return tries == 0 ? 0 : 100.0 * timedOut / tries;
  }

  /// The share of tries that found somebody else holding it, in percent.
  public double contendedPercent() {
    return tries == 0 ? 0 : 100.0 * contended / tries;
  }

  static LockFigures of(String type, List<WaitCount> counts) {
    long tries = 0;
    long timedOut = 0;
    long contended = 0;
    long micros = 0;
    long[] buckets = new long[WaitBuckets.COUNT];
    for (WaitCount c : counts) {
      tries += c.tries();
      timedOut += c.outcome() == WaitCount.Outcome.TIMED_OUT ? c.tries() : 0;
      contended += c.contended();
      micros += c.waitedMicros();
      buckets[c.bucket()] += c.tries();
    }
    return new LockFigures(
        type,
        tries,
        timedOut,
        contended,
        tries == 0 ? 0 : micros / 1000.0 / tries,
        WaitBuckets.percentile(buckets, 0.95),
        WaitBuckets.percentile(buckets, 0.99));
  }
}
