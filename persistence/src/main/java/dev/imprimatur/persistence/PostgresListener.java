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
import java.util.concurrent.TimeUnit;
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
final class PostgresListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);

  private final DataSource source;
  private final WorkNotes notes;
  private final Consumer<WakeUps.News> heard;
  private final Consumer<Change> changed;
  private final Runnable missed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;
  private volatile boolean ofWork;

  /// @param heard there may be new work, or none
  /// @param changed something was changed
  /// @param missed changes may have gone unheard
  PostgresListener(
      DataSource source,
      WorkNotes notes,
      Consumer<WakeUps.News> heard,
      Consumer<Change> changed,
      Runnable missed) {
    this.source = source;
    this.notes = notes;
    this.heard = heard;
    this.changed = changed;
    this.missed = missed;
  }

  void start() {
    Thread.ofPlatform().name("postgres-listener").daemon(true).start(this::listen);
  }

  /// Hears of work too from now on.
  void hearOfWork() {
    if (!ofWork) {
      ofWork = true;
      abort();
    }
  }

  private void listen() {
    while (closed.getCount() > 0) {
      boolean heardOfWork = ofWork;
      try (Connection open = source.getConnection();
          Statement statement = open.createStatement()) {
        connection = open;
        // Asked for only now, or before: who asks after this ends this connection's wait.
        heardOfWork = ofWork;
        if (heardOfWork) {
          statement.execute("LISTEN " + PostgresDialect.CHANNEL);
        }
        statement.execute("LISTEN " + PostgresDialect.CHANGES);
        // What was committed before LISTEN took hold was not heard.
        heard.accept(WakeUps.News.ANY);
        missed.run();
        PGConnection postgres = open.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
          PGNotification[] arrived = postgres.getNotifications(10_000);
          if (arrived != null) {
            hear(arrived);
          }
        }
      } catch (SQLException e) {
        if (closed.getCount() > 0 && heardOfWork == ofWork) {
          LOG.warn("notifications are not heard for now, polling goes on: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void hear(PGNotification[] arrived) {
    WakeUps.News work = WakeUps.News.NONE;
    for (PGNotification note : arrived) {
      if (note.getName().equals(PostgresDialect.CHANGES)) {
        ChangeNotes.read(note.getParameter()).ifPresent(changed);
      } else {
        WakeUps.News news = notes.read(note.getParameter());
        work = work.compareTo(news) < 0 ? news : work;
      }
    }
    heard.accept(work);
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
