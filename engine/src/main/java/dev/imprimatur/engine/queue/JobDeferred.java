package dev.imprimatur.engine.queue;

/// Thrown by a handler that can't do the job here, though another process may: the job goes back
/// and uses up no attempt. When it has gone back often enough, it counts as a failed attempt, so
/// that a job which nobody can do ends.
public final class JobDeferred extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobDeferred(String message) {
    super(message);
  }
}
