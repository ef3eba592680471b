package dev.imprimatur.engine.lock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How often was waited so long, in one hour for one type of lock.
///
/// @param hour when it was written down, a few seconds after the wait; null while it is not yet
/// @param bucket of [WaitBuckets]
/// @param contended how many of the tries found somebody else holding it
/// @param waitedMicros all tries together, in microseconds
public record WaitCount(
    String type,
    @Nullable Instant hour,
    Outcome outcome,
    int bucket,
    long tries,
    long contended,
    long waitedMicros) {

  /// How a wait ended.
  public enum Outcome {
    ACQUIRED,
    TIMED_OUT
  }
}
