package dev.imprimatur.engine.queue;

/// One attempt at a job, as its handler sees it.
public interface JobRun {
  /// The job as claimed.
  Job job();

  /// Tells how far the work has come; sent with the next heartbeat. Progress age is what shows a
  /// hung job.
  ///
  /// @param fraction 0 to 1
  void progress(double fraction, String text);

  /// Whether someone asked for the job to be cancelled, or it was taken from this worker. A long
  /// handler looks now and then and throws [JobCancelled].
  boolean stopRequested();
}
