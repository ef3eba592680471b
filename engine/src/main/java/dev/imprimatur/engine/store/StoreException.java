package dev.imprimatur.engine.store;

import org.jspecify.annotations.Nullable;

/// What a database says no with.
public sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The database can't be reached or opened; the message says which one, why, and what to do.
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The database's schema is not one this release can work on.
  public static final class WrongSchema extends StoreException {
    private static final long serialVersionUID = 1L;

    public WrongSchema(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The database refuses this to its user.
  public static final class Forbidden extends StoreException {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// A constraint refused the change.
  public static final class Violated extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String constraint;

    public Violated(String constraint, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.constraint = constraint;
    }

    /// The constraint's name in lower case, or an empty text where the database does not tell.
    public String constraint() {
      return constraint;
    }
  }

  /// The database gave up on a transaction for reasons of concurrency; a repeat may succeed.
  public static final class Transient extends StoreException {
    private static final long serialVersionUID = 1L;

    public Transient(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// Anything else: a defect of ours.
  public static final class Unexpected extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unexpected(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
