package dev.imprimatur.persistence;

import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.persistence.dialect.ChangeNotes;
import dev.imprimatur.persistence.dialect.PostgresDialect;
import dev.imprimatur.persistence.dialect.WorkNotes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears, on a connection of its own, what other processes have changed and, once that is asked
/// for, that they have committed work: a process that only enqueues would be woken by every job,
/// and take the processor from those who fetch it. When the connection is lost it is opened again;
/// meanwhile polling finds the work.
///
/// Two threads take turns once work is heard: while one sees to what it heard, the other hears on.
final class PostgresListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);

  private final DataSource source;
  private final WorkNotes notes;
  private final BiConsumer<WakeUps.News, BooleanSupplier> heard;
  private final Consumer<Change> changed;
  private final Runnable missed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;
  private volatile boolean ofWork;

  /// What the connection was told of `ofWork`.
  private volatile boolean hearsWork;

  /// Held by the thread that hears.
  private final Semaphore turn = new Semaphore(1);

  /// @param heard there may be new work, or none; the thread that calls may stay away if it is let
  ///   go
  /// @param changed something was changed
  /// @param missed changes may have gone unheard
  PostgresListener(
      DataSource source,
      WorkNotes notes,
      BiConsumer<WakeUps.News, BooleanSupplier> heard,
      Consumer<Change> changed,
      Runnable missed) {
    this.source = source;
    this.notes = notes;
    this.heard = heard;
    this.changed = changed;
    this.missed = missed;
  }

  void start() {
    thread("postgres-listener");
  }

  private void thread(String name) {
    Thread.ofPlatform()
        .name(name)
        .daemon(true)
        .start(() -> {
          while (isOpen()) {
            turn.acquireUninterruptibly();
            new Turn().hearOn();
          }
        });
  }

  /// Hears of work too from now on.
  void hearOfWork() {
    if (!ofWork) {
      ofWork = true;
      abort();
      thread("postgres-listener-2");
    }
  }

  /// One thread's turn at hearing, until it lets go to see to what it heard.
  private final class Turn {
    private boolean held = true;

    void hearOn() {
      try {
        while (held && isOpen()) {
          hearOnce();
        }
      } catch (RuntimeException | Error e) {
        LOG.error("what was heard could not be seen to; hearing goes on", e);
        if (held) {
          // What else had arrived is lost; who opens it anew tells everybody to look.
          disconnect();
          pause();
        }
      } finally {
        if (held) {
          if (!isOpen()) {
            // It may have been opened while it was being closed.
            disconnect();
          }
          turn.release();
        }
      }
    }

    private void hearOnce() {
      try {
        Connection open = connection;
        if (open == null) {
          open = connect();
        }
        // After the connection is there for all to see: who closes this ends its wait.
        PGNotification[] arrived =
            isOpen() ? open.unwrap(PGConnection.class).getNotifications(10_000) : null;
        if (arrived != null) {
          hear(arrived, this::letGo);
        }
      } catch (SQLException e) {
        disconnect();
        if (isOpen() && hearsWork == ofWork) {
          LOG.warn("notifications are not heard for now, polling goes on: {}", e.getMessage());
          pause();
        }
      }
    }

    private boolean letGo() {
      if (held && turn.hasQueuedThreads()) {
        held = false;
        turn.release();
      }
      return !held;
    }
  }

  private Connection connect() throws SQLException {
    hearsWork = ofWork;
    Connection open = source.getConnection();
    connection = open;
    // Asked for only now, or before: who asks after this ends this connection's wait.
    hearsWork = ofWork;
    try (Statement statement = open.createStatement()) {
      if (hearsWork) {
        statement.execute("LISTEN " + PostgresDialect.CHANNEL);
      }
      statement.execute("LISTEN " + PostgresDialect.CHANGES);
    }
    // What was committed before LISTEN took hold was not heard.
    heard.accept(WakeUps.News.ANY, () -> false);
    missed.run();
    return open;
  }

  private void disconnect() {
    try (Connection lost = connection) {
      connection = null;
    } catch (SQLException e) {
      LOG.debug("closing a connection that heard no more: {}", e.getMessage());
    }
  }

  private void hear(PGNotification[] arrived, BooleanSupplier letGo) {
    WakeUps.News work = WakeUps.News.NONE;
    for (PGNotification note : arrived) {
      if (note.getName().equals(PostgresDialect.CHANGES)) {
        ChangeNotes.read(note.getParameter()).ifPresent(changed);
      } else {
        WakeUps.News news = notes.read(note.getParameter());
        work = work.compareTo(news) < 0 ? news : work;
      }
    }
    heard.accept(work, letGo);
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause() {
    try {
      closed.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    abort();
  }

  private void abort() {
    Connection open = connection;
    if (open != null) {
      try {
        // Ends the wait for notifications.
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("ending a wait for notifications: {}", e.getMessage());
      }
    }
  }
}
