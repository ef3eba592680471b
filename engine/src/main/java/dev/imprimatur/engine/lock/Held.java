package dev.imprimatur.engine.lock;

import dev.imprimatur.engine.store.Transaction;
import java.time.Duration;

/// A lock that is held, in the hands of the work that it protects.
public final class Held {
  /// Asks whether the lock is still held with this token.
  @FunctionalInterface
  interface Check {
    /// @return false if another has it
    boolean inForce(Transaction tx);
  }

  private final String name;
  private final long token;
  private final Duration waited;
  private final Check check;
  private volatile boolean over;

  Held(String name, long token, Duration waited, Check check) {
    this.name = name;
    this.token = token;
    this.waited = waited;
    this.check = check;
  }

  /// The lock's name.
  public String name() {
    return name;
  }

  /// The fencing token: strictly rising per name, over all processes. With `locks.distributed` off,
  /// within this process only.
  public long token() {
    return token;
  }

  /// How long it was waited for, in milliseconds. Audit entries of a transaction that has called
  /// [#check] carry it.
  public long waitedMillis() {
    return waited.toMillis();
  }

  /// Makes the transaction fail if the lock is no longer held with this token. To be called first
  /// in every transaction that the lock protects. It keeps whoever would take the lock over waiting
  /// until the transaction has ended, so nothing slips in between check and commit. On PostgreSQL
  /// the server ends the transaction if it then stands still for longer than the lease.
  ///
  /// @throws LockLost if another has the lock
  /// @throws IllegalStateException if it was let go: the transaction is to end before
  public void check(Transaction tx) {
    if (over) {
      throw new IllegalStateException(
          "lock " + name + " was let go; commit first, then leave the lock");
    }
    if (!check.inForce(tx)) {
      throw new LockLost(name, token);
    }
  }

  void end() {
    over = true;
  }
}
