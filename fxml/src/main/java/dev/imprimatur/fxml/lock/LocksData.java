package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockStatistics;
import java.util.List;

/// What was read at one moment.
///
/// @param held longest held first
/// @param readNanos when, by [System#nanoTime]: ages go on from there
record LocksData(List<LockLease> held, LockStatistics statistics, long readNanos) {
  /// Whether there is nothing at all to show.
  boolean empty() {
    return held.isEmpty() && statistics.types().isEmpty();
  }
}
