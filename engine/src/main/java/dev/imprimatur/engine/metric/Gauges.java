package dev.imprimatur.engine.metric;

import java.time.Duration;
import java.util.List;

/// What there is at one moment, read in one query that looks at a bounded number of rows.
///
/// @param depths jobs that have not ended; a kind and status of which there is none is missing
/// @param stuck jobs that are said to run, but of which nothing was heard for too long; a kind of
///   which there is none is missing
/// @param ended jobs that ended within the last minute; a status of which there is none is missing
/// @param lags of every subscriber, in order
/// @param ticks of every sweep, in order
public record Gauges(
    List<Depth> depths, List<Stuck> stuck, List<Ended> ended, List<Lag> lags, List<Tick> ticks) {
  /// Nothing is known.
  public static final Gauges NONE = new Gauges(List.of(), List.of());

  /// At most so many rows are looked at for each figure; where there are more, it stands still
  /// there.
  public static final int MOST = 100_000;

  /// No job has ended, nothing is known of sweeps.
  public Gauges(List<Depth> depths, List<Lag> lags) {
    this(depths, List.of(), List.of(), lags, List.of());
  }

  /// How many jobs wait or run.
  ///
  /// @param status `pending` or `running`
  /// @param oldest for how long the one has been due that has been due longest; zero where none is
  ///   due, and for those that run
  public record Depth(String kind, String status, long jobs, Duration oldest) {
    /// None is due.
    public Depth(String kind, String status, long jobs) {
      this(kind, status, jobs, Duration.ZERO);
    }
  }

  /// How many jobs hang, or have a worker that was not heard of.
  public record Stuck(String kind, long jobs) {}

  /// How many jobs have ended.
  ///
  /// @param status `completed`, `failed` or `cancelled`
  public record Ended(String status, long jobs) {}

  /// What a subscriber has still to get.
  ///
  /// @param pending deliveries still to be made
  /// @param dead deliveries parked after too many attempts
  /// @param oldest how long ago the oldest event was written that is pending; zero where none is
  public record Lag(String subscriber, long pending, long dead, Duration oldest) {}

  /// Whether a sweep comes when it is due.
  ///
  /// @param overdue for how long it has been due and no process has taken it; zero where it is not
  ///   due, is under way, or was never planned
  /// @param failing whether its latest run failed
  public record Tick(String sweep, Duration overdue, boolean failing) {}
}
