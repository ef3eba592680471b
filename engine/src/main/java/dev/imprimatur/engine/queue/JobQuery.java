package dev.imprimatur.engine.queue;

import org.jspecify.annotations.Nullable;

/// Which jobs a list shows, and in what order.
///
/// @param kind only these, or null for all
/// @param workspace only this one's, or null for all
/// @param search words that must all stand in the payload, the id, the kind, who enqueued it, the
///   worker or the last error, whatever their case; may be blank
/// @param descending whether the order is reversed
public record JobQuery(
    Show show,
    @Nullable String kind,
    @Nullable String workspace,
    String search,
    Sort sort,
    boolean descending) {

  /// All jobs, newest first.
  public static final JobQuery ALL = new JobQuery(Show.ALL, null, null, "", Sort.ENQUEUED, true);

  /// Which.
  public enum Show {
    ALL,
    /// Pending or running.
    OPEN,
    PENDING,
    RUNNING,
    /// Running, but without a sign of progress, or without a heartbeat, for too long.
    STUCK,
    FAILED,
    CANCELLED,
    COMPLETED
  }

  /// By what. Those that are equal stand in the order in which they were enqueued, the newest first
  /// where the order is reversed.
  public enum Sort {
    ENQUEUED,
    KIND,
    WORKSPACE,
    STATUS,
    ATTEMPTS,
    /// When it was last heard of.
    HEARTBEAT,
    /// When it last came forward.
    PROGRESS
  }
}
