package dev.imprimatur.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// A PostgreSQL that asks everybody but its owner for a password, as a team's does.
public final class GuardedServer implements AutoCloseable {
  /// The password of every login.
  public static final String PASSWORD = "right-secret";

  /// A reviewer.
  public static final String EDITOR = "editor_a";

  /// Somebody with a login and no role of ours.
  public static final String STRANGER = "stranger";

  /// Somebody who is let in by TLS only, which this server does not speak.
  public static final String TLS_ONLY = "tls_only";

  private final EmbeddedPostgres postgres;

  private GuardedServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /// Starts one, with no database of ours in it.
  public static GuardedServer start() {
    try {
      var server =
          new GuardedServer(EmbeddedPostgres.builder().setServerConfig("fsync", "off").start());
      server.execute("CREATE ROLE " + EDITOR + " LOGIN PASSWORD '" + PASSWORD + "'");
      server.execute("CREATE ROLE " + STRANGER + " LOGIN PASSWORD '" + PASSWORD + "'");
      server.execute("CREATE ROLE " + TLS_ONLY + " LOGIN PASSWORD '" + PASSWORD + "'");
      String file = server.text("SHOW hba_file");
      server.execute(
          "COPY (SELECT unnest(ARRAY['host all postgres all trust', 'hostssl all tls_only all scram-sha-256',"
              + " 'host all tls_only all reject', 'host all all all scram-sha-256'])) TO '"
              + file
              + "'");
      server.execute("SELECT pg_reload_conf()");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an empty database and gives its name.
  public String empty() {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE DATABASE " + name);
    return name;
  }

  /// Makes a database with the schema in place, with the editor as a reviewer, and gives its name.
  public String migrated() {
    String name = empty();
    Database.open(config(name, "postgres", null)).close();
    execute("GRANT imprimatur_reviewer TO " + EDITOR);
    return name;
  }

  public int port() {
    return postgres.getPort();
  }

  /// The URL of a database, without user and password.
  public String url(String database) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
  }

  /// What opens a database.
  public DatabaseConfig config(String database, String user, String password) {
    return new DatabaseConfig(url(database), user, password, user, 8);
  }

  /// Runs a statement as the owner, in the database `postgres`.
  public void execute(String sql) {
    execute("postgres", sql);
  }

  /// Runs a statement as the owner.
  public void execute(String database, String sql) {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private String text(String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
