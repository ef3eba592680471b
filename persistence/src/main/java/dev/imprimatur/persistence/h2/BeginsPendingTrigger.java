package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses a row that begins decided: what people decide begins with the status `pending`.
public final class BeginsPendingTrigger implements Trigger {
  private String table = "";
  private int status;

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
    status = Columns.index(connection, schema, tableName, "status");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (newRow != null && !"pending".equals(newRow[status])) {
      throw new SQLException(table + " row begins pending, not " + newRow[status], "23514");
    }
  }
}
