package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.Dialect.ClaimRequest;
import dev.imprimatur.persistence.dialect.Dialect.EndRequest;
import dev.imprimatur.persistence.dialect.Dialect.JobSource;
import dev.imprimatur.persistence.dialect.Dialect.OpenJob;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Changes of open jobs in one layout of the queue, each fenced by the claim in force.
final class JobTable {
  private static final String CLAIMED =
      " WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'";

  private final JdbcTransaction tx;
  private final Handle handle;
  private final JobSource source;

  JobTable(JdbcTransaction tx, JobSource source) {
    this.tx = tx;
    this.handle = tx.handle();
    this.source = source;
  }

  List<Job> claim(ClaimRequest request) {
    List<Job> claimed = tx.dialect().claim(handle, request, JobQueries::job, tx::onEnd);
    if (!claimed.isEmpty()) {
      tx.wrote();
    }
    return claimed;
  }

  Map<Claim, Boolean> heartbeat(Collection<Claim> claims) {
    // Rows that somebody holds are passed over: it is this worker's own completion, or a release
    // that must win. Waiting for
    // one would silence all the worker's other jobs.
    Set<Claim> free = new HashSet<>();
    held(claims, tx.dialect().lockRow() + " SKIP LOCKED").forEach(job -> free.add(job.claim()));
    PreparedBatch batch =
        handle.prepareBatch(
            "UPDATE " + source.table() + " SET heartbeat_at = :now" + CLAIMED + source.only());
    free.retainAll(new HashSet<>(claims));
    for (Claim claim : free) {
      batch
          .bind("workspace", claim.key().workspaceId())
          .bind("id", claim.key().id().toString())
          .bind("attempt", claim.attempt())
          .bind("now", Rows.time(tx.now()))
          .add();
    }
    if (!free.isEmpty()) {
      batch.execute();
    }
    Map<Claim, Boolean> inForce = new HashMap<>();
    held(claims, "").forEach(job -> inForce.put(job.claim(), job.cancelRequested()));
    inForce.keySet().retainAll(new HashSet<>(claims));
    return inForce;
  }

  private record Held(Claim claim, boolean cancelRequested) {}

  private List<Held> held(Collection<Claim> claims, String lock) {
    return handle
        .createQuery(
            "SELECT workspace_id, id, attempts, cancel_requested FROM "
                + source.table()
                + " WHERE workspace_id = ANY (:workspaces) AND id = ANY (:ids) AND status = 'RUNNING'"
                + source.only()
                + " "
                + lock)
        .bindArray(
            "workspaces",
            String.class,
            claims.stream().map(c -> c.key().workspaceId()).distinct().toArray())
        .bindArray("ids", UUID.class, claims.stream().map(c -> c.key().id()).toArray())
        .map((rs, ctx) ->
            new Held(
                new Claim(
                    new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")),
                    rs.getInt("attempts")),
                rs.getBoolean("cancel_requested")))
        .list();
  }

  boolean progress(Claim claim, double fraction, String text) {
    return of("progress = :fraction, progress_text = :text, progress_at = :now", claim)
            .bind("fraction", fraction)
            .bind("text", text.length() <= 1000 ? text : text.substring(0, 1000))
            .bind("now", Rows.time(tx.now()))
            .execute()
        == 1;
  }

  boolean retryLater(Claim claim, String error, Duration delay) {
    return of("status = 'PENDING', run_at = :run_at, last_error = :error", claim)
            .bind("run_at", Rows.time(tx.now().plus(delay)))
            .bind("error", error)
            .execute()
        == 1;
  }

  boolean handBack(Claim claim, Duration delay, @Nullable String why) {
    return of(
                "status = 'PENDING', run_at = :run_at, handed_back = handed_back + 1, locked_by = NULL,"
                    + " heartbeat_at = NULL, last_error = :why",
                claim)
            .bind("run_at", Rows.time(tx.now().plus(delay)))
            .bind("why", why)
            .execute()
        == 1;
  }

  private Update of(String change, Claim claim) {
    return handle
        .createUpdate("UPDATE " + source.table() + " SET " + change + CLAIMED + source.only())
        .bind("workspace", claim.key().workspaceId())
        .bind("id", claim.key().id().toString())
        .bind("attempt", claim.attempt());
  }

  boolean requestCancel(JobKey key) {
    return handle
            .createUpdate(
                "UPDATE "
                    + source.table()
                    + " SET cancel_requested = true"
                    + " WHERE workspace_id = :workspace AND id = :id AND status = 'RUNNING'"
                    + source.only())
            .bind("workspace", key.workspaceId())
            .bind("id", key.id().toString())
            .execute()
        == 1;
  }

  Optional<Job> lockClaim(Claim claim) {
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT "
                    + Dialect.OPEN_JOB
                    + " FROM "
                    + source.table()
                    + CLAIMED
                    + source.only()
                    + " "
                    + tx.dialect().lockRow())
            .bind("workspace", claim.key().workspaceId())
            .bind("id", claim.key().id().toString())
            .bind("attempt", claim.attempt())
            .map((rs, ctx) -> JobQueries.job(rs))
            .findOne());
  }

  Optional<Job> lockStale(JobKey key, Duration threshold) {
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT "
                    + Dialect.OPEN_JOB
                    + " FROM "
                    + source.table()
                    + " WHERE workspace_id = :workspace AND id = :id AND status = 'RUNNING'"
                    + " AND heartbeat_at < :limit_time"
                    + source.only()
                    + " "
                    + tx.dialect().lockRow()
                    + " SKIP LOCKED")
            .bind("workspace", key.workspaceId())
            .bind("id", key.id().toString())
            .bind("limit_time", Rows.time(tx.now().minus(threshold)))
            .map((rs, ctx) -> JobQueries.job(rs))
            .findOne());
  }

  /// Ends open jobs: in the new layout they move into the history, in the old one they stay where
  /// they are.
  Set<JobKey> end(
      List<OpenJob> jobs, JobStatus status, @Nullable String error, @Nullable JsonNode why) {
    if (jobs.isEmpty()) {
      return Set.of();
    }
    tx.wrote();
    if (source == JobSource.OLD) {
      return endOld(jobs, status, error, why);
    }
    return tx
        .dialect()
        .end(handle, new EndRequest(jobs, status.name(), error, Rows.text(why)))
        .stream()
        .map(key -> new JobKey(key.workspaceId(), key.id()))
        .collect(Collectors.toSet());
  }

  /// Ends running jobs of the new layout with success, each in a transaction of its own.
  Optional<Set<JobKey>> endEach(List<OpenJob> jobs) {
    tx.wrote();
    return tx.dialect()
        .endEach(handle, new EndRequest(jobs, JobStatus.COMPLETED.name(), null, null))
        .map(keys ->
            keys.stream()
                .map(key -> new JobKey(key.workspaceId(), key.id()))
                .collect(Collectors.toSet()));
  }

  private Set<JobKey> endOld(
      List<OpenJob> jobs, JobStatus status, @Nullable String error, @Nullable JsonNode why) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE legacy_job SET status = :status, finished_at = %s,
              progress = CASE WHEN :succeeded THEN 1 ELSE progress END, result = :result,
              last_error = coalesce(:error, last_error), diagnostics = :diagnostics
            WHERE workspace_id = :workspace AND id = :id AND NOT copied
              AND ((status = 'RUNNING' AND attempts = :attempt) OR (status = 'PENDING' AND :pending))
            """
                .formatted(tx.dialect().later("0")));
    for (OpenJob job : jobs) {
      batch
          .bind("status", status.name())
          .bind("succeeded", status == JobStatus.COMPLETED)
          .bind("result", job.result())
          .bind("error", error)
          .bind("diagnostics", Rows.text(why))
          .bind("workspace", job.workspaceId())
          .bind("id", job.id().toString())
          .bind("attempt", job.claim() == null ? -1 : job.claim())
          .bind("pending", job.claim() == null)
          .add();
    }
    int[] counts = batch.execute();
    Set<JobKey> ended = new HashSet<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        ended.add(new JobKey(jobs.get(i).workspaceId(), jobs.get(i).id()));
      }
    }
    return ended;
  }
}
