package dev.imprimatur.engine.metric;

import java.time.Duration;
import java.util.List;

/// What there is at one moment, read in one query that looks at a bounded number of rows.
///
/// @param depths jobs that have not ended; a kind and status of which there is none is missing
/// @param lags of every subscriber, in order
public record Gauges(List<Depth> depths, List<Lag> lags) {
  /// Nothing is known.
  public static final Gauges NONE = new Gauges(List.of(), List.of());

  /// At most so many rows are looked at for each figure; where there are more, it stands still
  /// there.
  public static final int MOST = 100_000;

  /// How many jobs wait or run.
  ///
  /// @param status `pending` or `running`
  public record Depth(String kind, String status, long jobs) {}

  /// What a subscriber has still to get.
  ///
  /// @param pending deliveries still to be made
  /// @param dead deliveries parked after too many attempts
  /// @param oldest how long ago the oldest event was written that is pending; zero where none is
  public record Lag(String subscriber, long pending, long dead, Duration oldest) {}
}
