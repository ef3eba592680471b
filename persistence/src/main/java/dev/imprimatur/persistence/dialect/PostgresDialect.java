package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// PostgreSQL, 15 or newer.
public final class PostgresDialect implements Dialect {
  /// The channel on which commits with new work are announced.
  public static final String CHANNEL = "imprimatur_work";

  /// The channel on which commits tell what they have changed.
  public static final String CHANGES = "imprimatur_change";

  private static final String CLAIM =
      "SELECT " + OPEN_JOB + " FROM imprimatur_claim_jobs(?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String CLAIM_OLD =
      """
      WITH due AS (
        SELECT workspace_id AS due_workspace, id AS due_id FROM %1$s
        WHERE status = 'PENDING' AND run_at <= now() AND kind = ANY (?)
          AND (? OR workspace_id = ANY (?))
          %2$s
        ORDER BY -priority, run_at, seq
        LIMIT ?
        FOR UPDATE SKIP LOCKED
      )
      UPDATE %1$s
      SET status = 'RUNNING', attempts = attempts + 1, locked_by = ?, started_at = now(),
          heartbeat_at = now(), progress_at = now(), progress = 0, progress_text = NULL, cancel_requested = false
      FROM due
      WHERE workspace_id = due_workspace AND id = due_id
      RETURNING %3$s
      """
          .formatted(JobSource.OLD.table(), JobSource.OLD.only(), OPEN_JOB);

  private final Layouts layouts = new PostgresLayouts();
  private final WorkNotes notes = new WorkNotes();

  @Override
  public Layouts layouts() {
    return layouts;
  }

  @Override
  public String generatedStored() {
    return "STORED";
  }

  @Override
  public String migrationFolder() {
    return "db/migration-postgresql";
  }

  @Override
  public String clock() {
    return "SELECT clock_timestamp()";
  }

  @Override
  public String later(String micros) {
    return "clock_timestamp() + " + micros + " * INTERVAL '1 microsecond'";
  }

  @Override
  public String lockRow() {
    // Not FOR UPDATE: rows that only refer to this one need not wait.
    return "FOR NO KEY UPDATE";
  }

  @Override
  public Actor actor(Handle handle) {
    return handle
        .createQuery("SELECT session_user, imprimatur_actor_kind()")
        .map((rs, ctx) -> new Actor(Actor.Kind.valueOf(rs.getString(2)), rs.getString(1)))
        .one();
  }

  @Override
  public String mayAdminister() {
    return "SELECT pg_has_role(current_user, 'imprimatur_admin', 'USAGE')";
  }

  @Override
  public boolean mayWork(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rs =
            query.executeQuery("SELECT pg_has_role(session_user, 'imprimatur_worker', 'MEMBER')")) {
      return rs.next() && rs.getBoolean(1);
    }
  }

  @Override
  public <T> List<T> claim(
      Handle handle, ClaimRequest request, Reader<T> row, Consumer<Runnable> onEnd) {
    boolean old = request.from() == JobSource.OLD;
    return Plain.query(
        handle,
        old ? CLAIM_OLD : CLAIM,
        statement -> {
          Connection connection = statement.getConnection();
          statement.setArray(1, connection.createArrayOf("varchar", request.kinds().toArray()));
          statement.setBoolean(2, request.workspaces().isEmpty());
          statement.setArray(
              3, connection.createArrayOf("varchar", request.workspaces().toArray()));
          statement.setInt(4, request.limit());
          statement.setString(5, request.workerId());
          if (!old) {
            place(statement, request.behind());
          }
        },
        row);
  }

  private static void place(PreparedStatement statement, @Nullable Place behind)
      throws SQLException {
    if (behind == null) {
      statement.setNull(6, Types.INTEGER);
      statement.setNull(7, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setNull(8, Types.BIGINT);
    } else {
      statement.setInt(6, behind.priority());
      statement.setObject(7, behind.runAt().atOffset(ZoneOffset.UTC));
      statement.setLong(8, behind.sequence());
    }
  }

  @Override
  public List<RowKey> end(Handle handle, EndRequest request) {
    if (request.jobs().size() == 1 && request.jobs().getFirst().claim() != null) {
      return end(handle, request.jobs().getFirst(), request);
    }
    return Plain.query(
        handle,
        """
        SELECT ended_workspace, ended_id FROM imprimatur_end_jobs(?, ?, ?, CAST(? AS jsonb[]), ?, ?, CAST(? AS jsonb))
        """,
        statement -> bind(statement, request),
        row -> new RowKey(row.getString(1), row.getObject(2, UUID.class)));
  }

  @Override
  public Optional<List<RowKey>> endEach(Handle handle, EndRequest request) {
    List<Boolean[]> ended =
        Plain.query(
            handle,
            """
            CALL imprimatur_end_each(?, ?, ?, CAST(? AS jsonb[]), ?, ?, CAST(? AS jsonb), CAST(NULL AS boolean[]))
            """,
            statement -> bind(statement, request),
            row -> (Boolean[]) row.getArray(1).getArray());
    List<RowKey> keys = new ArrayList<>();
    for (int i = 0; i < request.jobs().size(); i++) {
      if (ended.getFirst()[i]) {
        OpenJob job = request.jobs().get(i);
        keys.add(new RowKey(job.workspaceId(), job.id()));
      }
    }
    return Optional.of(keys);
  }

  private static void bind(PreparedStatement statement, EndRequest request) throws SQLException {
    statement.setArray(1, array(statement, "varchar", request, OpenJob::workspaceId));
    statement.setArray(2, array(statement, "uuid", request, OpenJob::id));
    statement.setArray(3, array(statement, "integer", request, OpenJob::claim));
    statement.setArray(4, array(statement, "text", request, OpenJob::result));
    statement.setString(5, request.status());
    statement.setString(6, request.error());
    statement.setString(7, request.diagnostics());
  }

  private static List<RowKey> end(Handle handle, OpenJob job, EndRequest request) {
    List<Boolean> ended =
        Plain.query(
            handle,
            "SELECT imprimatur_end_job(?, ?, ?, CAST(? AS jsonb), ?, ?, CAST(? AS jsonb))",
            statement -> {
              statement.setString(1, job.workspaceId());
              statement.setObject(2, job.id());
              statement.setInt(3, Objects.requireNonNull(job.claim()));
              statement.setString(4, job.result());
              statement.setString(5, request.status());
              statement.setString(6, request.error());
              statement.setString(7, request.diagnostics());
            },
            row -> row.getBoolean(1));
    return ended.getFirst() ? List.of(new RowKey(job.workspaceId(), job.id())) : List.of();
  }

  private static Array array(
      PreparedStatement statement,
      String type,
      EndRequest request,
      Function<OpenJob, @Nullable Object> column)
      throws SQLException {
    return statement
        .getConnection()
        .createArrayOf(type, request.jobs().stream().map(column).toArray());
  }

  @Override
  public boolean claimsInOneStatement() {
    return layouts.singleWrites();
  }

  @Override
  public void enqueueAtOnce(Handle handle, JobInsert job) {
    Plain.query(
        handle,
        """
        WITH added AS (
          INSERT INTO job (workspace_id, id, kind, payload, status, priority, run_at, max_attempts, actor_id, retry_of, enqueued_at)
          VALUES (?, ?, ?, CAST(? AS jsonb), 'PENDING', ?, now() + ? * INTERVAL '1 microsecond', ?, ?, CAST(? AS uuid), now())
          RETURNING 1
        )
        SELECT pg_notify(?, ?) FROM added
        """,
        statement -> {
          int i = 1;
          statement.setString(i++, job.workspaceId());
          statement.setObject(i++, job.id());
          statement.setString(i++, job.kind());
          statement.setString(i++, job.payload());
          statement.setInt(i++, job.priority());
          statement.setLong(i++, job.delayMicros());
          statement.setInt(i++, job.maxAttempts());
          statement.setString(i++, job.actorId());
          statement.setString(i++, job.retryOf());
          statement.setString(i++, CHANNEL);
          statement.setString(i, notes.of(WakeUps.News.JOBS));
        },
        row -> job);
  }

  @Override
  public void announce(Handle handle, WakeUps.News news) {
    // Equal notifications of one transaction are one; the commits of many are cheap enough as a
    // hint.
    Plain.query(
        handle,
        "SELECT pg_notify(?, ?)",
        statement -> {
          statement.setString(1, CHANNEL);
          statement.setString(2, notes.of(news));
        },
        row -> news);
  }

  /// How this process's announcements are known.
  public WorkNotes notes() {
    return notes;
  }

  @Override
  public void tell(Handle handle, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    var batch = handle.createQuery("SELECT count(pg_notify(:channel, c)) FROM unnest(:changes) c");
    batch
        .bind("channel", CHANGES)
        .bindArray("changes", String.class, changes.stream().map(ChangeNotes::write).toArray())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public void writing(Consumer<Runnable> onEnd) {
    // The server knows.
  }

  @Override
  public String writersMark(Handle handle) {
    // A number of its own: a snapshot's upper end is behind the last one that has ended, and who is
    // writing may be beyond it.
    return handle
        .createQuery("SELECT CAST(pg_current_xact_id() AS varchar)")
        .mapTo(String.class)
        .one();
  }

  // Every transaction that had a number then has one below the mark; none below the oldest is open.
  @Override
  public boolean writersEnded(Handle handle, String mark) {
    return handle
        .createQuery("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= CAST(:mark AS xid8)")
        .bind("mark", mark)
        .mapTo(Boolean.class)
        .one();
  }

  // Which transactions have ended: reading takes no transaction number, so it stands still while
  // nothing is written.
  @Override
  public String changeMark() {
    return "SELECT CAST(pg_current_snapshot() AS varchar)";
  }

  @Override
  public String heldLocks() {
    // An advisory lock's number of 64 bits stands in two columns.
    return """
    WITH advisory AS MATERIALIZED (
      SELECT (CAST(classid AS bigint) << 32) | CAST(objid AS bigint) AS number, granted FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    SELECT l.*, clock_timestamp() AS clock,
      (SELECT count(*) FROM advisory a WHERE a.number = hashtextextended(l.name, l.epoch) AND NOT a.granted) AS waiting,
      EXISTS (SELECT FROM advisory a WHERE a.number = hashtextextended(l.name, l.epoch) AND a.granted) AS connected
    FROM lock_lease l WHERE l.holder IS NOT NULL
    """;
  }

  @Override
  public void endIfIdle(Handle handle, Duration idle) {
    handle
        .createQuery("SELECT set_config('idle_in_transaction_session_timeout', :millis, true)")
        .bind("millis", String.valueOf(idle.toMillis()))
        .mapTo(String.class)
        .one();
  }

  @Override
  public StoreException translate(SQLException e, String url) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String line = SqlStates.line(e);
    // 25P03: it stood still for too long under a lock, and a repeat asks whether that still holds.
    if (state.equals("40001")
        || state.equals("40P01")
        || state.equals("55P03")
        || state.equals("25P03")) {
      return new StoreException.Transient(line, e);
    }
    if (state.equals(Layouts.OUTDATED)) {
      layouts.forget();
      return new StoreException.Transient(line, e);
    }
    if (state.equals("42501")) {
      return new StoreException.Forbidden(line, e);
    }
    if (state.startsWith("23")) {
      return new StoreException.Violated(constraint(e), line, e);
    }
    if (e instanceof SQLTransientConnectionException) {
      return new StoreException.Unavailable("database " + url + ": " + line, e);
    }
    String unavailable = unavailable(state, line);
    if (unavailable != null) {
      return new StoreException.Unavailable("database " + url + ": " + unavailable, e);
    }
    return new StoreException.Unexpected(line, e);
  }

  private static @org.jspecify.annotations.Nullable String unavailable(String state, String line) {
    return switch (state) {
      case "28P01", "28000" -> line + ". Check user and password.";
      case "3D000" -> line + ". Create it, or correct the URL.";
      case "53300" -> line + ". Close other connections, or raise the server's max_connections.";
      case "57P01", "57P02", "57P03" ->
          line + ". The server is stopping or starting; try again shortly.";
      case "08001" -> "no connection: " + line;
      case "25006" -> line + ". The server is a read-only copy; name its primary.";
      default ->
          state.startsWith("08")
              ? "the connection was lost: " + line
              : state.startsWith("53") || state.startsWith("58")
                  ? "the server is in trouble: " + line
                  : null;
    };
  }

  private static String constraint(SQLException e) {
    if (e instanceof PSQLException p) {
      ServerErrorMessage message = p.getServerErrorMessage();
      if (message != null && message.getConstraint() != null) {
        return message.getConstraint().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }
}
