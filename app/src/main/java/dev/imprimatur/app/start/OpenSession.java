package dev.imprimatur.app.start;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.WorkerNames;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.persistence.DatabaseConfig;
import dev.imprimatur.persistence.DatabaseFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session with a worker that serves the queue, and a sweeper, for as long as it is open.
final class OpenSession implements AutoCloseable {
  private final Session session;
  private final @Nullable Worker worker;
  private final @Nullable Sweeper sweeper;
  private final @Nullable String server;
  private final String me;
  private final List<String> roles;
  private boolean closed;

  private OpenSession(
      Session session,
      @Nullable Worker worker,
      @Nullable Sweeper sweeper,
      @Nullable String server,
      String me,
      List<String> roles) {
    this.session = session;
    this.worker = worker;
    this.sweeper = sweeper;
    this.server = server;
    this.me = me;
    this.roles = roles;
  }

  /// Starts worker and sweeper, where whoever is signed in may have one.
  static OpenSession start(
      Session session, DatabaseConfig config, Map<String, String> environment) {
    DatabaseFacts facts = session.database().facts();
    boolean local = session.database().exclusive();
    Engine engine = session.engine();
    Worker worker = null;
    Sweeper sweeper = null;
    if (session.database().mayWork()) {
      String name = WorkerNames.next(environment);
      sweeper = engine.sweeper(name);
      // Stale jobs are looked for by the sweep, once for all who work here.
      worker = engine.worker(engine.workerOptions(name).withStaleCheckInterval(Duration.ZERO));
      sweeper.start();
      worker.start();
    }
    return new OpenSession(
        session,
        worker,
        sweeper,
        local ? null : config.safeUrl(),
        facts.actor().id(),
        local ? List.of("reviewer") : roles(facts.roles()));
  }

  private static List<String> roles(List<String> inDatabase) {
    return inDatabase.stream().map(r -> r.replaceFirst("^imprimatur_", "")).toList();
  }

  /// The database for people; null for a local one.
  @Nullable String server() {
    return server;
  }

  /// Under which id decisions are recorded.
  String me() {
    return me;
  }

  List<String> roles() {
    return roles;
  }

  /// Ends worker and sweeper, which give what runs the grace that is set, then the database. A
  /// second call waits for the first and does nothing.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (session) {
        // Both have the same grace, at the same time.
        if (sweeper != null) {
          sweeper.requestStop();
        }
        if (worker != null) {
          worker.close();
        }
        if (sweeper != null) {
          sweeper.close();
        }
      }
    }
  }
}
