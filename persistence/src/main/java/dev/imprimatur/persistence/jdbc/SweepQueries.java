package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads sweeps.
final class SweepQueries {
  private static final String RUN =
      "%1$s.name AS %1$s_name, %1$s.tick AS %1$s_tick, %1$s.worker AS %1$s_worker,"
          + " %1$s.requested AS %1$s_requested, %1$s.started_at AS %1$s_started_at,"
          + " %1$s.ended_at AS %1$s_ended_at, %1$s.found AS %1$s_found, %1$s.done AS %1$s_done,"
          + " %1$s.note AS %1$s_note, %1$s.error AS %1$s_error";

  private static final String STATUS =
      "SELECT s.name, s.default_ms, w.interval_ms, COALESCE(w.paused, false) AS paused,"
          + " COALESCE(w.revision, 0) AS revision, q.actor_id AS requested_by, p.execution_time, "
          + RUN.formatted("r")
          + ", "
          + RUN.formatted("f")
          + """
           FROM sweep s
          LEFT JOIN sweep_setting w ON w.name = s.name
          LEFT JOIN sweep_request q ON q.name = s.name AND q.tick IS NULL
          LEFT JOIN sweep_schedule p ON p.task_name = s.name
          LEFT JOIN sweep_run r ON r.name = s.name AND r.tick = s.last_tick
          LEFT JOIN sweep_run f ON f.name = s.name AND f.tick =
            (SELECT max(e.tick) FROM sweep_run e WHERE e.name = s.name AND e.error IS NOT NULL)
          """;

  private static final String WISHES =
      """
      SELECT s.name, s.last_tick, COALESCE(w.interval_ms, s.default_ms) AS wanted_ms, p.version,
             (q.id IS NOT NULL) AS requested
      FROM sweep s
      JOIN sweep_schedule p ON p.task_name = s.name AND p.picked = false
      LEFT JOIN sweep_setting w ON w.name = s.name
      LEFT JOIN sweep_request q ON q.name = s.name AND q.tick IS NULL
      WHERE q.id IS NOT NULL OR s.planned_ms <> COALESCE(w.interval_ms, s.default_ms)
      ORDER BY s.name
      """;

  private final Handle handle;

  SweepQueries(Handle handle) {
    this.handle = handle;
  }

  List<SweepStatus> list() {
    return handle.createQuery(STATUS + " ORDER BY s.name").map((rs, ctx) -> status(rs)).list();
  }

  Optional<SweepStatus> find(String name) {
    return handle
        .createQuery(STATUS + " WHERE s.name = :name")
        .bind("name", name)
        .map((rs, ctx) -> status(rs))
        .findOne();
  }

  List<SweepRun> runs(String name, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + RUN.formatted("r")
                + " FROM sweep_run r WHERE r.name = :name ORDER BY r.tick DESC LIMIT :limit")
        .bind("name", name)
        .bind("limit", limit)
        .map((rs, ctx) -> run(rs, "r_"))
        .list();
  }

  /// A sweep that is not planned as people want it.
  ///
  /// @param version of its plan as it was read
  record Wish(
      String name,
      Duration interval,
      @Nullable Instant lastTick,
      boolean requested,
      long version) {}

  List<Wish> wishes() {
    return handle
        .createQuery(WISHES)
        .map((rs, ctx) ->
            new Wish(
                rs.getString("name"),
                Duration.ofMillis(rs.getLong("wanted_ms")),
                Rows.instantOrNull(rs, "last_tick"),
                rs.getBoolean("requested"),
                rs.getLong("version")))
        .list();
  }

  private static SweepStatus status(ResultSet rs) throws SQLException {
    Duration usual = Duration.ofMillis(rs.getLong("default_ms"));
    long set = rs.getLong("interval_ms");
    Duration interval = rs.wasNull() ? usual : Duration.ofMillis(set);
    boolean paused = rs.getBoolean("paused");
    String requestedBy = rs.getString("requested_by");
    Instant due = Rows.instantOrNull(rs, "execution_time");
    return new SweepStatus(
        rs.getString("name"),
        interval,
        usual,
        paused,
        requestedBy,
        rs.getLong("revision"),
        paused && requestedBy == null ? null : due,
        runOrNull(rs, "r_"),
        runOrNull(rs, "f_"));
  }

  private static @Nullable SweepRun runOrNull(ResultSet rs, String prefix) throws SQLException {
    return rs.getString(prefix + "name") == null ? null : run(rs, prefix);
  }

  private static SweepRun run(ResultSet rs, String prefix) throws SQLException {
    return new SweepRun(
        rs.getString(prefix + "name"),
        Rows.instant(rs, prefix + "tick"),
        rs.getString(prefix + "worker"),
        rs.getBoolean(prefix + "requested"),
        Rows.instant(rs, prefix + "started_at"),
        Rows.instantOrNull(rs, prefix + "ended_at"),
        count(rs, prefix + "found"),
        count(rs, prefix + "done"),
        rs.getString(prefix + "note"),
        rs.getString(prefix + "error"));
  }

  private static @Nullable Long count(ResultSet rs, String column) throws SQLException {
    long count = rs.getLong(column);
    return rs.wasNull() ? null : count;
  }
}
