package dev.imprimatur.persistence.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mark on a H2 database for as long as its schema is being made for the first time (ADR 38). H2
/// commits each statement that makes a table by itself, so that whoever is killed meanwhile, or has
/// no more room, leaves half a schema, which no migration can go on from. Nobody ever worked in it:
/// it is thrown away, and made anew.
final class BeingMade {
  private static final Logger LOG = LoggerFactory.getLogger(BeingMade.class);

  /// A schema of its own: Flyway wants the one it migrates to be empty.
  private static final String MARK = "imprimatur_being_made";

  private BeingMade() {}

  /// Whether the making of a schema began and did not end, and nobody has worked in it since.
  static boolean is(Connection connection) throws SQLException {
    // What is done is audited. A release that knows no mark might have gone on from it.
    return marked(connection) && (!has(connection, "audit_entry") || !audited(connection));
  }

  private static boolean marked(Connection connection) throws SQLException {
    if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
      return false;
    }
    try (ResultSet mark = connection.getMetaData().getSchemas(null, MARK)) {
      return mark.next();
    }
  }

  private static boolean audited(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM audit_entry)")) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static boolean has(Connection connection, String table) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
      return tables.next();
    }
  }

  /// Throws away what an earlier making left, and marks a database without tables. One that has
  /// tables of somebody else's gets no mark.
  static void begin(Connection connection, String url) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (is(connection)) {
        LOG.warn("the schema of {} was left half made, with nothing in it: it is made anew", url);
        statement.execute("DROP ALL OBJECTS");
      }
      if (!has(connection, "%")) {
        statement.execute("CREATE SCHEMA " + MARK);
      }
    }
  }

  /// Takes the mark away, if there is one.
  static void end(Connection connection) throws SQLException {
    if (marked(connection)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA " + MARK);
      }
    }
  }
}
