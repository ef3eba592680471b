package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// The queue's old layout takes no row where the new one alone is in force, and what has ended in
/// it is final: only whether it was copied may be noted.
public final class LegacyJobTrigger implements Trigger {
  private int finished;
  private int copied;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    finished = Columns.index(connection, schema, tableName, "finished_at");
    copied = Columns.index(connection, schema, tableName, "copied");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow != null
        && newRow != null
        && oldRow[finished] != null
        && oldRow[copied].equals(newRow[copied])) {
      throw new SQLException("legacy_job row is final: it ended at " + oldRow[finished], "23514");
    }
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT layout FROM queue_layout")) {
      if (!row.next() || row.getString(1).equals("workspace")) {
        throw new SQLException("legacy_job is not written in the layout workspace", "IL001");
      }
    }
  }
}
