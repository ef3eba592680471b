package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The queue as people see it and act on it.
public final class Queue {
  private static final int BATCH = 1000;

  private final UnitOfWork database;
  private final JobKinds kinds;
  private final WakeUps wakeUps;

  public Queue(UnitOfWork database, JobKinds kinds, WakeUps wakeUps) {
    this.database = database;
    this.kinds = kinds;
    this.wakeUps = wakeUps;
  }

  /// Enqueues jobs: all of them or none.
  ///
  /// @throws InvalidJob if one must not stand in the queue; nothing is written
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    jobs.forEach(kinds::check);
    List<Enqueued> result =
        jobs.size() == 1 && jobs.getFirst().clientRequestId() == null
            ? database.atOnce(tx -> tx.jobs().enqueue(jobs))
            : database.inTransaction(tx -> enqueue(tx, jobs));
    wakeUps.ring(WakeUps.News.JOBS);
    return result;
  }

  private static List<Enqueued> enqueue(Transaction tx, List<NewJob> jobs) {
    List<Enqueued> all = new java.util.ArrayList<>();
    for (int from = 0; from < jobs.size(); from += BATCH) {
      all.addAll(tx.jobs().enqueue(jobs.subList(from, Math.min(jobs.size(), from + BATCH))));
    }
    return all;
  }

  public Optional<Job> find(JobKey key) {
    return database.inTransaction(tx -> tx.jobs().find(key));
  }

  /// Jobs whose id begins so, at most 10.
  public List<Job> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.jobs().findByIdPrefix(prefix));
  }

  /// Jobs, newest first; nulls match all.
  public List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit) {
    return database.inTransaction(tx -> tx.jobs().list(status, kind, workspace, limit));
  }

  /// What a worker would claim now, changing nothing.
  public List<Job> due(List<String> workspaces, int limit) {
    return database.inTransaction(tx -> tx.jobs().due(kinds.names(), workspaces, limit));
  }

  /// Counts by status, and the named counters.
  public record Stats(Map<JobStatus, Long> byStatus, Map<String, Long> counters) {}

  public Stats stats() {
    return database.inTransaction(tx -> new Stats(tx.jobs().countByStatus(), tx.jobs().counters()));
  }

  /// Cancels: a pending job ends at once, a running one is asked to stop.
  public Decision<Job> cancel(JobKey key) {
    return decide(
        key,
        (tx, job) -> {
          if (tx.jobs().cancelPending(key)) {
            JsonNode why =
                Json.object()
                    .put("error", "cancelled")
                    .put("detail", "cancelled by " + tx.actor().id());
            kinds.handler(job.kind()).ifPresent(h -> h.exhausted(tx, job, why));
            audit(tx, job, "job.cancelled");
            return null;
          }
          if (tx.jobs().requestCancel(key)) {
            audit(tx, job, "job.cancel_requested");
            return null;
          }
          return new Decision.Refused<>(ended(key, job.status()));
        });
  }

  /// Why a job of this kind and status can't be retried; empty if it can.
  public Optional<Refusal> whyNotRetry(JobKey key, String kind, JobStatus status) {
    if (status != JobStatus.FAILED && status != JobStatus.CANCELLED) {
      return Optional.of(
          new Refusal(
              "not_failed",
              "job " + key.id() + " is " + status + ", not FAILED or CANCELLED",
              Map.of("status", status.name()),
              "Only jobs that ended without success are retried."));
    }
    return kinds
        .handler(kind)
        .flatMap(JobHandler::insteadOfRetry)
        .map(instead ->
            new Refusal(
                "not_retryable",
                "job " + key.id() + " can't be retried: " + instead,
                Map.of("kind", kind),
                "Ask anew."));
  }

  /// Why a job of this status can't be cancelled; empty if it can.
  public Optional<Refusal> whyNotCancel(JobKey key, JobStatus status) {
    return status.terminal() ? Optional.of(ended(key, status)) : Optional.empty();
  }

  /// Retries a job that ended without success. What has ended stays as it is: the retry is a new
  /// job that names the old one.
  public Decision<Job> retry(JobKey key) {
    Decision<Job> decision =
        database.inTransaction(tx -> {
          Job job = tx.jobs().lock(key).orElse(null);
          if (job == null) {
            return notFound(key);
          }
          Optional<Refusal> refusal = whyNotRetry(key, job.kind(), job.status());
          if (refusal.isPresent()) {
            return new Decision.Refused<>(refusal.get());
          }
          NewJob again =
              NewJob.of(key.workspaceId(), job.kind(), job.payload())
                  .withPriority(job.priority())
                  .withMaxAttempts(job.maxAttempts())
                  .asRetryOf(key);
          Enqueued enqueued = tx.jobs().enqueue(List.of(again)).getFirst();
          if (!enqueued.duplicate()) {
            audit(tx, job, "job.retried");
          }
          return new Decision.Decided<>(tx.jobs().find(enqueued.key()).orElseThrow());
        });
    wakeUps.ring(WakeUps.News.JOBS);
    return decision;
  }

  @FunctionalInterface
  private interface Step {
    @Nullable Decision<Job> take(Transaction tx, Job job);
  }

  private Decision<Job> decide(JobKey key, Step step) {
    Decision<Job> decision =
        database.inTransaction(tx -> {
          Job job = tx.jobs().lock(key).orElse(null);
          if (job == null) {
            return notFound(key);
          }
          Decision<Job> refusal = step.take(tx, job);
          return refusal != null
              ? refusal
              : new Decision.Decided<>(tx.jobs().find(key).orElseThrow());
        });
    wakeUps.ring(WakeUps.News.JOBS);
    return decision;
  }

  private static void audit(Transaction tx, Job job, String action) {
    tx.audit()
        .append(
            new AuditStore.Record(
                "job",
                job.key().id().toString(),
                action,
                job.attempts(),
                Json.object().put("status", job.status().name()),
                Json.object().put("workspace_id", job.key().workspaceId()).put("kind", job.kind()),
                null));
  }

  private static Refusal ended(JobKey key, JobStatus status) {
    return new Refusal(
        "job_ended",
        "job " + key.id() + " has ended: " + status,
        Map.of("status", status.name()),
        "Nothing needs to be cancelled.");
  }

  private static Decision<Job> notFound(JobKey key) {
    return refused(
        "not_found",
        "there is no job " + key,
        Map.of("id", key.id().toString()),
        "'imprimatur queue list' shows all.");
  }

  private static Decision<Job> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
