package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Carries one claimed job from its handler to its end.
///
/// What may go wrong between any two lines: the process dies (the claim goes stale and is
/// released); the claim is taken away (every write names the claim and finds it no longer in
/// force); the commit fails (nothing of it stands, the attempt counts as failed); the commit's
/// answer is lost (the repeat finds the job ended and changes nothing).
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  /// How often and for how long a job may go back because it can't be done here.
  private static final int DEFERRALS = 10;

  private static final Duration DEFERRAL = Duration.ofSeconds(3);

  private final UnitOfWork database;
  private final JobKinds kinds;
  private final RetryPolicy retries;
  private final Completer completer;
  private final FaultPoints faults;
  private final JobEnds ends;

  JobRunner(
      UnitOfWork database,
      JobKinds kinds,
      RetryPolicy retries,
      Completer completer,
      FaultPoints faults) {
    this.database = database;
    this.kinds = kinds;
    this.retries = retries;
    this.completer = completer;
    this.faults = faults;
    this.ends = new JobEnds(database, kinds);
  }

  /// Does the job, and stores what it came to.
  JobOutcome run(RunningJobs.Attempt attempt) {
    Job job = attempt.job();
    JobHandler handler =
        kinds
            .handler(job.kind())
            .orElseThrow(
                () -> new IllegalStateException("claimed a job of unknown kind " + job.kind()));
    try {
      Effect effect = effect(handler, attempt);
      faults.reach(FaultPoint.JOB_RAN);
      boolean inForce =
          switch (effect) {
            case Effect.None none -> completer.complete(job.claim(), none.result());
            case Effect.Change change -> apply(job.claim(), change.body());
          };
      if (inForce) {
        LOG.debug("job {} ({}) completed", job.key(), job.kind());
        return JobOutcome.COMPLETED;
      }
      LOG.warn(
          "job {} ({}) was taken from this worker; its outcome is dropped", job.key(), job.kind());
      return JobOutcome.LOST;
    } catch (Exception | LinkageError | StackOverflowError e) {
      Throwable why = e instanceof CompletionException c && c.getCause() != null ? c.getCause() : e;
      if (why instanceof StoreException.Unavailable) {
        // Nothing can be stored now. The claim goes stale and is released when the database is
        // back.
        LOG.error("job {} ({}): {}", job.key(), job.kind(), why.getMessage());
        return JobOutcome.UNSTORED;
      }
      return failed(job, why);
    }
  }

  private static Effect effect(JobHandler handler, RunningJobs.Attempt attempt) throws Exception {
    try {
      return handler.run(attempt);
    } finally {
      // A handler may leave its thread interrupted, as one does who is told to stop waiting. What
      // follows must not: H2 would close its file, and who only heard of the job would hear no
      // more.
      Thread.interrupted();
    }
  }

  private boolean apply(Claim claim, Effect.Body body) {
    boolean inForce =
        database.inTransaction(tx -> {
          if (tx.jobs().lockClaim(claim).isEmpty()) {
            return false;
          }
          faults.reach(FaultPoint.JOB_MARKED);
          JsonNode result = body.apply(tx);
          tx.jobs().complete(Map.of(claim, Optional.ofNullable(result)));
          faults.reach(FaultPoint.JOB_BEFORE_COMMIT);
          return true;
        });
    faults.reach(FaultPoint.JOB_COMMITTED);
    return inForce;
  }

  /// Puts a job back unfinished because the worker stops.
  void handBack(Job job) {
    finish(job, held -> ends.handBack(held, Duration.ZERO, null));
  }

  private JobOutcome failed(Job job, Throwable why) {
    faults.reach(FaultPoint.JOB_FAILED);
    String error = message(why);
    if (!(why instanceof JobCancelled)) {
      LOG.info("job {} ({}), attempt {}: {}", job.key(), job.kind(), job.attempts(), error);
    }
    var again = new AtomicBoolean();
    Optional<JobStatus> status =
        finish(
            job,
            held -> {
              JobEnds.Verdict verdict = verdict(held, why, error);
              again.set(verdict instanceof JobEnds.Verdict.Again);
              return verdict;
            });
    if (status == null) {
      return JobOutcome.UNSTORED;
    }
    return status
        .map(now ->
            switch (now) {
              case PENDING -> again.get() ? JobOutcome.RETRIED : JobOutcome.HANDED_BACK;
              case CANCELLED -> JobOutcome.CANCELLED;
              case RUNNING, COMPLETED, FAILED -> JobOutcome.FAILED;
            })
        .orElse(JobOutcome.LOST);
  }

  private JobEnds.Verdict verdict(Job held, Throwable why, String error) {
    return switch (why) {
      // Whoever stopped it: only a person's request ends the job, a stopping worker hands
      // it back.
      case JobCancelled stopped -> ends.handBack(held, Duration.ZERO, null);
      case JobDeferred deferred when held.handedBack() < DEFERRALS ->
          ends.handBack(held, DEFERRAL, error);
      case PermanentFailure permanent -> ends.fail(held, "failed_for_good", error);
      default ->
          held.lastAttempt()
              ? ends.fail(held, "attempts_exhausted", error)
              : ends.retry(held, error, retries.delayAfter(held.attempts() - held.handedBack()));
    };
  }

  /// @return the status the job has then, empty if it was taken from this worker; null if that
  ///   could not be stored
  private @Nullable Optional<JobStatus> finish(Job job, JobEnds.Choice choice) {
    try {
      return ends.end(job.claim(), choice);
    } catch (StoreException e) {
      LOG.error(
          "the end of attempt {} of job {} could not be stored: {}",
          job.attempts(),
          job.key(),
          e.getMessage());
      return null;
    }
  }

  private static String message(@Nullable Throwable why) {
    String message = why == null ? null : why.getMessage();
    String text =
        message == null || message.isBlank()
            ? why == null ? "failed" : why.getClass().getSimpleName()
            : message;
    return text.length() <= 2000 ? text : text.substring(0, 2000);
  }
}
