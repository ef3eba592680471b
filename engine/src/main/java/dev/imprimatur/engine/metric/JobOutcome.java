package dev.imprimatur.engine.metric;

/// What an attempt at a job came to.
public enum JobOutcome {
  COMPLETED,
  /// It failed, and is tried again later.
  RETRIED,
  /// It failed for good.
  FAILED,
  CANCELLED,
  /// It goes back unfinished, and uses up no attempt.
  HANDED_BACK,
  /// The job had been taken from the worker; its outcome is dropped.
  LOST,
  /// The database did not take in what it came to; it will be found stale.
  UNSTORED
}
