package dev.imprimatur.persistence.lease;

import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.Leases;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// On H2 the lease row is the lock: whoever writes himself into it under its row lock has it. No
/// other process can have the database open, so who lets go wakes who waits.
public final class H2Leases implements Leases {
  private static final Logger LOG = LoggerFactory.getLogger(H2Leases.class);

  /// A lease that runs out wakes nobody.
  private static final long LOOK_MILLIS = 100;

  /// What an attempt found.
  ///
  /// @param token 0 if another has it
  /// @param leftMillis how long the other's lease still runs
  private record Attempt(long token, long leftMillis) {}

  private final Jdbi jdbi;
  private final Dialect dialect;
  private final String url;
  private final Runnable afterWrite;
  private final WakeUps letGo = new WakeUps();

  /// @param url for messages
  /// @param afterWrite runs after each change
  public H2Leases(Jdbi jdbi, Dialect dialect, String url, Runnable afterWrite) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    this.url = url;
    this.afterWrite = afterWrite;
  }

  @Override
  public Taking take(Wanted wanted, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    boolean contended = false;
    boolean interrupted = false;
    try {
      while (true) {
        long seen = letGo.count();
        Attempt attempt = attempt(wanted);
        if (attempt.token() != 0) {
          return new Taking.Taken(new RowHold(wanted.name().text(), attempt.token()), contended);
        }
        contended = true;
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return new Taking.Busy();
        }
        try {
          letGo.await(
              seen, Math.max(1, Math.min(Math.min(left, LOOK_MILLIS), attempt.leftMillis() + 1)));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Attempt attempt(Wanted wanted) {
    try {
      return inTransaction(handle -> attempt(handle, wanted));
    } catch (StoreException.Transient e) {
      // The row is locked by work that the lock protects; it ends soon, or the wait does.
      return new Attempt(0, LOOK_MILLIS);
    }
  }

  private Attempt attempt(Handle handle, Wanted wanted) {
    String name = wanted.name().text();
    Attempt found = look(handle, name);
    if (found == null) {
      handle
          .createUpdate(
              """
              INSERT INTO lock_lease (name, lock_type, epoch, changed_at)
              VALUES (:name, :type, 0, CURRENT_TIMESTAMP(6)) ON CONFLICT DO NOTHING
              """)
          .bind("name", name)
          .bind("type", wanted.name().type())
          .execute();
      found = look(handle, name);
    }
    if (found == null || found.leftMillis() > 0) {
      return found == null ? new Attempt(0, 1) : found;
    }
    long token = handle.createQuery("SELECT NEXT VALUE FOR lock_token").mapTo(Long.class).one();
    handle
        .createUpdate(
            """
            UPDATE lock_lease
            SET token = :token, holder = :holder, process = :process, acquired_at = CURRENT_TIMESTAMP(6),
                expires_at = DATEADD(MILLISECOND, :millis, CURRENT_TIMESTAMP(6)), changed_at = CURRENT_TIMESTAMP(6)
            WHERE name = :name
            """)
        .bind("token", token)
        .bind("holder", dialect.actor(handle).id())
        .bind("process", wanted.process())
        .bind("millis", wanted.lease().toMillis())
        .bind("name", name)
        .execute();
    return new Attempt(token, 0);
  }

  private static @Nullable Attempt look(Handle handle, String name) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN holder IS NULL OR expires_at <= CURRENT_TIMESTAMP(6) THEN 0
                        ELSE GREATEST(1, DATEDIFF(MILLISECOND, CURRENT_TIMESTAMP(6), expires_at)) END
            FROM lock_lease WHERE name = :name FOR UPDATE
            """)
        .bind("name", name)
        .map((rs, ctx) -> new Attempt(0, rs.getLong(1)))
        .findOne()
        .orElse(null);
  }

  private <T> T inTransaction(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      // Not Jdbi's own: with a pool that never commits by itself it takes every handle for one that
      // is in a transaction already, and leaves the commit to others.
      handle.begin();
      T result = work.apply(handle);
      handle.commit();
      afterWrite.run();
      return result;
    } catch (JdbiException e) {
      SQLException sql = SqlStates.find(e);
      throw sql == null ? e : dialect.translate(sql, url);
    }
  }

  private final class RowHold implements Hold {
    private final String name;
    private final long token;

    RowHold(String name, long token) {
      this.name = name;
      this.token = token;
    }

    @Override
    public long token() {
      return token;
    }

    @Override
    public void close() {
      try {
        int freed = inTransaction(handle -> free(handle));
        if (freed == 0) {
          LOG.warn("lock {} was held beyond its lease, and another took it over", name);
        }
      } catch (RuntimeException e) {
        LOG.warn("lock {} is not let go before its lease ends: {}", name, e.getMessage());
      }
      letGo.ring();
    }

    private int free(Handle handle) {
      return handle
          .createUpdate(
              """
              UPDATE lock_lease
              SET holder = NULL, process = NULL, acquired_at = NULL, expires_at = NULL, changed_at = CURRENT_TIMESTAMP(6)
              WHERE name = :name AND token = :token AND holder IS NOT NULL
              """)
          .bind("name", name)
          .bind("token", token)
          .execute();
    }
  }
}
