package dev.imprimatur.persistence.h2;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// What all guards of rows stand on. H2 hands them rows without names and makes them by their
/// class's name, which migrations have: a guard keeps its name for good.
abstract class RowTrigger implements Trigger {
  private String table = "";
  private Map<String, Integer> columns = Map.of();

  /// Refuses a change by throwing, or lets it pass.
  ///
  /// @param before null for a row that is new
  /// @param after null for one that is deleted
  abstract void check(Connection connection, @Nullable Row before, @Nullable Row after)
      throws SQLException;

  @Override
  public final void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    table = tableName;
    Map<String, Integer> found = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT column_name, ordinal_position FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ?")) {
      query.setString(1, schema);
      query.setString(2, tableName);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), rows.getInt(2) - 1);
        }
      }
    }
    columns = Map.copyOf(found);
  }

  @Override
  public final void fire(
      Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    check(connection, row(oldRow), row(newRow));
  }

  private @Nullable Row row(Object @Nullable [] values) {
    return values == null ? null : new Row(table, columns, values);
  }

  final String table() {
    return table;
  }

  /// What a constraint would say.
  static SQLException refused(String message) {
    return new SQLException(message, "23514");
  }

  /// What a missing grant would say.
  static SQLException forbidden(String message) {
    return new SQLException(message, "42501");
  }

  /// Whether it is automation that writes.
  static boolean byAutomation(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_USER")) {
      row.next();
      return row.getString(1).equalsIgnoreCase(H2Users.WORKER);
    }
  }

  /// The database's clock.
  static OffsetDateTime clock(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_TIMESTAMP(6)")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  /// Whether there is a row.
  ///
  /// @param key the query's only parameter
  static boolean found(Connection connection, String sql, @Nullable Object key)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /// Locks an opportunity's row: who adds to its evidence and who puts it onto a board wait for
  /// each other, and then look.
  static void lockOpportunity(Connection connection, @Nullable Object id) throws SQLException {
    // Whoever does not see what was committed meanwhile would look at what was.
    if (connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
      throw refused("opportunities are put together and onto boards in READ COMMITTED");
    }
    found(connection, "SELECT 1 FROM opportunity WHERE id = ? FOR UPDATE", id);
  }
}
