package dev.imprimatur.persistence.lease;

import com.zaxxer.hikari.HikariDataSource;
import dev.imprimatur.engine.store.Leases;
import dev.imprimatur.persistence.dialect.Dialect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// On PostgreSQL the lease row says who has a lock; a session advisory lock, held on a connection
/// of its own for as long as the lock is, is where others wait in line, and what tells them that
/// the holder is gone. See ADR 18.
public final class PostgresLeases implements Leases, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLeases.class);

  /// How long to stand in line behind a session that should not be there: one whose lock's number
  /// is the same, or that hangs between two statements.
  private static final long FREE_MILLIS = 1_000;

  /// An answer that takes longer is taken for a lost connection.
  private static final long LONGEST_MILLIS = 60_000;

  private final HikariDataSource connections;
  private final Dialect dialect;
  private final String url;
  private final int most;
  private final Semaphore permits;

  /// @param connections of which each holds a lock
  /// @param url for messages
  /// @param most how many there are
  public PostgresLeases(HikariDataSource connections, Dialect dialect, String url, int most) {
    this.connections = connections;
    this.dialect = dialect;
    this.url = url;
    this.most = most;
    this.permits = new Semaphore(most, true);
  }

  @Override
  public Taking take(Wanted wanted, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    if (!permit(wait)) {
      return new Taking.Full(most);
    }
    LeaseSession session = null;
    boolean taken = false;
    try {
      session = new LeaseSession(connections, wanted);
      Taking taking = take(session, deadline);
      taken = taking instanceof Taking.Taken;
      return taking;
    } catch (SQLException e) {
      throw dialect.translate(e, url);
    } finally {
      if (!taken) {
        if (session != null) {
          session.close();
        }
        permits.release();
      }
    }
  }

  private Taking take(LeaseSession session, long deadline) throws SQLException {
    boolean contended = false;
    while (true) {
      LeaseSession.Look look = session.look(left(deadline));
      if (look.granted() || waitInLine(session, look, deadline)) {
        if (!look.granted()) {
          // Somebody held it before us.
          contended = true;
          session.patience(left(deadline));
        }
        OptionalLong token = session.claim();
        if (token.isPresent()) {
          return new Taking.Taken(new SessionHold(session, token.getAsLong()), contended);
        }
        // The line has moved to another number, or the row is locked by work of a holder that is
        // gone.
        session.leaveLine();
      } else {
        OptionalLong token = session.takeOver(left(deadline));
        if (token.isPresent()) {
          return new Taking.Taken(new SessionHold(session, token.getAsLong()), true);
        }
      }
      contended = true;
      if (deadline - System.nanoTime() <= 0) {
        return new Taking.Busy();
      }
    }
  }

  private static boolean waitInLine(LeaseSession session, LeaseSession.Look look, long deadline)
      throws SQLException {
    long patience = look.held() ? Math.max(1, look.leftMillis() + 1) : FREE_MILLIS;
    long millis = Math.min(Math.min(patience, left(deadline)), LONGEST_MILLIS);
    return deadline - System.nanoTime() > 0 && session.waitInLine(millis);
  }

  // A lock timeout of 0 would mean none.
  private static long left(long deadline) {
    return Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
  }

  private boolean permit(Duration wait) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + wait.toNanos();
    try {
      while (true) {
        try {
          return permits.tryAcquire(
              Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
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

  @Override
  public void close() {
    connections.close();
  }

  private final class SessionHold implements Hold {
    private final LeaseSession session;
    private final long token;

    SessionHold(LeaseSession session, long token) {
      this.session = session;
      this.token = token;
    }

    @Override
    public long token() {
      return token;
    }

    @Override
    public void close() {
      try {
        if (!session.release(token)) {
          LOG.warn("lock {} was held beyond its lease, and another took it over", session.name());
        }
      } catch (SQLException e) {
        // The server frees it with the connection.
        LOG.warn("the connection that held lock {} was lost: {}", session.name(), e.getMessage());
      } finally {
        session.close();
        permits.release();
      }
    }
  }
}
