package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Lets a ranking be written while its batch is being scored, and at no other time; it is never
/// changed or deleted.
public final class ScoringRowTrigger implements Trigger {
  private int batch;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    batch = Columns.index(connection, schema, tableName, "batch_id");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow != null || newRow == null) {
      throw new SQLException("batch_result rows are never changed or deleted", "42501");
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM batch WHERE id = ? AND state = 'SCORING'")) {
      query.setObject(1, newRow[batch]);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("batch " + newRow[batch] + " is not being scored", "23514");
        }
      }
    }
  }
}
