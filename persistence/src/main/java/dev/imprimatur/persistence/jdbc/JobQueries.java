package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads jobs: what the queue's store, and those who look at it, find by key, by beginning of an
/// id, or by what they are.
final class JobQueries {
  private final Handle handle;

  JobQueries(Handle handle) {
    this.handle = handle;
  }

  Optional<Job> find(JobKey key) {
    return one("SELECT * FROM job WHERE workspace_id = :workspace AND id = :id", key);
  }

  /// A job, its row locked by this clause.
  Optional<Job> lock(JobKey key, String lockClause) {
    return one("SELECT * FROM job WHERE workspace_id = :workspace AND id = :id " + lockClause, key);
  }

  /// All of these jobs, in no particular order.
  List<Job> all(Collection<JobKey> keys) {
    return handle
        .createQuery("SELECT * FROM job WHERE workspace_id = ANY (:workspaces) AND id = ANY (:ids)")
        .bindArray(
            "workspaces", String.class, keys.stream().map(JobKey::workspaceId).distinct().toArray())
        .bindArray("ids", UUID.class, keys.stream().map(JobKey::id).toArray())
        .map((rs, ctx) -> job(rs))
        .list();
  }

  private Optional<Job> one(String sql, JobKey key) {
    return handle
        .createQuery(sql)
        .bind("workspace", key.workspaceId())
        .bind("id", key.id().toString())
        .map((rs, ctx) -> job(rs))
        .findOne();
  }

  Set<String> open(Collection<String> clientRequestIds) {
    if (clientRequestIds.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(
            """
            SELECT client_request_id FROM job
            WHERE status IN ('PENDING', 'RUNNING') AND client_request_id = ANY (:ids)
            """)
        .bindArray("ids", String.class, clientRequestIds.toArray())
        .mapTo(String.class)
        .set();
  }

  List<Job> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM job WHERE CAST(id AS varchar) LIKE :prefix ORDER BY seq LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> job(rs))
        .list();
  }

  List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit) {
    StringBuilder sql = new StringBuilder("SELECT * FROM job WHERE 1 = 1");
    Map<String, Object> values = new HashMap<>();
    filter(sql, values, "status", status == null ? null : status.name());
    filter(sql, values, "kind", kind);
    filter(sql, values, "workspace_id", workspace);
    return handle
        .createQuery(sql + " ORDER BY seq DESC LIMIT :limit")
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

  // Two counts, because PostgreSQL has an index for each of the two statuses and none for both.
  long countOpen() {
    return handle
        .createQuery(
            "SELECT (SELECT count(*) FROM job WHERE status = 'PENDING')"
                + " + (SELECT count(*) FROM job WHERE status = 'RUNNING')")
        .mapTo(Long.class)
        .one();
  }

  Map<JobStatus, Long> countByStatus() {
    Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      counts.put(status, 0L);
    }
    handle
        .createQuery("SELECT status, count(*) AS jobs FROM job GROUP BY status")
        .map((rs, ctx) -> Map.entry(JobStatus.valueOf(rs.getString("status")), rs.getLong("jobs")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /// A row of the table.
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
