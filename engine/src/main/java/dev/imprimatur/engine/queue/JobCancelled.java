package dev.imprimatur.engine.queue;

/// Thrown by a handler that stops because it was asked to.
public final class JobCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobCancelled() {
    super("cancelled on request");
  }
}
