package dev.imprimatur.engine.lock;

/// A lock is no longer its holder's: the lease ran out or the connection was lost, and another took
/// it over. The transaction in which this is thrown is rolled back.
public final class LockLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long token;

  LockLost(String name, long token) {
    super(
        "lock "
            + name
            + " (token "
            + token
            + ") was lost: its lease ran out or its connection broke, and another took it over."
            + " Nothing was changed; try again.");
    this.name = name;
    this.token = token;
  }

  /// The lock's name.
  public String name() {
    return name;
  }

  /// The token that is no longer in force.
  public long token() {
    return token;
  }
}
