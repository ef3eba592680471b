package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Frees jobs whose worker has not been heard of. Each job is a transaction of its own, so that one
/// that can't be treated does not hold up the others.
///
/// Between choosing and locking, the job may be completed or its worker heard of again: the lock
/// re-reads both, and every write is fenced by the attempt number read under it.
public final class StaleJobs {
  private static final Logger LOG = LoggerFactory.getLogger(StaleJobs.class);
  private static final int BATCH = 200;

  /// The threshold under which every running job counts as stale, also one whose last heartbeat
  /// lies ahead because the clock was set back since. For a process that knows itself alone.
  public static final Duration ALL = Duration.ofDays(-36_500);

  private final UnitOfWork database;
  private final JobKinds kinds;
  private final FaultPoints faults;
  private final JobEnds ends;

  public StaleJobs(UnitOfWork database, JobKinds kinds, FaultPoints faults) {
    this.database = database;
    this.kinds = kinds;
    this.faults = faults;
    this.ends = new JobEnds(database, kinds);
  }

  /// What a pass found and did.
  ///
  /// @param released put back to be tried again
  /// @param failed ended because no attempt was left, or because a person had asked for it
  public record Result(int released, int failed) {}

  /// Frees what is stale now, at most 200 jobs.
  public Result release(Duration threshold) {
    List<JobKey> chosen =
        database.inTransaction(tx -> tx.jobs().stale(kinds.names(), threshold, BATCH));
    int released = 0;
    int failed = 0;
    for (JobKey key : chosen) {
      faults.reach(FaultPoint.STALE_CHOSEN);
      try {
        switch (releaseOne(key, threshold)) {
          case PENDING -> released++;
          case FAILED, CANCELLED -> failed++;
          default -> {}
        }
      } catch (StoreException.Unavailable e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.error("stale job {} could not be released", key, e);
      }
    }
    return new Result(released, failed);
  }

  private JobStatus releaseOne(JobKey key, Duration threshold) {
    return ends.end(
            tx -> tx.jobs().lockStale(key, threshold),
            job -> {
              try (JobLog log = JobLog.about(job, String.valueOf(job.lockedBy()))) {
                return verdict(job, threshold);
              }
            })
        .orElse(JobStatus.RUNNING);
  }

  private JobEnds.Verdict verdict(Job job, Duration threshold) {
    String error =
        !threshold.isPositive()
            ? "the process of " + job.lockedBy() + " has ended"
            : "no heartbeat from "
                + job.lockedBy()
                + " for more than "
                + threshold.toSeconds()
                + " s";
    LOG.warn("job {} ({}) is stale: {}", job.key(), job.kind(), error);
    return job.lastAttempt()
        ? ends.fail(job, "stuck_job_timeout", error)
        : ends.retry(job, error, Duration.ZERO);
  }
}
