package dev.imprimatur.engine.queue;

import java.time.Duration;

/// Whether a job that is said to run does. Its heartbeat is the worker's: a job that hangs in a
/// worker that lives has one all the same, so its progress is looked at too.
public enum JobHealth {
  /// It does not run.
  AT_REST,
  /// It was heard of, and came forward, not long ago.
  WORKING,
  /// Its worker lives, but it has not come forward for too long.
  HUNG,
  /// Its worker has not been heard of for too long; it is about to be released.
  SILENT;

  /// Judges a job by its ages.
  ///
  /// @param heartbeat how long ago its worker was last heard of
  /// @param progress how long ago it last came forward, or was claimed
  /// @param tooLong how long either may be
  public static JobHealth of(
      JobStatus status, Duration heartbeat, Duration progress, Duration tooLong) {
    if (status != JobStatus.RUNNING) {
      return AT_REST;
    }
    if (heartbeat.compareTo(tooLong) > 0) {
      return SILENT;
    }
    return progress.compareTo(tooLong) > 0 ? HUNG : WORKING;
  }
}
