package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// H2, embedded: one process has the file open.
public final class H2Dialect implements Dialect {
  private static final Pattern CONSTRAINT =
      Pattern.compile("\"(?:[\\w$]+\\.)?([\\w$]+?)(?:_index_\\w+)?(?: [^\"]*)?\"");

  private final Actor person;

  /// Claims are made one at a time: the queue is this process's alone, and two that choose at one
  /// moment would choose the same. The guarded update is what keeps them apart.
  private final ReentrantLock claiming = new ReentrantLock();

  private final Layouts layouts = new H2Layouts();

  private final OpenWriters writers = new OpenWriters();

  /// @param person who signs where automation does not
  public H2Dialect(String person) {
    this.person = new Actor(Actor.Kind.HUMAN, person);
  }

  @Override
  public Layouts layouts() {
    return layouts;
  }

  @Override
  public String generatedStored() {
    return "";
  }

  @Override
  public String migrationFolder() {
    return "db/migration-h2";
  }

  @Override
  public String clock() {
    return "SELECT CURRENT_TIMESTAMP(6)";
  }

  @Override
  public String later(String micros) {
    return "DATEADD(MICROSECOND, " + micros + ", CURRENT_TIMESTAMP(6))";
  }

  @Override
  public String lockRow() {
    return "FOR UPDATE";
  }

  @Override
  public Actor actor(Handle handle) {
    String user = handle.createQuery("SELECT CURRENT_USER").mapTo(String.class).one();
    return user.equalsIgnoreCase(H2Users.WORKER)
        ? new Actor(Actor.Kind.AUTOMATION, person.id())
        : person;
  }

  @Override
  public String mayAdminister() {
    return "SELECT CURRENT_USER <> '"
        + H2Users.WORKER.toLowerCase(Locale.ROOT)
        + "' AND CURRENT_USER <> '"
        + H2Users.WORKER
        + "'";
  }

  @Override
  public boolean mayWork(Connection connection) {
    return true;
  }

  @Override
  public <T> List<T> claim(
      Handle handle, ClaimRequest request, Reader<T> row, Consumer<Runnable> onEnd) {
    claiming.lock();
    onEnd.accept(claiming::unlock);
    String table = request.from().table();
    String only = request.from().only();
    List<RowKey> due =
        Plain.query(
            handle,
            """
            SELECT workspace_id, id FROM %s
            WHERE status = 'PENDING' AND run_at <= CURRENT_TIMESTAMP(6) AND kind = ANY (?)
              AND (? OR workspace_id = ANY (?)) %s
            ORDER BY status, priority DESC, run_at, seq
            LIMIT ?
            """
                .formatted(table, only),
            statement -> {
              statement.setObject(1, request.kinds().toArray());
              statement.setBoolean(2, request.workspaces().isEmpty());
              statement.setObject(3, request.workspaces().toArray());
              statement.setInt(4, request.limit());
            },
            key -> new RowKey(key.getString(1), key.getObject(2, UUID.class)));
    // Row by row: with a LIMIT, H2 would lock every row that matches.
    List<RowKey> free =
        Plain.found(
            handle,
            "SELECT 1 FROM "
                + table
                + " WHERE workspace_id = ? AND id = ? AND status = 'PENDING'"
                + only
                + " FOR UPDATE SKIP LOCKED",
            due,
            (statement, key) -> {
              statement.setString(1, key.workspaceId());
              statement.setObject(2, key.id());
            });
    if (free.isEmpty()) {
      return List.of();
    }
    List<RowKey> claimed =
        Plain.touching(
            handle,
            """
            UPDATE %s
            SET status = 'RUNNING', attempts = attempts + 1, locked_by = ?, started_at = CURRENT_TIMESTAMP(6),
                heartbeat_at = CURRENT_TIMESTAMP(6), progress_at = CURRENT_TIMESTAMP(6), progress = 0,
                progress_text = NULL, cancel_requested = false
            WHERE workspace_id = ? AND id = ? AND status = 'PENDING' %s
            """
                .formatted(table, only),
            free,
            (statement, key) -> {
              statement.setString(1, request.workerId());
              statement.setString(2, key.workspaceId());
              statement.setObject(3, key.id());
            });
    // A join with the keys, because H2 would read the whole table for id = ANY (?).
    return claimed.isEmpty()
        ? List.of()
        : Plain.query(
            handle,
            "SELECT "
                + OPEN_JOB
                + """
                 FROM UNNEST(CAST(? AS varchar ARRAY), CAST(? AS uuid ARRAY)) AS claimed (w, i)
                 JOIN %s AS found ON found.workspace_id = claimed.w AND found.id = claimed.i
                """
                    .formatted(table),
            statement -> {
              statement.setObject(1, claimed.stream().map(RowKey::workspaceId).toArray());
              statement.setObject(2, claimed.stream().map(RowKey::id).toArray());
            },
            row);
  }

  @Override
  public List<RowKey> end(Handle handle, EndRequest request) {
    // One statement per job, which takes the row and writes it: nothing comes between.
    return Plain.touching(
            handle,
            """
            INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
              max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by,
              heartbeat_at, progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics)
            SELECT workspace_id, id, seq, kind, payload, CAST(? AS varchar), priority, run_at, attempts, handed_back,
              max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, CURRENT_TIMESTAMP(6), locked_by,
              heartbeat_at, progress_at, CASE WHEN ? THEN 1 ELSE progress END, progress_text, cancel_requested,
              CAST(? AS varchar), coalesce(CAST(? AS varchar), last_error), CAST(? AS varchar)
            FROM OLD TABLE (
              DELETE FROM job WHERE workspace_id = ? AND id = ?
                AND ((status = 'RUNNING' AND attempts = ?) OR (status = 'PENDING' AND ?)))
            """,
            request.jobs(),
            (statement, job) -> {
              statement.setString(1, request.status());
              statement.setBoolean(2, request.status().equals("COMPLETED"));
              statement.setString(3, job.result());
              statement.setString(4, request.error());
              statement.setString(5, request.diagnostics());
              statement.setString(6, job.workspaceId());
              statement.setObject(7, job.id());
              statement.setInt(8, job.claim() == null ? -1 : job.claim());
              statement.setBoolean(9, job.claim() == null);
            })
        .stream()
        .map(job -> new RowKey(job.workspaceId(), job.id()))
        .toList();
  }

  @Override
  public void announce(Handle handle, WakeUps.News news) {
    // No other process can be waiting.
  }

  @Override
  public boolean claimsInOneStatement() {
    return false;
  }

  @Override
  public void enqueueAtOnce(Handle handle, JobInsert job) {
    throw new UnsupportedOperationException("H2 takes more than one statement");
  }

  @Override
  public void tell(Handle handle, List<Change> changes) {
    // No other process can be waiting.
  }

  @Override
  public void writing(Consumer<Runnable> onEnd) {
    onEnd.accept(writers.enter());
  }

  @Override
  public String writersMark(Handle handle) {
    return String.valueOf(writers.mark());
  }

  @Override
  public boolean writersEnded(Handle handle, String mark) {
    return writers.endedUpTo(Long.parseLong(mark));
  }

  @Override
  public @Nullable String changeMark() {
    return null;
  }

  @Override
  public String heldLocks() {
    return """
    SELECT l.*, CURRENT_TIMESTAMP(6) AS clock, 0 AS waiting, TRUE AS connected
    FROM lock_lease l WHERE l.holder IS NOT NULL
    """;
  }

  @Override
  public void endIfIdle(Handle handle, Duration idle) {
    // The database is in this process: what stands still stands still with it.
  }

  @Override
  public StoreException translate(SQLException e, String url) {
    String line = SqlStates.line(e).replaceAll("; SQL statement:.*", "");
    if (e instanceof SQLTransientConnectionException) {
      return new StoreException.Unavailable("database " + url + ": " + line, e);
    }
    return switch (e.getErrorCode()) {
      case ErrorCode.DEADLOCK_1,
          ErrorCode.LOCK_TIMEOUT_1,
          ErrorCode.CONCURRENT_UPDATE_1,
          ErrorCode.ROW_NOT_FOUND_WHEN_DELETING_1 ->
          new StoreException.Transient(line, e);
      case ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1, ErrorCode.ADMIN_RIGHTS_REQUIRED ->
          new StoreException.Forbidden(line, e);
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new StoreException.Unavailable(
              "database "
                  + url
                  + " is open in another process. Close the other Imprimatur, or share a PostgreSQL database"
                  + " (--db jdbc:postgresql://…).",
              e);
      case ErrorCode.WRONG_USER_OR_PASSWORD ->
          new StoreException.Unavailable(
              "database "
                  + url
                  + " is a H2 file that Imprimatur did not make: its users are missing."
                  + " Name another file.",
              e);
      case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.FILE_CORRUPTED_1 ->
          new StoreException.Unavailable(
              "database " + url + " can't be read: " + line + ". Restore a backup.", e);
      case ErrorCode.DATABASE_IS_READ_ONLY,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.FILE_CREATION_FAILED_1,
          ErrorCode.FILE_RENAME_FAILED_2,
          ErrorCode.FILE_DELETE_FAILED_1,
          ErrorCode.FILE_NOT_FOUND_1 ->
          storage(url, line, e);
      case ErrorCode.DATABASE_NOT_FOUND_1, ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 ->
          new StoreException.Unavailable("database " + url + " does not exist", e);
      // H2 closes a database that it could not write to, and says why only further down.
      case ErrorCode.DATABASE_IS_CLOSED ->
          storageFailed(e, DataUtils.ERROR_WRITING_FAILED)
              ? storage(url, line, e)
              : new StoreException.Unavailable("database " + url + ": " + line, e);
      case ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.URL_RELATIVE_TO_CWD,
          ErrorCode.URL_FORMAT_ERROR_2,
          ErrorCode.UNSUPPORTED_SETTING_1 ->
          new StoreException.Unavailable("database " + url + ": " + line, e);
      default ->
          storageFailed(
                  e,
                  DataUtils.ERROR_WRITING_FAILED,
                  DataUtils.ERROR_READING_FAILED,
                  DataUtils.ERROR_CLOSED)
              ? storage(url, line, e)
              : byState(e, line);
    };
  }

  /// A full disk reaches us as a general error of the storage beneath the tables.
  private static boolean storageFailed(SQLException e, int... codes) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException storage
          && IntStream.of(codes).anyMatch(code -> code == storage.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  private static StoreException storage(String url, String line, SQLException e) {
    return new StoreException.Unavailable(
        "database "
            + url
            + " can't be read or written: "
            + line
            + ". Check the folder's permissions and free space.",
        e);
  }

  private static StoreException byState(SQLException e, String line) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals(Layouts.OUTDATED)) {
      return new StoreException.Transient(line, e);
    }
    if (state.equals("42501")) {
      return new StoreException.Forbidden(line, e);
    }
    if (state.startsWith("23")) {
      Matcher m = CONSTRAINT.matcher(line);
      return new StoreException.Violated(
          m.find() ? m.group(1).toLowerCase(Locale.ROOT) : "", line, e);
    }
    return new StoreException.Unexpected(line, e);
  }
}
