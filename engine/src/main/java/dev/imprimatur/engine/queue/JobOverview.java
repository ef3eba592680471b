package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.queue.JobBulk.Action;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The queue as an administrator looks over it: lists of any length, one job in full, and the same
/// done to many.
public final class JobOverview {
  private static final int BATCH = 1000;
  private static final int HISTORY = 200;

  private final UnitOfWork database;
  private final Queue queue;
  private final Duration tooLong;

  /// @param tooLong how long a running job may go without a heartbeat, or without coming forward
  public JobOverview(UnitOfWork database, Queue queue, Duration tooLong) {
    this.database = database;
    this.queue = queue;
    this.tooLong = tooLong;
  }

  /// How long a running job may go without a heartbeat, or without coming forward, before it is
  /// shown as stuck.
  public Duration tooLong() {
    return tooLong;
  }

  /// The keys of all jobs that match, in order.
  public List<JobKey> order(JobQuery query) {
    return database.inTransaction(tx -> tx.jobs().order(query, tx.now(), tooLong));
  }

  /// What a list shows of these jobs; those that are no longer there are missing. In a number of
  /// queries that does not depend on how many are asked for.
  public Map<JobKey, JobRow> rows(List<JobKey> keys) {
    return database.inTransaction(tx -> tx.jobs().rows(keys, tx.now(), tooLong));
  }

  /// How many jobs there are, by kind and status; what there is none of is missing.
  public List<JobCount> counts() {
    return database.inTransaction(tx -> tx.jobs().countByKind());
  }

  /// The workspaces that have jobs, in order.
  public List<String> workspaces() {
    return database.inTransaction(tx -> tx.jobs().workspaces());
  }

  /// All that is known of a job.
  public Optional<JobDetail> detail(JobKey key) {
    return database.inTransaction(tx -> tx.jobs().find(key).map(job -> detail(tx, job)));
  }

  private JobDetail detail(Transaction tx, Job job) {
    boolean running = job.status() == JobStatus.RUNNING;
    Duration heartbeat = age(tx, job.heartbeatAt());
    Duration progress = age(tx, latest(job.startedAt(), job.progressAt()));
    return new JobDetail(
        job,
        tx.jobs().diagnostics(job.key()).orElse(null),
        JobHealth.of(job.status(), heartbeat, progress, tooLong),
        running ? heartbeat : null,
        running ? progress : null,
        tx.jobs()
            .findByClientRequest(job.key().workspaceId(), NewJob.retryRequest(job.key()))
            .orElse(null),
        tx.audit().list("job", job.key().id().toString(), HISTORY));
  }

  private static Duration age(Transaction tx, @Nullable Instant since) {
    return since == null ? Duration.ZERO : Duration.between(since, tx.now());
  }

  private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  /// What doing something to these jobs would come to; nothing is changed.
  public JobBulk.Preview preview(Action action, List<JobKey> chosen) {
    Map<JobKey, JobRow> rows = new LinkedHashMap<>();
    for (int from = 0; from < chosen.size(); from += BATCH) {
      rows.putAll(rows(chosen.subList(from, Math.min(chosen.size(), from + BATCH))));
    }
    List<JobKey> eligible = new ArrayList<>();
    Map<String, Integer> left = new TreeMap<>();
    for (JobKey key : chosen) {
      JobRow row = rows.get(key);
      if (row == null) {
        left.merge("not_found", 1, Integer::sum);
        continue;
      }
      whyNot(action, key, row.kind(), row.status())
          .ifPresentOrElse(
              refusal -> left.merge(refusal.code(), 1, Integer::sum), () -> eligible.add(key));
    }
    return new JobBulk.Preview(action, List.copyOf(chosen), List.copyOf(eligible), left);
  }

  /// Why something can't be done to a job as it is; empty if it can.
  public Optional<Refusal> whyNot(Action action, JobKey key, String kind, JobStatus status) {
    return switch (action) {
      case RETRY -> queue.whyNotRetry(key, kind, status);
      case CANCEL -> queue.whyNotCancel(key, status);
    };
  }

  /// Does something to one job.
  public Decision<Job> act(Action action, JobKey key) {
    return switch (action) {
      case RETRY -> queue.retry(key);
      case CANCEL -> queue.cancel(key);
    };
  }

  /// Does something to each of these jobs, one transaction each: what was done stays done if a
  /// later one is refused, if it is stopped, or if the database goes away.
  ///
  /// @param stop looked at before each
  /// @param done told how many are through
  /// @return what became of each that had its turn, in order
  public List<JobBulk.Item> all(
      Action action, List<JobKey> keys, BooleanSupplier stop, IntConsumer done) {
    List<JobBulk.Item> items = new ArrayList<>();
    for (JobKey key : keys) {
      if (stop.getAsBoolean()) {
        break;
      }
      try {
        items.add(new JobBulk.Item(key, act(action, key)));
      } catch (StoreException e) {
        // The others would fare no better; what was done so far is told all the same.
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        var refusal =
            new Refusal("not_stored", why, Map.of(), "Look at the job again, then try again.");
        items.add(new JobBulk.Item(key, new Decision.Refused<>(refusal)));
        break;
      }
      done.accept(items.size());
    }
    return items;
  }
}
