package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// How an attempt ends without success, for the worker that made it and for whoever finds it stale:
/// in one transaction, on the locked row, and if a person has asked for the job to be cancelled, as
/// cancelled.
final class JobEnds {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnds.class);

  private final UnitOfWork database;
  private final JobKinds kinds;

  JobEnds(UnitOfWork database, JobKinds kinds) {
    this.database = database;
    this.kinds = kinds;
  }

  /// What becomes of the job.
  sealed interface Verdict {
    record Again(String error, Duration delay) implements Verdict {}

    record Back(Duration delay, @Nullable String why) implements Verdict {}

    record Over(JobStatus status, String error, JsonNode diagnostics) implements Verdict {}
  }

  /// Chooses on the locked row.
  @FunctionalInterface
  interface Choice {
    Verdict on(Job held);
  }

  /// Finds the row to end, locked.
  @FunctionalInterface
  interface Finder {
    Optional<Job> find(Transaction tx);
  }

  /// Ends an attempt whose claim is in force.
  ///
  /// @return the status the job has then, or empty if the claim was no longer in force
  Optional<JobStatus> end(Claim claim, Choice choice) {
    return end(tx -> tx.jobs().lockClaim(claim), choice);
  }

  /// Ends the attempt that is found, if one is.
  Optional<JobStatus> end(Finder finder, Choice choice) {
    try {
      return once(finder, choice, true);
    } catch (StoreException.Unavailable | StoreException.Transient e) {
      throw e;
    } catch (RuntimeException e) {
      // A job must end though its handler can't take that in, or the database refuses what it
      // writes: else it would be found stale for ever, and a batch of such jobs would keep all
      // others from being released.
      LOG.error("the exhausted handler failed; the job ends without it", e);
      return once(finder, choice, false);
    }
  }

  private Optional<JobStatus> once(Finder finder, Choice choice, boolean tellHandler) {
    return database.inTransaction(tx -> {
      Job held = finder.find(tx).orElse(null);
      if (held == null) {
        return Optional.empty();
      }
      Verdict verdict =
          held.cancelRequested()
              ? over(held, JobStatus.CANCELLED, "cancelled", "cancelled on request")
              : choice.on(held);
      return Optional.of(
          switch (verdict) {
            case Verdict.Again again -> {
              tx.jobs().retryLater(held.claim(), again.error(), again.delay());
              yield JobStatus.PENDING;
            }
            case Verdict.Back back -> {
              tx.jobs().handBack(held.claim(), back.delay(), back.why());
              yield JobStatus.PENDING;
            }
            case Verdict.Over over -> {
              tx.jobs().abandon(held.claim(), over.status(), over.error(), over.diagnostics());
              if (tellHandler) {
                kinds
                    .handler(held.kind())
                    .ifPresent(h -> h.exhausted(tx, held, over.diagnostics()));
              }
              yield over.status();
            }
          });
    });
  }

  Verdict retry(Job held, String error, Duration delay) {
    LOG.debug("job {} will be tried again", held.key());
    return new Verdict.Again(error, delay);
  }

  Verdict handBack(Job held, Duration delay, @Nullable String why) {
    LOG.debug("job {} goes back", held.key());
    return new Verdict.Back(delay, why);
  }

  /// @param code why, for programs, such as `stuck_job_timeout`
  Verdict fail(Job held, String code, String error) {
    LOG.warn("job {} ({}) failed: {}", held.key(), held.kind(), error);
    return over(held, JobStatus.FAILED, code, error);
  }

  private static Verdict over(Job held, JobStatus status, String code, String error) {
    JsonNode diagnostics =
        Json.object()
            .put("error", code)
            .put("job_id", held.key().id().toString())
            .put("attempts", held.attempts())
            .put("last_worker", held.lockedBy())
            .put("detail", error);
    return new Verdict.Over(status, error, diagnostics);
  }
}
