package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Carries one claimed job from its handler to its end.
///
/// What may go wrong between any two lines: the process dies (the claim goes stale and is released); the claim is taken away
/// (every write names the claim and finds it no longer in force); the commit fails (nothing of it stands, the attempt counts
/// as failed); the commit's answer is lost (the repeat finds the job ended and changes nothing).
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final UnitOfWork database;
  private final JobKinds kinds;
  private final RetryPolicy retries;
  private final Completer completer;
  private final FaultPoints faults;

  JobRunner(
      UnitOfWork database, JobKinds kinds, RetryPolicy retries, Completer completer, FaultPoints faults) {
    this.database = database;
    this.kinds = kinds;
    this.retries = retries;
    this.completer = completer;
    this.faults = faults;
  }

  void run(RunningJobs.Attempt attempt) {
    Job job = attempt.job();
    JobHandler handler =
        kinds
            .handler(job.kind())
            .orElseThrow(() -> new IllegalStateException("claimed a job of unknown kind " + job.kind()));
    try {
      Effect effect = handler.run(attempt);
      faults.reach(FaultPoint.JOB_RAN);
      boolean inForce =
          switch (effect) {
            case Effect.None none -> completer.complete(job.claim(), none.result());
            case Effect.Change change -> apply(job.claim(), change.body());
          };
      if (inForce) {
        LOG.debug("job {} ({}) completed", job.key(), job.kind());
      } else {
        LOG.warn("job {} ({}) was taken from this worker; its outcome is dropped", job.key(), job.kind());
      }
    } catch (StoreException.Unavailable e) {
      // Nothing can be stored now. The claim goes stale and is released when the database is back.
      LOG.error("job {} ({}): {}", job.key(), job.kind(), e.getMessage());
    } catch (Exception | LinkageError | StackOverflowError e) {
      failed(job, handler, e instanceof CompletionException c && c.getCause() != null ? c.getCause() : e);
    }
  }

  private boolean apply(Claim claim, Effect.Body body) {
    boolean inForce =
        database.inTransaction(
            tx -> {
              if (!tx.jobs().lockClaim(claim)) {
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

  private void failed(Job job, JobHandler handler, Throwable why) {
    faults.reach(FaultPoint.JOB_FAILED);
    String error = message(why);
    boolean cancelled = why instanceof JobCancelled;
    boolean spent = job.lastAttempt() || why instanceof PermanentFailure || cancelled;
    if (spent) {
      LOG.warn("job {} ({}) ended: {}", job.key(), job.kind(), error);
    } else {
      LOG.info("job {} ({}) failed and will be tried again: {}", job.key(), job.kind(), error);
    }
    try {
      database.run(
          tx -> {
            if (!tx.jobs().lockClaim(job.claim())) {
              return;
            }
            if (!spent) {
              tx.jobs().retryLater(job.claim(), error, retries.delayAfter(job.attempts() - job.handedBack()));
              return;
            }
            JobStatus end = cancelled ? JobStatus.CANCELLED : JobStatus.FAILED;
            JsonNode diagnostics = diagnostics(cancelled ? "cancelled" : "attempts_exhausted", job, error);
            tx.jobs().abandon(job.claim(), end, error, diagnostics);
            handler.exhausted(tx, job, diagnostics);
          });
    } catch (StoreException e) {
      LOG.error("the failure of job {} could not be stored: {}", job.key(), e.getMessage());
    }
  }

  /// What an exhausted handler is told.
  static JsonNode diagnostics(String error, Job job, String detail) {
    return Json.object()
        .put("error", error)
        .put("job_id", job.key().id().toString())
        .put("attempts", job.attempts())
        .put("last_worker", job.lockedBy())
        .put("detail", detail);
  }

  private static String message(Throwable why) {
    String message = why.getMessage();
    String text = message == null || message.isBlank() ? why.getClass().getSimpleName() : message;
    return text.length() <= 2000 ? text : text.substring(0, 2000);
  }
}
