package dev.imprimatur.persistence.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// A mark on a H2 database for as long as its schema is being made for the first time (ADR 38). H2
/// commits each statement that makes a table by itself, so that whoever is killed meanwhile, or has
/// no more room, leaves half a schema, which no migration can go on from. Nobody ever worked in it:
/// it is thrown away, and made anew.
final class BeingMade {
  /// A schema of its own: Flyway wants the one it migrates to be empty.
  private static final String MARK = "imprimatur_being_made";

  private BeingMade() {}

  /// Whether the making of a schema began and did not end.
  static boolean is(Connection connection) throws SQLException {
    if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
      return false;
    }
    try (ResultSet schema = connection.getMetaData().getSchemas(null, MARK)) {
      return schema.next();
    }
  }

  /// Marks a database, in which nothing is but what an earlier making left.
  static void begin(DataSource owner) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      if (is(connection)) {
        statement.execute("DROP ALL OBJECTS");
      }
      statement.execute("CREATE SCHEMA " + MARK);
    }
  }

  /// Takes the mark away.
  static void end(DataSource owner) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA " + MARK);
    }
  }
}
