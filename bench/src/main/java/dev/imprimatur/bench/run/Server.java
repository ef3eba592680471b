package dev.imprimatur.bench.run;

import dev.imprimatur.engine.json.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The one PostgreSQL that all are measured on: brought along, or one that is there.
public final class Server implements AutoCloseable {
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://([^/:]+)(?::(\\d+))?/([^?]*)(\\?.*)?");

  // Durable, and large enough that no checkpoint falls into a short run.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "max_connections", "500",
          "shared_buffers", "512MB",
          "max_wal_size", "8GB",
          "checkpoint_timeout", "30min");

  private final @Nullable EmbeddedPostgres embedded;
  private final Matcher parts;
  private final List<String> databases = new ArrayList<>();

  private Server(@Nullable EmbeddedPostgres embedded, String url) {
    this.embedded = embedded;
    this.parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a URL such as jdbc:postgresql://localhost:5432/postgres?user=postgres: " + url);
    }
  }

  /// Starts one of its own, on loopback.
  ///
  /// @param statements whether it counts statements
  public static Server start(boolean statements) throws IOException {
    // Whoever starts it ends it, in the right order.
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setRegisterShutdownHook(false);
    SETTINGS.forEach(builder::setServerConfig);
    if (statements) {
      builder.setServerConfig("shared_preload_libraries", "pg_stat_statements");
    }
    EmbeddedPostgres postgres = builder.start();
    return new Server(postgres, postgres.getJdbcUrl("postgres", "postgres"));
  }

  /// Uses one that is there, on this machine.
  ///
  /// @param url of a database of a role that may make databases and roles, and checkpoint
  public static Server at(String url) throws IOException {
    var server = new Server(null, url);
    if (!InetAddress.getByName(server.parts.group(1)).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "the server must be on this machine, and " + server.parts.group(1) + " is not");
    }
    return server;
  }

  /// A new database.
  ///
  /// @param template what it is a copy of
  public String create(String name, String template) throws SQLException {
    execute(url("postgres"), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    execute(url("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + template);
    databases.add(name);
    return url(name);
  }

  /// Removes a database, whoever is connected.
  public void drop(String name) throws SQLException {
    execute(url("postgres"), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    databases.remove(name);
  }

  /// The URL of a database.
  public String url(String name) {
    String port = parts.group(2) == null ? "" : ":" + parts.group(2);
    String rest = parts.group(4) == null ? "" : parts.group(4);
    return "jdbc:postgresql://" + parts.group(1) + port + "/" + name + rest;
  }

  /// Runs statements, each in a transaction of its own.
  public static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// One value as text.
  public static String ask(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery(query)) {
      rs.next();
      return String.valueOf(rs.getString(1));
    }
  }

  /// A transaction that keeps the snapshot it takes now, until it is closed.
  public static Connection snapshot(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT count(*) FROM pg_class");
    }
    return connection;
  }

  /// The statements that cost most, if they are counted.
  public static ArrayNode statements(String url, int jobs) throws SQLException {
    ArrayNode result = Json.array();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rs =
            statement.executeQuery(
                """
                SELECT calls, total_exec_time, rows, wal_bytes, regexp_replace(query, '\\s+', ' ', 'g')
                FROM pg_stat_statements
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                ORDER BY total_exec_time + calls * 0.02 DESC LIMIT 15
                """)) {
      while (rs.next()) {
        result
            .addObject()
            .put("calls_per_job", (double) rs.getLong(1) / jobs)
            .put("ms_per_1000_jobs", rs.getDouble(2) * 1000 / jobs)
            .put("rows_per_job", (double) rs.getLong(3) / jobs)
            .put("wal_bytes_per_job", rs.getDouble(4) / jobs)
            .put("statement", rs.getString(5));
      }
    }
    return result;
  }

  /// Its version and the settings that matter.
  public ObjectNode facts() throws SQLException {
    ObjectNode facts = Json.object();
    String url = url("postgres");
    facts.put("version", ask(url, "SHOW server_version"));
    facts.put("ours", embedded != null);
    for (String name :
        List.of(
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "checkpoint_timeout",
            "autovacuum",
            "wal_level",
            "shared_preload_libraries")) {
      facts.put(name, ask(url, "SHOW " + name));
    }
    return facts;
  }

  @Override
  public void close() {
    if (embedded != null) {
      // Its databases go with it.
      try {
        embedded.close();
      } catch (IOException e) {
        System.err.println("the server could not be stopped: " + e.getMessage());
      }
      return;
    }
    for (String name : List.copyOf(databases)) {
      try {
        drop(name);
      } catch (SQLException e) {
        System.err.println("database " + name + " is left behind: " + e.getMessage());
      }
    }
  }
}
