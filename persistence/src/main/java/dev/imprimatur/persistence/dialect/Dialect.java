package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What really differs between the databases.
public interface Dialect {
  /// What Flyway's placeholder `${stored}` stands for after a generated column.
  String generatedStored();

  /// The name of the folder of its own migrations.
  String migrationFolder();

  /// Reads the database's clock as it is now, not as it was when the transaction began.
  String clock();

  /// The same as an expression, so many microseconds later.
  ///
  /// @param micros an expression: a whole number
  String later(String micros);

  /// Ends a SELECT that locks the rows it returns against other writers.
  String lockRow();

  /// Who acts on this connection.
  Actor actor(Handle handle);

  /// A query that says whether who is signed in may do what is for administrators.
  String mayAdminister();

  /// Whether who is signed in on this connection may act as automation.
  boolean mayWork(Connection connection) throws SQLException;

  /// The columns of a job that open and ended ones have.
  String JOB =
      "workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts, actor_id,"
          + " client_request_id, retry_of, enqueued_at, started_at, locked_by, heartbeat_at, progress_at, progress,"
          + " progress_text, cancel_requested, last_error";

  /// The columns of an open job, as an ended one would have them.
  String OPEN_JOB =
      JOB
          + ", CAST(NULL AS timestamp(6) with time zone) AS finished_at, CAST(NULL AS json_document) AS result";

  /// Marks due jobs as claimed by a worker, raising their attempts, and passes over what others
  /// hold.
  ///
  /// @param row reads [#OPEN_JOB]
  /// @param onEnd takes what must be done when the transaction has ended
  /// @return the jobs as they are now, in no particular order
  <T> List<T> claim(Handle handle, ClaimRequest request, Reader<T> row, Consumer<Runnable> onEnd);

  /// Reads the row a result set stands on.
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// What to claim.
  ///
  /// @param from in which layout
  /// @param behind where to begin, if the database can; null for the beginning
  record ClaimRequest(
      JobSource from,
      String workerId,
      Collection<String> kinds,
      Collection<String> workspaces,
      int limit,
      @Nullable Place behind) {}

  /// Where open jobs stand.
  enum JobSource {
    /// The new layout.
    NEW("job", ""),
    /// What stands in the old layout alone.
    OLD("legacy_job", " AND NOT copied");

    private final String table;
    private final String only;

    JobSource(String table, String only) {
      this.table = table;
      this.only = only;
    }

    public String table() {
      return table;
    }

    /// Ends a condition on its rows.
    public String only() {
      return only;
    }
  }

  /// A place in the order of claims.
  record Place(int priority, Instant runAt, long sequence) {}

  /// Which layout of the queue is in force.
  Layouts layouts();

  /// Moves open jobs of the new layout into the history, in one round trip.
  ///
  /// @return those that were as they were said to be; the others are left alone
  List<RowKey> end(Handle handle, EndRequest request);

  /// The same for running jobs, each in a transaction of its own. Outside of a transaction only.
  ///
  /// @return empty if this database can't do that in one round trip; nothing was done then
  default Optional<List<RowKey>> endEach(Handle handle, EndRequest request) {
    return Optional.empty();
  }

  /// An open job that is to end.
  ///
  /// @param claim the attempt in force of a running job; null for a pending one
  /// @param result JSON, or null
  record OpenJob(String workspaceId, UUID id, @Nullable Integer claim, @Nullable String result) {}

  /// What to end, and as what.
  ///
  /// @param status COMPLETED, FAILED or CANCELLED
  /// @param error why, or null to keep the last one
  /// @param diagnostics JSON, or null
  record EndRequest(
      List<OpenJob> jobs, String status, @Nullable String error, @Nullable String diagnostics) {}

  /// A job's key.
  record RowKey(String workspaceId, UUID id) {}

  /// Tells other processes, with the commit, that there is something new. A hint.
  void announce(Handle handle, WakeUps.News news);

  /// Whether claiming jobs, and enqueuing one, is one statement.
  boolean claimsInOneStatement();

  /// Inserts a job without a client's key and announces it, in one statement.
  void enqueueAtOnce(Handle handle, JobInsert job);

  /// A job to insert.
  ///
  /// @param payload JSON
  /// @param delayMicros how long until it is due
  record JobInsert(
      String workspaceId,
      UUID id,
      String kind,
      String payload,
      int priority,
      long delayMicros,
      int maxAttempts,
      String actorId,
      @Nullable String retryOf) {}

  /// Tells other processes, with the commit, what has changed. A hint.
  void tell(Handle handle, List<Change> changes);

  /// Notes that a transaction is about to write an event.
  ///
  /// @param onEnd takes what must be done when the transaction has ended
  void writing(java.util.function.Consumer<Runnable> onEnd);

  /// Marks this moment.
  String writersMark(Handle handle);

  /// Whether every transaction that was writing at the mark has ended.
  boolean writersEnded(Handle handle, String mark);

  /// A query for a text that differs whenever a transaction has ended since, or null where this
  /// process sees every commit itself.
  @Nullable String changeMark();

  /// A query for the locks that are held, with who waits for them and whether their holders are
  /// there; ends in a condition to which more can be added.
  String heldLocks();

  /// Lets the server end this transaction if it stands still for so long.
  void endIfIdle(Handle handle, Duration idle);

  /// The engine's word for what the database says no with.
  StoreException translate(SQLException e, String url);
}
