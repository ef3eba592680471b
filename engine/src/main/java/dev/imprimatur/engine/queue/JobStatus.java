package dev.imprimatur.engine.queue;

/// Where a job is. The last three are final: nothing changes them again.
public enum JobStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  /// Whether the job has ended.
  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
