package dev.imprimatur.persistence;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.persistence.sweep.SchedulerTicks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/// A process that sweeps until it is killed.
///
/// Arguments: URL, what to do:
/// - `simulate N`: so many sweepers, each with four sweeps, by the clock in the table
///   `simulated_clock`.
/// - `halt POINT`: one sweep; the JVM halts at the fault point.
/// - `slow`: one sweep whose work waits until a row is in the table `signal`; then it ends.
public final class SweepChild {
  static final Duration POLL = Duration.ofMillis(20);

  private SweepChild() {}

  public static void main(String[] args) throws InterruptedException {
    Database database = Database.open(new DatabaseConfig(args[0], null, null, "editor", 8));
    switch (args[1]) {
      case "simulate" -> {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
          simulated(database, args[0]).start();
        }
      }
      case "halt" -> {
        FaultPoint wanted = FaultPoint.ofCode(args[2]);
        FaultPoints faults =
            point -> {
              if (point == wanted) {
                Runtime.getRuntime().halt(137);
              }
            };
        sweeper(database, faults, counting(database, "it")).start();
      }
      default -> {
        Sweeper sweeper = sweeper(database, FaultPoints.NONE, slow(database, args[0]));
        sweeper.start();
        while (number(args[0], "SELECT count(*) FROM job_counter WHERE name = 'came-back'") == 0) {
          Thread.yield();
        }
        // Waits until the tick has ended.
        sweeper.close();
        System.exit(0);
      }
    }
    System.out.println("STARTED");
    Thread.currentThread().join();
  }

  static Sweeper sweeper(DatabaseAccess database, FaultPoints faults, Sweep... sweeps) {
    var rhythm =
        new TickSource.Rhythm(
            "w-" + UUID.randomUUID().toString().substring(0, 8),
            POLL,
            Duration.ofMillis(100),
            6,
            Duration.ofSeconds(2));
    return new Sweeper(database, List.of(sweeps), rhythm, Duration.ofMinutes(5), faults);
  }

  /// Counts its passes in the database.
  static Sweep counting(Database database, String name) {
    return new Sweep(
        name,
        Duration.ofDays(1),
        stopping -> {
          database.automation().run(tx -> tx.jobs().increment("swept:" + name));
          return Findings.all(1);
        });
  }

  private static Sweep slow(Database database, String url) {
    return new Sweep(
        "it",
        Duration.ofDays(1),
        stopping -> {
          database.automation().run(tx -> tx.jobs().increment("begun"));
          while (number(url, "SELECT count(*) FROM signal") == 0) {
            Thread.yield();
          }
          database.automation().run(tx -> tx.jobs().increment("came-back"));
          return Findings.all(99);
        });
  }

  static long number(String url, String sql) {
    try (Connection connection = java.sql.DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery(sql)) {
      rs.next();
      return rs.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Sweeper simulated(Database database, String url) {
    var source = new PGSimpleDataSource();
    source.setURL(url);
    source.setOptions("-c role=imprimatur_worker");
    source.setStringType("unspecified");
    var glass =
        (DatabaseAccess)
            Proxy.newProxyInstance(
                DatabaseAccess.class.getClassLoader(),
                new Class<?>[] {DatabaseAccess.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("ticks")) {
                    var pool = pool(source);
                    return new SchedulerTicks(
                        pool,
                        () -> clock(pool),
                        () -> {},
                        (dev.imprimatur.engine.store.Ticks) arguments[0],
                        (TickSource.Rhythm) arguments[1]);
                  }
                  try {
                    return method.invoke(database, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    List<Sweep> sweeps = new ArrayList<>();
    Map.of("a", 10, "b", 30, "c", 60, "d", 300)
        .forEach((name, seconds) ->
            sweeps.add(
                new Sweep(
                    name,
                    Duration.ofSeconds(seconds),
                    stopping -> {
                      database.automation().run(tx -> tx.jobs().increment("swept:" + name));
                      return Findings.all(1);
                    })));
    // Simulated minutes pass in milliseconds: nobody may be presumed dead for that.
    var rhythm =
        new TickSource.Rhythm(
            "w-" + UUID.randomUUID().toString().substring(0, 8),
            POLL,
            Duration.ofHours(1),
            6,
            Duration.ofSeconds(2));
    return new Sweeper(glass, sweeps, rhythm, Duration.ofMinutes(5), FaultPoints.NONE);
  }

  private static com.zaxxer.hikari.HikariDataSource pool(PGSimpleDataSource source) {
    var config = new com.zaxxer.hikari.HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(3);
    return new com.zaxxer.hikari.HikariDataSource(config);
  }

  private static Instant clock(javax.sql.DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery("SELECT now_is FROM simulated_clock")) {
      rs.next();
      return rs.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
