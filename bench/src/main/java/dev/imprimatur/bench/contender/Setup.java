package dev.imprimatur.bench.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.databind.JsonNode;

/// What a contender is given.
///
/// @param url of the database, fresh and its own
/// @param options those of the variant
record Setup(String url, JsonNode options, Ledger ledger) {
  int option(String name, int fallback) {
    return options.path(name).asInt(fallback);
  }

  boolean flag(String name) {
    return options.path(name).asBoolean(false);
  }

  /// The pool that all peers of the JVM use.
  HikariDataSource pool() {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(option("connections", 10));
    return new HikariDataSource(config);
  }

  static boolean any(javax.sql.DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery("SELECT EXISTS (" + sql + ")")) {
      rs.next();
      return rs.getBoolean(1);
    }
  }

  static void execute(javax.sql.DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
