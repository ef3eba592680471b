package dev.imprimatur.engine.lock;

import java.time.Duration;
import java.time.Instant;

/// Who holds a lock, since when, and until when nobody may take it over.
///
/// @param name such as `tour-job:42`
/// @param type the name's part before the first colon
/// @param holder who is signed in where it is held
/// @param process which process, as host and number
/// @param token the fencing token: strictly rising per name
/// @param age how long it has been held, by the database's clock
/// @param left how long the lease still runs, by the database's clock; negative where it has run
///   out, and whoever asks may take it over
/// @param waiting processes known to wait for it; threads of one process count once
/// @param connected whether the connection that holds it stands. False: the holder is gone, and the
///   lock is free for whoever asks next
public record LockLease(
    String name,
    String type,
    String holder,
    String process,
    long token,
    Instant acquiredAt,
    Instant expiresAt,
    Duration age,
    Duration left,
    long waiting,
    boolean connected) {

  /// What can be told of a lease.
  public enum State {
    /// In force.
    HELD,
    /// Its time is over; the holder may still be at work, and is refused if another takes it over.
    OVERDUE,
    /// Its holder is gone.
    ABANDONED
  }

  /// How it stands.
  public State state() {
    if (!connected) {
      return State.ABANDONED;
    }
    return left.isNegative() || left.isZero() ? State.OVERDUE : State.HELD;
  }

  /// The same with threads of this process that wait as well.
  LockLease withWaiting(long processes) {
    return new LockLease(
        name, type, holder, process, token, acquiredAt, expiresAt, age, left, processes, connected);
  }
}
