package dev.imprimatur.engine.queue;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How a worker works.
///
/// @param workerId names the worker in rows and logs; new for every start
/// @param kinds the kinds of job it takes; empty for all this release knows
/// @param workspaces only these; empty for all
/// @param concurrency jobs at a time, at least 1
/// @param pollInterval the longest wait between looks when nothing wakes it
/// @param staleCheckInterval how often this worker looks for stale jobs; zero where that is left to
///   the sweep of that name
/// @param staleAfter how long a job may go without a heartbeat
/// @param heartbeatInterval how often it says that it lives; well below `staleAfter`
/// @param grace how long running jobs may go on after a stop
/// @param maxJobs stop after so many jobs; 0 for no limit
public record WorkerOptions(
    String workerId,
    Set<String> kinds,
    List<String> workspaces,
    int concurrency,
    Duration pollInterval,
    Duration staleCheckInterval,
    Duration staleAfter,
    Duration heartbeatInterval,
    Duration grace,
    int maxJobs) {

  public WorkerOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
    }
    if (maxJobs < 0) {
      throw new IllegalArgumentException("max-jobs must not be negative: " + maxJobs);
    }
  }

  /// The same, limited to these kinds.
  public WorkerOptions withKinds(Set<String> only) {
    return new WorkerOptions(
        workerId,
        only,
        workspaces,
        concurrency,
        pollInterval,
        staleCheckInterval,
        staleAfter,
        heartbeatInterval,
        grace,
        maxJobs);
  }

  /// The same, looking for stale jobs so often; with zero, never.
  public WorkerOptions withStaleCheckInterval(Duration interval) {
    return new WorkerOptions(
        workerId,
        kinds,
        workspaces,
        concurrency,
        pollInterval,
        interval,
        staleAfter,
        heartbeatInterval,
        grace,
        maxJobs);
  }

  /// The same, with another limit of jobs.
  public WorkerOptions withMaxJobs(int jobs) {
    return new WorkerOptions(
        workerId,
        kinds,
        workspaces,
        concurrency,
        pollInterval,
        staleCheckInterval,
        staleAfter,
        heartbeatInterval,
        grace,
        jobs);
  }

  /// The same, doing so many jobs at a time.
  public WorkerOptions withConcurrency(int jobs) {
    return new WorkerOptions(
        workerId,
        kinds,
        workspaces,
        jobs,
        pollInterval,
        staleCheckInterval,
        staleAfter,
        heartbeatInterval,
        grace,
        maxJobs);
  }
}
