package dev.imprimatur.engine.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A sweep as it stands.
///
/// @param interval in effect
/// @param defaultInterval what it would be if nobody had set one
/// @param requestedBy who has asked for it to run now and waits for that, or null
/// @param revision how often people have changed it
/// @param due when its next tick is due; null while it is paused and unasked, and before any worker
///   has planned one
/// @param last its latest tick, or null before the first
/// @param failed its latest tick that failed, or null
public record SweepStatus(
    String name,
    Duration interval,
    Duration defaultInterval,
    boolean paused,
    @Nullable String requestedBy,
    long revision,
    @Nullable Instant due,
    @Nullable SweepRun last,
    @Nullable SweepRun failed) {

  /// What it is doing.
  public enum State {
    /// A worker is at it.
    RUNNING,
    /// Somebody asked for it; a worker is about to take it.
    REQUESTED,
    /// A person has paused it.
    PAUSED,
    /// Its latest tick failed; it is tried again at the next.
    FAILING,
    /// It waits for its next tick.
    WAITING;

    /// For programs, such as `running`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What it is doing; of several, the first in the order of [State].
  public State state() {
    if (last != null && last.ended() == null) {
      return State.RUNNING;
    }
    if (requestedBy != null) {
      return State.REQUESTED;
    }
    if (paused) {
      return State.PAUSED;
    }
    return last != null && last.error() != null ? State.FAILING : State.WAITING;
  }
}
