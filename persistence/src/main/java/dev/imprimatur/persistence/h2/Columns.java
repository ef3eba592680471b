package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Finds columns for triggers, which are handed rows without names.
final class Columns {
  private Columns() {}

  /// Where a column stands in a row, from 0.
  static int index(Connection connection, String schema, String table, String column)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT ordinal_position FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ? AND column_name = ?")) {
      query.setString(1, schema);
      query.setString(2, table);
      query.setString(3, column);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("table " + table + " has no column " + column);
        }
        return found.getInt(1) - 1;
      }
    }
  }
}
