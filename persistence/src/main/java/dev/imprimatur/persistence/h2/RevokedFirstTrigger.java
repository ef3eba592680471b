package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses to lift an approval that has not been revoked, or to put another in its place.
public final class RevokedFirstTrigger implements Trigger {
  private int approval;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    approval = Columns.index(connection, schema, tableName, "approval_id");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null) {
      return;
    }
    if (newRow != null || !revoked(connection, oldRow[approval])) {
      throw new SQLException(
          "approval " + oldRow[approval] + " is in force until it is revoked", "23514");
    }
  }

  private static boolean revoked(Connection connection, Object id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM revocation WHERE approval_id = ?")) {
      query.setObject(1, id);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }
}
