package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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

  /// Ends a SELECT that locks the rows it returns against other writers.
  String lockRow();

  /// Who acts on this connection.
  Actor actor(Handle handle);

  /// Whether who is signed in on this connection may act as automation.
  boolean mayWork(Connection connection) throws SQLException;

  /// Marks due jobs as claimed by a worker, raising their attempts, and passes over what others
  /// hold.
  ///
  /// @param onEnd takes what must be done when the transaction has ended
  /// @return `job` rows' keys, in no particular order
  List<ClaimedKey> claim(
      Handle handle, ClaimRequest request, java.util.function.Consumer<Runnable> onEnd);

  /// What to claim.
  record ClaimRequest(
      String workerId, Collection<String> kinds, Collection<String> workspaces, int limit) {}

  /// A job's key.
  record ClaimedKey(String workspaceId, String id) {}

  /// Tells other processes, with the commit, that there is something new. A hint.
  void announce(Handle handle);

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

  /// The engine's word for what the database says no with.
  StoreException translate(SQLException e, String url);
}
