package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses to change a row that has ended: one with a time in `ended_at`.
public final class EndedRowTrigger implements Trigger {
  private String table = "";
  private int ended;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    table = tableName;
    ended = Columns.index(connection, schema, tableName, "ended_at");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow != null && oldRow[ended] != null) {
      throw new SQLException(table + " row is final: it ended at " + oldRow[ended], "23514");
    }
  }
}
