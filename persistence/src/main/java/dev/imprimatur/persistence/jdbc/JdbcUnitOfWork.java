package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.SqlStates;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transactions over a pool of connections.
public final class JdbcUnitOfWork implements UnitOfWork {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcUnitOfWork.class);
  private static final int REPEATS = 20;

  private final Jdbi jdbi;
  private final Dialect dialect;
  private final String url;
  private final Consumer<WakeUps.News> afterWork;
  private final Runnable afterWrite;
  private final Inside inside;
  private final AtomicReference<@Nullable String> signature = new AtomicReference<>();
  private final Consumer<List<Change>> afterChange;

  /// @param url for messages, without a password
  /// @param afterWork runs after a commit that left work for others of this process
  /// @param afterWrite runs after a commit that may have changed something
  /// @param inside told which threads are inside a transaction
  /// @param afterChange is told, after the commit, what the audit has of it
  public JdbcUnitOfWork(
      Jdbi jdbi,
      Dialect dialect,
      String url,
      Consumer<WakeUps.News> afterWork,
      Runnable afterWrite,
      Consumer<List<Change>> afterChange,
      Inside inside) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    this.url = url;
    this.afterWork = afterWork;
    this.afterWrite = afterWrite;
    this.inside = inside;
    this.afterChange = afterChange;
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(Work<T> work) {
    return repeated(work, false);
  }

  @Override
  public <T extends @Nullable Object> T inOneStatement(Work<T> work) {
    return repeated(work, true);
  }

  @Override
  public <T extends @Nullable Object> T reading(Work<T> work) {
    return inTransaction(tx -> {
      ((JdbcTransaction) tx).onlyRead();
      return work.run(tx);
    });
  }

  @Override
  public <T extends @Nullable Object> T atOnce(Work<T> work) {
    return repeated(work, dialect.claimsInOneStatement());
  }

  private <T extends @Nullable Object> T repeated(Work<T> work, boolean inOneStatement) {
    if (inside.here()) {
      // It would wait for a second connection while its first is held: as many of them at once as
      // the pool has connections, and none ever gets on.
      throw new IllegalStateException("a transaction was begun within a transaction");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        // What had to be repeated may take more than one statement by now.
        return once(work, inOneStatement && attempt == 1 && dialect.layouts().singleWrites());
      } catch (StoreException.Transient e) {
        if (attempt == REPEATS) {
          throw e;
        }
        LOG.debug("tried again ({}): {}", attempt, e.getMessage());
        // Those that got in each other's way come back at different times.
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(1_000_000L, 5_000_000L * attempt));
      }
    }
  }

  private <T extends @Nullable Object> T once(Work<T> work, boolean oneStatement) {
    JdbcTransaction tx;
    @Nullable JdbcTransaction begun = null;
    T result;
    try (Handle handle = jdbi.open()) {
      if (oneStatement) {
        commitEach(handle);
      } else {
        handle.begin();
      }
      tx = new JdbcTransaction(handle, dialect, oneStatement ? 1 : Integer.MAX_VALUE, signature);
      begun = tx;
      inside.enter();
      try {
        result = work.run(tx);
        if (!oneStatement) {
          if (tx.leaves() != WakeUps.News.NONE) {
            dialect.announce(handle, tx.leaves());
          }
          dialect.tell(handle, tx.changes());
          handle.commit();
        }
      } catch (Throwable t) {
        if (!oneStatement) {
          rollback(handle, t);
        }
        throw t;
      } finally {
        inside.leave();
        tx.ended();
      }
    } catch (JdbiException e) {
      SQLException sql = SqlStates.find(e);
      RuntimeException why = sql == null ? e : dialect.translate(sql, url);
      if (!(why instanceof StoreException.Transient)) {
        tellOf(begun, false);
      }
      throw why;
    }
    tellOf(tx, true);
    if (tx.writes()) {
      afterWrite.run();
    }
    if (!tx.changes().isEmpty()) {
      afterChange.accept(tx.changes());
    }
    tx.committed();
    if (tx.leaves() != WakeUps.News.NONE) {
      afterWork.accept(tx.leaves());
    }
    return result;
  }

  private void tellOf(@Nullable JdbcTransaction tx, boolean succeeded) {
    if (tx != null) {
      tx.writtenTwice().forEach(w -> dialect.layouts().listener().ended(w, succeeded));
    }
  }

  /// Asks for one text, in a transaction of its own.
  public String ask(String query) {
    return once(
        tx -> ((JdbcTransaction) tx).handle().createQuery(query).mapTo(String.class).one(), true);
  }

  /// The pool sets it back.
  private static void commitEach(Handle handle) {
    try {
      handle.getConnection().setAutoCommit(true);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  private static void rollback(Handle handle, Throwable because) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      because.addSuppressed(e);
    }
  }
}
