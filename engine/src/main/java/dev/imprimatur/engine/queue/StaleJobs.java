package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
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
  private static final int BATCHES = 50;

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
  /// @param left found stale, and neither: another treated it, or it can't be treated
  public record Result(int released, int failed, int left) {
    /// Without any that were left.
    public Result(int released, int failed) {
      this(released, failed, 0);
    }

    /// The same, as a sweep tells it.
    public Findings findings() {
      return new Findings(
          released + failed + left,
          released + failed,
          released + failed == 0 ? "" : released + " put back, " + failed + " given up");
    }

    Result plus(Result other) {
      return new Result(released + other.released, failed + other.failed, left + other.left);
    }
  }

  /// Frees what is stale now, at most 10,000 jobs. What can't be treated is passed over, however
  /// much of it there is.
  public Result release(Duration threshold) {
    Result all = new Result(0, 0);
    for (int i = 0; i < BATCHES; i++) {
      // Those that were left stand at the head of the next batch, as they are the oldest.
      int skip = all.left();
      List<JobKey> chosen =
          database.inTransaction(tx -> tx.jobs().stale(kinds.names(), threshold, skip, BATCH));
      all = all.plus(release(chosen, threshold));
      if (chosen.size() < BATCH) {
        break;
      }
    }
    return all;
  }

  private Result release(List<JobKey> chosen, Duration threshold) {
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
    return new Result(released, failed, chosen.size() - released - failed);
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
