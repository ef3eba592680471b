package dev.imprimatur.persistence.h2;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Automation never decides on a batch in an administrator's name: it cancels none, and neither
/// fails one nor stores a decision as his.
public final class AdministratorsDecisionTrigger implements Trigger {
  private static final String ADMINISTRATOR = "ADMINISTRATOR";

  private int state;
  private int endedBy;
  private int decidedBy;
  private int[] decision = {};

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    state = Columns.index(connection, schema, tableName, "state");
    endedBy = Columns.index(connection, schema, tableName, "ended_by");
    decidedBy = Columns.index(connection, schema, tableName, "decision_by");
    decision =
        new int[] {
          decidedBy,
          Columns.index(connection, schema, tableName, "decision"),
          Columns.index(connection, schema, tableName, "decision_reason"),
          Columns.index(connection, schema, tableName, "decided_at")
        };
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null || newRow == null || !decides(oldRow, newRow)) {
      return;
    }
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_USER")) {
      row.next();
      if (row.getString(1).equalsIgnoreCase(H2Users.WORKER)) {
        throw new SQLException("deciding on a batch is for administrators", "42501");
      }
    }
  }

  private boolean decides(Object[] before, Object[] after) {
    boolean ended =
        switch (String.valueOf(after[state])) {
          case "CANCELLED" -> true;
          case "FAILED" -> ADMINISTRATOR.equals(after[endedBy]);
          case "COMPLETED" -> !Objects.equals(after[endedBy], after[decidedBy]);
          default -> false;
        };
    if (ended || !ADMINISTRATOR.equals(after[decidedBy])) {
      return ended;
    }
    for (int column : decision) {
      if (!Objects.equals(before[column], after[column])) {
        return true;
      }
    }
    return false;
  }
}
