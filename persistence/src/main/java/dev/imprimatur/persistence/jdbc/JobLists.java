package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobHealth;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.QueueLayout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Long lists of jobs as an administrator looks over them: their order, the rows in sight, and how
/// many there are.
final class JobLists {
  /// When it last came forward: a claim is a step forward too.
  private static final String FORWARD =
      "greatest(coalesce(j.progress_at, j.started_at), j.started_at)";

  private static final String ROW =
      """
      SELECT j.workspace_id, j.id, j.kind, j.status, j.attempts, j.handed_back, j.max_attempts, j.run_at, j.enqueued_at,
        j.started_at, %s AS finished_at, j.heartbeat_at, j.progress_at, j.progress, j.progress_text, j.cancel_requested,
        substring(j.last_error FROM 1 FOR 300) AS last_error
      FROM UNNEST(CAST(:workspaces AS varchar ARRAY), CAST(:ids AS uuid ARRAY)) AS wanted(workspace_id, id)
      JOIN %s j ON j.workspace_id = wanted.workspace_id AND j.id = wanted.id
      """;

  /// Each side by its own key, pair by pair: not every database looks into a view for it, nor uses
  /// the key for two lists.
  private static final String ROWS =
      ROW.formatted("CAST(NULL AS timestamp(6) with time zone)", "job")
          + " UNION ALL "
          + ROW.formatted("j.finished_at", "job_history")
          + " UNION ALL "
          + ROW.formatted("j.finished_at", "legacy_job")
          + " WHERE NOT j.copied";

  private static final String FOUND =
      "(lower(j.kind || ' ' || CAST(j.id AS varchar) || ' ' || j.actor_id || ' ' || coalesce(j.locked_by, '') || ' ' ||"
          + " coalesce(j.last_error, '')) LIKE %s OR lower(CAST(j.payload AS text)) LIKE %s)";

  private final Handle handle;
  private final JdbcTransaction tx;

  JobLists(Handle handle, JdbcTransaction tx) {
    this.tx = tx;
    this.handle = handle;
  }

  List<JobKey> order(JobQuery wanted, Instant now, Duration tooLong) {
    Map<String, Object> values = new LinkedHashMap<>();
    Query query =
        handle
            .createQuery(
                "SELECT j.workspace_id, j.id"
                    + from(wanted.show())
                    + " WHERE "
                    + String.join(" AND ", conditions(wanted, now.minus(tooLong), values))
                    + " ORDER BY "
                    + order(wanted))
            .setFetchSize(10_000);
    values.forEach(query::bind);
    // A workspace's name is one object, however many jobs it has.
    Map<String, String> names = new HashMap<>();
    return query
        .map((rs, ctx) ->
            new JobKey(
                names.computeIfAbsent(rs.getString("workspace_id"), name -> name),
                Rows.id(rs, "id")))
        .list();
  }

  /// Where the jobs are kept that are asked for: the open ones are few, however many have ended.
  private String from(JobQuery.Show show) {
    if (tx.dialect().layouts().inForce(handle) != QueueLayout.WORKSPACE) {
      return " FROM job_any j";
    }
    return switch (show) {
      case ALL -> " FROM job_all j";
      case OPEN, PENDING, RUNNING, STUCK -> " FROM job j";
      case FAILED, CANCELLED, COMPLETED -> " FROM job_history j";
    };
  }

  private static List<String> conditions(
      JobQuery wanted, Instant longAgo, Map<String, Object> values) {
    List<String> conditions = new ArrayList<>();
    switch (wanted.show()) {
      case ALL -> conditions.add("1 = 1");
      case OPEN -> conditions.add("j.status IN ('PENDING', 'RUNNING')");
      case STUCK -> {
        conditions.add("j.status = 'RUNNING'");
        conditions.add("(j.heartbeat_at < :long_ago OR " + FORWARD + " < :long_ago)");
        values.put("long_ago", Rows.time(longAgo));
      }
      case PENDING, RUNNING, FAILED, CANCELLED, COMPLETED ->
          conditions.add("j.status = '" + wanted.show().name() + "'");
    }
    if (wanted.kind() != null) {
      conditions.add("j.kind = :kind");
      values.put("kind", wanted.kind());
    }
    if (wanted.workspace() != null) {
      conditions.add("j.workspace_id = :workspace");
      values.put("workspace", wanted.workspace());
    }
    Words.add(wanted.search(), FOUND, conditions, values);
    return conditions;
  }

  private static String order(JobQuery wanted) {
    String down = wanted.descending() ? " DESC" : "";
    String by =
        switch (wanted.sort()) {
          case ENQUEUED -> "";
          case KIND -> "j.kind" + down;
          case WORKSPACE -> "j.workspace_id" + down;
          case STATUS -> "j.status" + down;
          case ATTEMPTS -> "j.attempts - j.handed_back" + down;
          // What does not run shows no age, and comes last either way.
          case HEARTBEAT -> running("j.heartbeat_at") + down + " NULLS LAST";
          case PROGRESS -> running(FORWARD) + down + " NULLS LAST";
        };
    return (by.isEmpty() ? "" : by + ", ") + "j.seq" + down;
  }

  private static String running(String column) {
    return "CASE WHEN j.status = 'RUNNING' THEN " + column + " END";
  }

  Map<JobKey, JobRow> rows(Collection<JobKey> keys, Instant now, Duration tooLong) {
    Map<JobKey, JobRow> rows = new HashMap<>();
    List<JobKey> pairs = keys.stream().distinct().toList();
    if (!pairs.isEmpty()) {
      handle
          .createQuery(ROWS)
          .bindArray("workspaces", String.class, pairs.stream().map(JobKey::workspaceId).toArray())
          .bindArray("ids", UUID.class, pairs.stream().map(JobKey::id).toArray())
          .map((rs, ctx) -> row(rs, now, tooLong))
          .forEach(row -> rows.put(row.key(), row));
    }
    return rows;
  }

  List<JobCount> countByKind() {
    return handle
        .createQuery(
            "SELECT j.kind, j.status, count(*) AS jobs"
                + " FROM job_any j"
                + " GROUP BY j.kind, j.status ORDER BY j.kind, j.status")
        .map((rs, ctx) ->
            new JobCount(
                rs.getString("kind"),
                JobStatus.valueOf(rs.getString("status")),
                rs.getLong("jobs")))
        .list();
  }

  List<String> workspaces() {
    return handle
        .createQuery("SELECT DISTINCT j.workspace_id FROM job_any j ORDER BY j.workspace_id")
        .mapTo(String.class)
        .list();
  }

  Optional<JsonNode> diagnostics(JobKey key) {
    return handle
        .createQuery(
            "SELECT j.diagnostics FROM job_any j"
                + " WHERE j.workspace_id = :workspace AND j.id = :id AND j.diagnostics IS NOT NULL")
        .bind("workspace", key.workspaceId())
        .bind("id", key.id().toString())
        .map((rs, ctx) -> Rows.json(rs, "diagnostics"))
        .findOne();
  }

  private static JobRow row(ResultSet rs, Instant now, Duration tooLong) throws SQLException {
    JobStatus status = JobStatus.valueOf(rs.getString("status"));
    Duration heartbeat = age(Rows.instantOrNull(rs, "heartbeat_at"), now);
    Instant started = Rows.instantOrNull(rs, "started_at");
    Instant came = Rows.instantOrNull(rs, "progress_at");
    Duration progress =
        age(came == null || (started != null && started.isAfter(came)) ? started : came, now);
    boolean running = status == JobStatus.RUNNING;
    return new JobRow(
        new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")),
        rs.getString("kind"),
        status,
        JobHealth.of(status, heartbeat, progress, tooLong),
        rs.getInt("attempts") - rs.getInt("handed_back"),
        rs.getInt("max_attempts"),
        Rows.instant(rs, "run_at"),
        Rows.instant(rs, "enqueued_at"),
        Rows.instantOrNull(rs, "finished_at"),
        running ? heartbeat.truncatedTo(ChronoUnit.SECONDS) : null,
        running ? progress.truncatedTo(ChronoUnit.SECONDS) : null,
        rs.getDouble("progress"),
        rs.getString("progress_text"),
        rs.getBoolean("cancel_requested"),
        rs.getString("last_error"));
  }

  private static Duration age(@Nullable Instant since, Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }
}
