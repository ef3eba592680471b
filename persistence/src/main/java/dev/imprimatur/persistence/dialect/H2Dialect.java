package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// H2, embedded: one process has the file open.
public final class H2Dialect implements Dialect {
  private static final Pattern CONSTRAINT =
      Pattern.compile("\"(?:[\\w$]+\\.)?([\\w$]+?)(?:_index_\\w+)?(?: [^\"]*)?\"");

  private final Actor person;

  /// Claims are made one at a time: H2's SKIP LOCKED would lock every matching row, and the queue
  /// is this process's alone. The guarded update is what keeps two claimers apart; the mutex keeps
  /// them from waiting for each other's rows.
  private final ReentrantLock claiming = new ReentrantLock();

  /// @param person who signs where automation does not
  public H2Dialect(String person) {
    this.person = new Actor(Actor.Kind.HUMAN, person);
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
  public boolean mayWork(Connection connection) {
    return true;
  }

  @Override
  public <T> List<T> claim(
      Handle handle, ClaimRequest request, RowMapper<T> row, Consumer<Runnable> onEnd) {
    claiming.lock();
    onEnd.accept(claiming::unlock);
    List<OpenJob> due =
        handle
            .createQuery(
                """
                SELECT workspace_id, id FROM job
                WHERE status = 'PENDING' AND run_at <= CURRENT_TIMESTAMP(6) AND kind = ANY (:kinds)
                  AND (:all_workspaces OR workspace_id = ANY (:workspaces))
                ORDER BY status, priority DESC, run_at, seq
                LIMIT :limit
                """)
            .bindArray("kinds", String.class, request.kinds().toArray())
            .bindArray("workspaces", String.class, request.workspaces().toArray())
            .bind("all_workspaces", request.workspaces().isEmpty())
            .bind("limit", request.limit())
            .map((rs, ctx) -> new OpenJob(rs.getString(1), rs.getObject(2, UUID.class), null, null))
            .list();
    if (due.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE job
            SET status = 'RUNNING', attempts = attempts + 1, locked_by = :worker, started_at = CURRENT_TIMESTAMP(6),
                heartbeat_at = CURRENT_TIMESTAMP(6), progress_at = CURRENT_TIMESTAMP(6), progress = 0,
                progress_text = NULL, cancel_requested = false
            WHERE workspace_id = :workspace AND id = :id AND status = 'PENDING'
            """);
    for (OpenJob job : due) {
      batch
          .bind("worker", request.workerId())
          .bind("workspace", job.workspaceId())
          .bind("id", job.id())
          .add();
    }
    List<OpenJob> claimed = counted(due, batch);
    // A join with the keys, because H2 would read the whole table for id = ANY (:ids).
    return claimed.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                "SELECT "
                    + OPEN_JOB
                    + """
                     FROM UNNEST(CAST(:workspaces AS varchar ARRAY), CAST(:ids AS uuid ARRAY)) AS claimed (w, i)
                     JOIN job ON job.workspace_id = claimed.w AND job.id = claimed.i
                    """)
            .bindArray(
                "workspaces", String.class, claimed.stream().map(OpenJob::workspaceId).toArray())
            .bindArray("ids", UUID.class, claimed.stream().map(OpenJob::id).toArray())
            .map(row)
            .list();
  }

  @Override
  public List<EndedKey> end(Handle handle, EndRequest request) {
    // One statement per job, which takes the row and writes it: nothing comes between.
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
              max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by,
              heartbeat_at, progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics)
            SELECT workspace_id, id, seq, kind, payload, CAST(:status AS varchar), priority, run_at, attempts, handed_back,
              max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, CURRENT_TIMESTAMP(6), locked_by,
              heartbeat_at, progress_at, CASE WHEN :completed THEN 1 ELSE progress END, progress_text, cancel_requested,
              CAST(:result AS varchar), coalesce(CAST(:error AS varchar), last_error), CAST(:diagnostics AS varchar)
            FROM OLD TABLE (
              DELETE FROM job WHERE workspace_id = :workspace AND id = :id
                AND ((status = 'RUNNING' AND attempts = :claim) OR (status = 'PENDING' AND :pending)))
            """);
    for (OpenJob job : request.jobs()) {
      batch
          .bind("workspace", job.workspaceId())
          .bind("id", job.id())
          .bind("claim", job.claim() == null ? -1 : job.claim())
          .bind("pending", job.claim() == null)
          .bind("completed", request.status().equals("COMPLETED"))
          .bind("status", request.status())
          .bind("result", job.result())
          .bind("error", request.error())
          .bind("diagnostics", request.diagnostics())
          .add();
    }
    return counted(request.jobs(), batch).stream()
        .map(job -> new EndedKey(job.workspaceId(), job.id()))
        .toList();
  }

  /// Those whose statement of the batch touched a row.
  private static List<OpenJob> counted(List<OpenJob> jobs, PreparedBatch batch) {
    int[] counts = batch.execute();
    List<OpenJob> touched = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        touched.add(jobs.get(i));
      }
    }
    return touched;
  }

  @Override
  public void announce(Handle handle) {
    // No other process can be waiting.
  }

  @Override
  public @Nullable String changeMark() {
    return null;
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
      case ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.URL_RELATIVE_TO_CWD,
          ErrorCode.URL_FORMAT_ERROR_2,
          ErrorCode.UNSUPPORTED_SETTING_1 ->
          new StoreException.Unavailable("database " + url + ": " + line, e);
      default -> ofStorage(e) ? storage(url, line, e) : byState(e, line);
    };
  }

  /// A full disk reaches us as a general error of the storage beneath the tables.
  private static boolean ofStorage(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException storage
          && (storage.getErrorCode() == DataUtils.ERROR_WRITING_FAILED
              || storage.getErrorCode() == DataUtils.ERROR_READING_FAILED
              || storage.getErrorCode() == DataUtils.ERROR_CLOSED)) {
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
