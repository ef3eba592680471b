package dev.imprimatur.persistence.jdbc;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.persistence.dialect.Dialect.JobInsert;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Writes new jobs. The key under which a client asks for one is held apart from the job, so that
/// it stands for the same job when that has long ended.
final class JobInserts {
  private final JdbcTransaction tx;
  private final Handle handle;
  private final JobQueries queries;

  JobInserts(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.queries = new JobQueries(handle);
  }

  List<Enqueued> enqueue(List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    if (tx.inOneStatement()) {
      if (jobs.size() > 1 || jobs.getFirst().clientRequestId() != null) {
        throw new IllegalArgumentException("at once goes one job only, without a client's key");
      }
      return List.of(enqueueAtOnce(jobs.getFirst()));
    }
    // In the order of time: jobs are claimed and ended about as they came, and their keys lie
    // beside
    // each other in the indexes then (docs/benchmarks.md).
    List<UUID> ids = jobs.stream().map(job -> UuidCreator.getTimeOrderedEpochFast()).toList();
    Set<Integer> duplicates = takeKeys(jobs, ids);
    QueueLayout layout = tx.layout();
    insert(layout == QueueLayout.LEGACY ? "legacy_job" : "job", jobs, ids, duplicates);
    if (layout == QueueLayout.DUAL) {
      new JobCopies(tx)
          .insert(
              IntStream.range(0, jobs.size())
                  .filter(i -> !duplicates.contains(i))
                  .mapToObj(i -> new JobKey(jobs.get(i).workspaceId(), ids.get(i)))
                  .toList());
    }
    tx.leaveJobs();
    List<Enqueued> result = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      NewJob job = jobs.get(i);
      boolean duplicate = duplicates.contains(i);
      result.add(
          new Enqueued(
              duplicate
                  ? queries
                      .byClientRequest(
                          job.workspaceId(), Objects.requireNonNull(job.clientRequestId()))
                      .orElseThrow()
                  : new JobKey(job.workspaceId(), ids.get(i)),
              duplicate));
    }
    return result;
  }

  private Enqueued enqueueAtOnce(NewJob job) {
    tx.layout();
    var id = UuidCreator.getTimeOrderedEpochFast();
    tx.dialect()
        .enqueueAtOnce(
            handle,
            new JobInsert(
                job.workspaceId(),
                id,
                job.kind(),
                Objects.requireNonNull(Rows.text(job.payload())),
                job.priority(),
                job.delay().toNanos() / 1000,
                job.maxAttempts(),
                tx.signatureKnown(),
                job.retryOf()));
    tx.wrote();
    tx.leaveJobs();
    return new Enqueued(new JobKey(job.workspaceId(), id), false);
  }

  /// Takes the clients' keys for the new jobs. Who comes second waits for the first to commit.
  ///
  /// @return the places in the list of those whose key stands for another job
  private Set<Integer> takeKeys(List<NewJob> jobs, List<UUID> ids) {
    List<Integer> keyed = new ArrayList<>();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_request (workspace_id, client_request_id, job_id)
            VALUES (:workspace, :client_request_id, :id)
            ON CONFLICT DO NOTHING
            """);
    for (int i = 0; i < jobs.size(); i++) {
      if (jobs.get(i).clientRequestId() != null) {
        keyed.add(i);
        batch
            .bind("workspace", jobs.get(i).workspaceId())
            .bind("client_request_id", jobs.get(i).clientRequestId())
            .bind("id", ids.get(i).toString())
            .add();
      }
    }
    Set<Integer> duplicates = new HashSet<>();
    if (!keyed.isEmpty()) {
      int[] counts = batch.execute();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          duplicates.add(keyed.get(i));
        }
      }
    }
    return duplicates;
  }

  private void insert(String table, List<NewJob> jobs, List<UUID> ids, Set<Integer> leaveOut) {
    if (leaveOut.size() == jobs.size()) {
      return;
    }
    String actor = tx.signature();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO %s (workspace_id, id, kind, payload, status, priority, run_at, max_attempts, actor_id,
                             client_request_id, retry_of, enqueued_at)
            VALUES (:workspace, :id, :kind, :payload, 'PENDING', :priority, %s, :max_attempts, :actor,
                    :client_request_id, :retry_of, %s)
            """
                .formatted(table, tx.dialect().later(":delay"), tx.dialect().later("0")));
    for (int i = 0; i < jobs.size(); i++) {
      if (leaveOut.contains(i)) {
        continue;
      }
      NewJob job = jobs.get(i);
      batch
          .bind("workspace", job.workspaceId())
          .bind("id", ids.get(i).toString())
          .bind("kind", job.kind())
          .bind("payload", Rows.text(job.payload()))
          .bind("priority", job.priority())
          .bind("delay", job.delay().toNanos() / 1000)
          .bind("max_attempts", job.maxAttempts())
          .bind("actor", actor)
          .bind("client_request_id", job.clientRequestId())
          .bind("retry_of", job.retryOf())
          .add();
    }
    batch.execute();
  }
}
