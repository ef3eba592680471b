package dev.imprimatur.engine.store;

import dev.imprimatur.engine.change.ChangeListener;
import dev.imprimatur.engine.queue.WakeUps;

/// An open database, as the engine uses it.
public interface DatabaseAccess {
  /// Transactions of whoever is signed in.
  UnitOfWork people();

  /// Transactions of automation: on connections that may do less, whoever is signed in.
  UnitOfWork automation();

  /// Automation's heartbeats, on a connection that nothing else uses.
  UnitOfWork heartbeats();

  /// Locks that reach as far as the database does.
  Leases leases();

  /// Whether this thread is inside a transaction of this database.
  boolean inTransaction();

  /// Whether no other process can have the database open, so that a running job nobody here runs
  /// has lost its worker.
  boolean exclusive();

  /// Whether whoever is signed in may run automation. If not, [#automation] and [#heartbeats] are
  /// refused by the database.
  boolean mayWork();

  /// Differs from what it was before if anything has been committed since, by whichever process;
  /// may differ though nothing has. Cheap enough to be asked several times a second.
  String changeMark();

  /// Hands out the ticks of sweeps, to one process each; not yet started.
  TickSource ticks(Ticks ticks, TickSource.Rhythm rhythm);

  /// Rings the bell when work is committed, from when somebody first waits for it also when another
  /// process does so; until the database is closed.
  void connect(WakeUps wakeUps);

  /// Tells of every change, by whichever process, after its commit.
  ///
  /// @return ends it
  Runnable watch(ChangeListener listener);

  /// Tells of writes that go to both layouts of the queue, from now on.
  default void listen(DualWriteListener listener) {}
}
