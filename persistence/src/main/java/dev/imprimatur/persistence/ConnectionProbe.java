package dev.imprimatur.persistence;

import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.engine.store.ConnectionReport.Blocked;
import dev.imprimatur.engine.store.ConnectionReport.Where;
import dev.imprimatur.engine.store.Obstacle;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.PostgresObstacles;
import dev.imprimatur.persistence.dialect.SqlStates;
import dev.imprimatur.persistence.migration.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Looks whether a PostgreSQL database can be worked with, changing nothing in it.
public final class ConnectionProbe {
  /// The oldest server that is supported.
  static final int LEAST_SERVER = 15;

  private static final long LOOK_MILLIS = 50;
  private static final String TLS =
      "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl";
  private static final String MAY_CREATE =
      "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"
          + " AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)";

  private final DatabaseConfig config;
  private final Duration limit;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Connection> open = new AtomicReference<>();

  /// @param limit how long it may take, whatever the server does
  /// @param clock this machine's, which the server's is held against
  public ConnectionProbe(DatabaseConfig config, Duration limit, InstantSource clock) {
    this.config = config;
    this.limit = limit;
    this.clock = clock;
  }

  /// Looks. Never throws for what is wrong with the database.
  ///
  /// @param cancelled asked again and again; if it says so, the look ends at once
  public ConnectionReport run(BooleanSupplier cancelled) {
    PGSimpleDataSource source;
    try {
      source = Link.probe(config, Math.clamp(limit.toSeconds(), 1, 60));
    } catch (StoreException.Unavailable e) {
      return new Blocked(
          Obstacle.BAD_ADDRESS, new Where("", 0, "", ""), "", "", String.valueOf(e.getMessage()));
    }
    Where where = where(source);
    var answer = new CompletableFuture<ConnectionReport>();
    // A thread of its own: the driver can't be called off while it connects, only left alone.
    Thread.ofPlatform()
        .name("connection-probe")
        .daemon(true)
        .start(() -> {
          try {
            answer.complete(look(source, where));
          } catch (Throwable e) {
            answer.completeExceptionally(e);
          }
        });
    return await(answer, where, cancelled);
  }

  private ConnectionReport await(
      CompletableFuture<ConnectionReport> answer, Where where, BooleanSupplier cancelled) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (!cancelled.getAsBoolean()) {
        if (System.nanoTime() > end) {
          abort();
          return blocked(Obstacle.TIMEOUT, where, "", "", "");
        }
        try {
          return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Not yet.
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return blocked(Obstacle.OTHER, where, "", "", String.valueOf(e.getCause()));
        }
      }
      abort();
      return new ConnectionReport.Cancelled();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abort() {
    Connection connection = open.get();
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // It ends by its own time limit.
      }
    }
  }

  private ConnectionReport look(PGSimpleDataSource source, Where where) {
    try (Connection one = source.getConnection()) {
      open.set(one);
      return look(source, one, where);
    } catch (SQLException e) {
      return blocked(PostgresObstacles.of(e), where, "", "", SqlStates.line(e));
    }
  }

  private ConnectionReport look(PGSimpleDataSource source, Connection one, Where where)
      throws SQLException {
    var meta = one.getMetaData();
    String product = meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
    if (tooOld(meta.getDatabaseMajorVersion())) {
      return blocked(Obstacle.TOO_OLD, where, product, String.valueOf(LEAST_SERVER), "");
    }
    String user = DatabaseFacts.text(one, "SELECT session_user");
    var signedIn = new Where(where.host(), where.port(), where.database(), user);
    if (yes(one, "SELECT pg_is_in_recovery()")) {
      return blocked(Obstacle.READ_ONLY, signedIn, product, "", "");
    }
    List<String> roles = DatabaseFacts.roles(one);
    Schema.Found schema;
    try {
      schema = Schema.look(one);
    } catch (SQLException e) {
      // Who may not even read what the schema is has no role here.
      return blocked(PostgresObstacles.of(e), signedIn, "", "", SqlStates.line(e));
    }
    Blocked wrong = wrong(schema, signedIn, roles, yes(one, MAY_CREATE));
    if (wrong != null) {
      return wrong;
    }
    boolean pooled;
    try (Connection other = source.getConnection()) {
      pooled = DatabaseFacts.shared(one, other);
    }
    return new ConnectionReport.Ready(
        signedIn,
        product,
        user,
        roles,
        schema.version(),
        DatabaseFacts.text(one, TLS),
        ahead(one),
        pooled);
  }

  static boolean tooOld(int major) {
    return major < LEAST_SERVER;
  }

  private static @Nullable Blocked wrong(
      Schema.Found schema, Where where, List<String> roles, boolean mayCreate) {
    String version = schema.version();
    return switch (schema.state()) {
      case EMPTY -> mayCreate ? null : blocked(Obstacle.EMPTY, where, "", "", "");
      case BEHIND -> blocked(Obstacle.BEHIND, where, version, Schema.LATEST, "");
      case NEWER -> blocked(Obstacle.NEWER, where, version, Schema.LATEST, "");
      case BROKEN -> blocked(Obstacle.HALF_MIGRATED, where, version, Schema.LATEST, "");
      case CURRENT -> roles.isEmpty() ? blocked(Obstacle.NO_ROLE, where, "", "", "") : null;
    };
  }

  // The first answer may be slow for other reasons; half the round trip of the second is the best
  // guess at when the clock was read.
  private Duration ahead(Connection connection) throws SQLException {
    now(connection);
    Instant before = clock.instant();
    Instant there = now(connection);
    Duration trip = Duration.between(before, clock.instant());
    return Duration.between(before.plus(trip.dividedBy(2)), there);
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static boolean yes(Connection connection, String sql) throws SQLException {
    return DatabaseFacts.text(connection, sql).equals("t");
  }

  private static Blocked blocked(
      Obstacle obstacle, Where where, String found, String wanted, String said) {
    return new Blocked(obstacle, where, found, wanted, said);
  }

  private static Where where(PGSimpleDataSource source) {
    String user = source.getUser() == null ? "" : source.getUser();
    String database = source.getDatabaseName() == null ? user : source.getDatabaseName();
    int port = source.getPortNumbers()[0];
    return new Where(
        String.join(", ", source.getServerNames()), port == 0 ? 5432 : port, database, user);
  }
}
