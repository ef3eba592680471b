package dev.imprimatur.engine.queue;

/// Thrown by a handler for which another attempt would be of no use: the job fails at once,
/// attempts left or not.
public final class PermanentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PermanentFailure(String message) {
    super(message);
  }
}
