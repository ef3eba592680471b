package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.persistence.dialect.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads jobs: what the queue's store, and those who look at it, find by key, by beginning of an
/// id, or by what they are.
final class JobQueries {
  private static final String ENDED_JOB = Dialect.JOB + ", finished_at, result";

  private final Handle handle;

  JobQueries(Handle handle) {
    this.handle = handle;
  }

  Optional<Job> find(JobKey key) {
    Optional<Job> found = ofNew(key);
    // The new layout first, then the old one; then again, as it may have been copied meanwhile.
    return found.or(() -> ofOld(key, "")).or(() -> ofNew(key));
  }

  private Optional<Job> ofNew(JobKey key) {
    return of("SELECT * FROM job_all WHERE workspace_id = :workspace AND id = :id", key)
        .map((rs, ctx) -> job(rs))
        .findOne();
  }

  private Optional<Job> ofOld(JobKey key, String lockClause) {
    return of(
            "SELECT "
                + ENDED_JOB
                + " FROM legacy_job WHERE workspace_id = :workspace AND id = :id AND NOT copied "
                + lockClause,
            key)
        .map((rs, ctx) -> job(rs))
        .findOne();
  }

  /// A job; if it is open, its row is locked by this clause. What has ended never changes.
  Optional<Job> lock(JobKey key, String lockClause) {
    return lockNew(key, lockClause)
        .or(() -> ofOld(key, lockClause))
        .or(() -> lockNew(key, lockClause));
  }

  private Optional<Job> lockNew(JobKey key, String lockClause) {
    Optional<Job> open =
        of(
                "SELECT "
                    + Dialect.OPEN_JOB
                    + " FROM job WHERE workspace_id = :workspace AND id = :id "
                    + lockClause,
                key)
            .map((rs, ctx) -> job(rs))
            .findOne();
    // It may have ended while its row was waited for; nothing comes back from the history.
    return open.isPresent()
        ? open
        : of("SELECT * FROM job_history WHERE workspace_id = :workspace AND id = :id", key)
            .map((rs, ctx) -> job(rs))
            .findOne();
  }

  private Query of(String sql, JobKey key) {
    return handle
        .createQuery(sql)
        .bind("workspace", key.workspaceId())
        .bind("id", key.id().toString());
  }

  /// The job that was enqueued under this key.
  Optional<JobKey> byClientRequest(String workspace, String clientRequestId) {
    return handle
        .createQuery(
            "SELECT job_id FROM job_request WHERE workspace_id = :workspace AND client_request_id = :client_request_id")
        .bind("workspace", workspace)
        .bind("client_request_id", clientRequestId)
        .map((rs, ctx) -> new JobKey(workspace, Rows.id(rs, "job_id")))
        .findOne();
  }

  Set<String> open(Collection<String> clientRequestIds) {
    if (clientRequestIds.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(
            """
            SELECT client_request_id FROM job_any_open
            WHERE status IN ('PENDING', 'RUNNING') AND client_request_id = ANY (:ids)
            """)
        .bindArray("ids", String.class, clientRequestIds.toArray())
        .mapTo(String.class)
        .set();
  }

  List<Job> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM job_any WHERE CAST(id AS varchar) LIKE :prefix ORDER BY seq LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> job(rs))
        .list();
  }

  List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit) {
    StringBuilder filters = new StringBuilder(" WHERE 1 = 1");
    Map<String, Object> values = new HashMap<>();
    filter(filters, values, "status", status == null ? null : status.name());
    filter(filters, values, "kind", kind);
    filter(filters, values, "workspace_id", workspace);
    // Each side by its own order, so that neither is read whole.
    String newest = filters + " ORDER BY seq DESC LIMIT :limit";
    return handle
        .createQuery(
            "SELECT * FROM (SELECT * FROM (SELECT "
                + Dialect.OPEN_JOB
                + " FROM job"
                + newest
                + ") AS open_jobs UNION ALL SELECT * FROM (SELECT "
                + ENDED_JOB
                + " FROM job_history"
                + newest
                + ") AS ended_jobs UNION ALL SELECT * FROM (SELECT "
                + ENDED_JOB
                + " FROM legacy_job"
                + newest.replace("1 = 1", "NOT copied")
                + ") AS old_jobs) AS jobs ORDER BY seq DESC LIMIT :limit")
        .bindMap(values)
        .bind("limit", limit)
        .map((rs, ctx) -> job(rs))
        .list();
  }

  private static void filter(
      StringBuilder sql, Map<String, Object> values, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" AND ").append(column).append(" = :").append(column);
      values.put(column, value);
    }
  }

  long countOpen() {
    return handle.createQuery("SELECT count(*) FROM job_any_open").mapTo(Long.class).one();
  }

  Map<JobStatus, Long> countByStatus() {
    Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      counts.put(status, 0L);
    }
    handle
        .createQuery(
            "SELECT status, count(*) AS jobs FROM job GROUP BY status"
                + " UNION ALL SELECT status, count(*) FROM job_history GROUP BY status"
                + " UNION ALL SELECT status, count(*) FROM legacy_job WHERE NOT copied GROUP BY status")
        .map((rs, ctx) -> Map.entry(JobStatus.valueOf(rs.getString("status")), rs.getLong("jobs")))
        .forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Long::sum));
    return counts;
  }

  /// A row of `job_all`, of `job_history`, or of [Dialect#OPEN_JOB].
  static Job job(ResultSet rs) throws SQLException {
    return new Job(
        new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")),
        rs.getLong("seq"),
        rs.getString("kind"),
        Rows.json(rs, "payload"),
        JobStatus.valueOf(rs.getString("status")),
        rs.getInt("priority"),
        Rows.instant(rs, "run_at"),
        rs.getInt("attempts"),
        rs.getInt("handed_back"),
        rs.getInt("max_attempts"),
        rs.getString("actor_id"),
        rs.getString("client_request_id"),
        Rows.instant(rs, "enqueued_at"),
        Rows.instantOrNull(rs, "started_at"),
        Rows.instantOrNull(rs, "finished_at"),
        rs.getString("locked_by"),
        Rows.instantOrNull(rs, "heartbeat_at"),
        Rows.instantOrNull(rs, "progress_at"),
        rs.getDouble("progress"),
        rs.getString("progress_text"),
        rs.getBoolean("cancel_requested"),
        Rows.jsonOrNull(rs, "result"),
        rs.getString("last_error"),
        rs.getString("retry_of"));
  }
}
