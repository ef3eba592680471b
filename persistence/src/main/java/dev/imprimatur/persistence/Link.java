package dev.imprimatur.persistence;

import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.H2Dialect;
import dev.imprimatur.persistence.dialect.H2Users;
import dev.imprimatur.persistence.dialect.OneWriter;
import dev.imprimatur.persistence.dialect.PostgresDialect;
import dev.imprimatur.persistence.postgres.PromptSocketFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Where connections come from: one source for people, one for automation, one for locks, one that
/// may migrate.
///
/// @param exclusive whether no other process can have the database open
/// @param anchor a connection that keeps an embedded database open; null for a server
record Link(
    Dialect dialect,
    String url,
    DataSource owner,
    DataSource people,
    DataSource automation,
    DataSource locks,
    boolean exclusive,
    @Nullable Connection anchor) {

  /// How long PostgreSQL lets a statement wait for a lock.
  private static final String LOCK_TIMEOUT = "20s";

  /// How long PostgreSQL waits for the next statement within a transaction. A process that is
  /// stopped or cut off between two statements holds its locks, and a job whose row is locked is
  /// released by nobody. Nothing slow runs within our transactions.
  private static final String IDLE_TIMEOUT = "30s";

  /// How long signing in may take: a server that accepts and never answers must not hold us.
  private static final int LOGIN_SECONDS = 15;

  /// How long an answer may take.
  private static final int ANSWER_SECONDS = 120;

  static Link to(DatabaseConfig config) {
    String url = config.url().strip();
    if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:")) {
      return h2(config);
    }
    if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
      return postgres(config);
    }
    throw new StoreException.Unavailable(
        "'"
            + config.safeUrl()
            + "' is no database that Imprimatur knows; name jdbc:h2:… or jdbc:postgresql:…",
        null);
  }

  void close() {
    if (anchor != null) {
      try (anchor) {
        H2Compaction.closeIfSparse(anchor, H2Compaction.LEAST_BYTES);
      } catch (SQLException e) {
        // The process is done with it; H2 recovers whatever a close leaves.
        org.slf4j.LoggerFactory.getLogger(Link.class).warn("closing {}: {}", url, e.getMessage());
      }
    }
  }

  private static Link h2(DatabaseConfig config) {
    var dialect = new H2Dialect(config.person());
    String url = config.url().strip();
    if (url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE")
        || url.startsWith("jdbc:h2:tcp:")) {
      throw new StoreException.Unavailable(
          "database "
              + config.safeUrl()
              + ": a shared H2 is not supported; share a PostgreSQL database instead",
          null);
    }
    // By default H2 closes its file in a hook of its own as soon as the JVM is asked to end, under
    // the hands of work that
    // is still being finished.
    String whole =
        url
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=20000"
            + ";DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0";
    // Errors reach us as exceptions; H2 need not write them to a file of its own as well.
    DataSource owner = h2(whole + ";TRACE_LEVEL_FILE=0", H2Users.OWNER);
    Connection anchor = null;
    try {
      anchor = owner.getConnection();
      if (anchor.isReadOnly()) {
        // H2 opens what it may not write all the same; the first decision would fail.
        anchor.close();
        throw new StoreException.Unavailable(
            "database "
                + config.safeUrl()
                + " may not be written. Check the permissions of its file and folder.",
            null);
      }
      try (Statement settings = anchor.createStatement()) {
        // By default H2 acknowledges a commit up to half a second before it is in the file.
        settings.execute("SET WRITE_DELAY 0");
        // See ADR 14: free space is left alone, or a kill may lose acknowledged commits.
        settings.execute("SET RETENTION_TIME " + Integer.MAX_VALUE);
        settings.execute("SET DB_CLOSE_DELAY 0");
      }
    } catch (SQLException e) {
      throw dialect.translate(e, config.safeUrl());
    }
    var writer = new OneWriter();
    return new Link(
        dialect,
        config.safeUrl(),
        owner,
        writer.guard(h2(whole, H2Users.APP)),
        writer.guard(h2(whole, H2Users.WORKER)),
        writer.guard(h2(whole, H2Users.APP)),
        true,
        anchor);
  }

  private static DataSource h2(String url, String user) {
    var source = new JdbcDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword("");
    return source;
  }

  private static Link postgres(DatabaseConfig config) {
    String limits =
        "-c lock_timeout="
            + LOCK_TIMEOUT
            + " -c idle_in_transaction_session_timeout="
            + IDLE_TIMEOUT;
    DataSource people = postgres(config, limits, ANSWER_SECONDS);
    // Whoever is signed in: on these connections the database lets nobody do what is for people.
    DataSource automation = postgres(config, limits + " -c role=imprimatur_worker", ANSWER_SECONDS);
    // A connection that holds a lock stands still for as long as the lock is held.
    DataSource locks =
        postgres(
            config,
            "-c lock_timeout=" + LOCK_TIMEOUT + " -c idle_session_timeout=0",
            ANSWER_SECONDS);
    // Migrations take their time, and whoever listens waits long for an answer.
    PGSimpleDataSource patient = postgres(config, "", 0);
    if (patient.getSocketFactory() == null) {
      patient.setSocketFactory(PromptSocketFactory.class.getName());
    }
    return new Link(
        new PostgresDialect(), config.safeUrl(), patient, people, automation, locks, false, null);
  }

  /// A source for a look at a server that may answer anything or nothing.
  ///
  /// @param seconds within which it must have answered
  static PGSimpleDataSource probe(DatabaseConfig config, int seconds) {
    PGSimpleDataSource source = postgres(config, "", seconds);
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    return source;
  }

  private static PGSimpleDataSource postgres(
      DatabaseConfig config, String options, int answerSeconds) {
    var source = new PGSimpleDataSource();
    try {
      source.setURL(config.url().strip());
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "'" + config.safeUrl() + "' is no URL of a PostgreSQL database", null);
    }
    if (config.user() != null) {
      source.setUser(config.user());
    }
    if (config.password() != null) {
      source.setPassword(config.password());
    }
    source.setApplicationName("imprimatur");
    source.setConnectTimeout(10);
    source.setLoginTimeout(LOGIN_SECONDS);
    source.setTcpKeepAlive(true);
    // A network that swallows packets must not hold a worker for ever.
    source.setSocketTimeout(answerSeconds);
    // Texts take the type of the place they stand in: ids, times and JSON are sent as texts.
    source.setStringType("unspecified");
    if (!options.isEmpty()) {
      String given = source.getOptions();
      source.setOptions(given == null || given.isBlank() ? options : given + " " + options);
    }
    return source;
  }
}
