package dev.imprimatur.engine.store;

import java.time.Duration;

/// Calls [Ticks] in this process for those ticks that no other process takes. Which process takes a
/// tick, and whether it is due, is decided in the database and by its clock.
public interface TickSource extends AutoCloseable {
  /// How it works.
  ///
  /// @param worker names this process; at most 50 characters are kept
  /// @param poll how often it looks for ticks that are due
  /// @param heartbeat how often it says that a tick's owner lives
  /// @param missed so many heartbeats late, an owner is presumed dead; at least 4
  /// @param grace how long a tick may go on when it is closed
  record Rhythm(String worker, Duration poll, Duration heartbeat, int missed, Duration grace) {}

  /// Starts, on threads of its own.
  void start();

  /// Takes no more ticks, and gives those under way the grace time. No thread is interrupted.
  @Override
  void close();
}
