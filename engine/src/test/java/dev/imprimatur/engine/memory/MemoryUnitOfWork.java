package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Transactions over memory, repeated as those over JDBC are.
final class MemoryUnitOfWork implements UnitOfWork {
  private static final int REPEATS = 20;

  private final MemoryDatabase database;
  private final Actor actor;
  private final Waiting waiting;

  MemoryUnitOfWork(MemoryDatabase database, Actor actor, Waiting waiting) {
    this.database = database;
    this.actor = actor;
    this.waiting = waiting;
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (StoreException.Transient e) {
        if (attempt == REPEATS) {
          throw e;
        }
      }
    }
  }

  private <T extends @Nullable Object> T once(Work<T> work) {
    waiting.pause(Waiting.Place.BEGIN);
    var tx = new MemoryTransaction(database, actor, waiting);
    T result;
    try {
      result = work.run(tx);
      waiting.pause(Waiting.Place.COMMIT);
      tx.end(true);
    } finally {
      tx.end(false);
    }
    waiting.pause(Waiting.Place.COMMITTED);
    tx.committed();
    return result;
  }
}
