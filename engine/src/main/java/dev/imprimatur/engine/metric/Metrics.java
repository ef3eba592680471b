package dev.imprimatur.engine.metric;

import java.time.Duration;

/// Takes what the engine measures. Called on the paths on which work is done, after the work: an
/// implementation keeps figures in memory, never waits, and asks no database.
public interface Metrics {
  /// Keeps nothing.
  Metrics NONE = new Metrics() {};

  /// An attempt at a job has ended.
  ///
  /// @param waited from when the job was due to its claim, by the database's clock
  /// @param claimToStart from the claim to the start
  /// @param took from the start until what it came to was stored
  default void jobRan(
      String kind, JobOutcome outcome, Duration waited, Duration claimToStart, Duration took) {}

  /// Jobs were found stale.
  ///
  /// @param released put back to be tried again
  /// @param failed ended, as no attempt was left
  default void staleReleased(int released, int failed) {}

  /// A lock was waited for.
  ///
  /// @param type of the lock, without what it is of: `tour-job`, not `tour-job:42`
  /// @param got whether it was had in the end
  default void lockWaited(String type, boolean got, Duration waited) {}

  /// A sweep has ended.
  default void swept(String sweep, boolean succeeded, Duration took) {}

  /// A provider has answered, or not.
  ///
  /// @param what was asked of it: `detector`, `aeo` or `rewrite`
  default void providerCalled(
      String what, String provider, ProviderOutcome outcome, Duration took) {}

  /// A transaction has written both layouts of the queue, or could not.
  default void dualWritten(String workspace, boolean succeeded) {}
}
