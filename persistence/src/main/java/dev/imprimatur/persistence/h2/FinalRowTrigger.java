package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses to change a row whose status is final. The final statuses of all tables are told apart
/// by their names: none is final in one table and passing in another.
public final class FinalRowTrigger implements Trigger {
  private static final Set<String> FINAL =
      Set.of(
          "completed",
          "partial_failure",
          "failed", // evaluation_run, rewrite_cycle, run_part
          "succeeded",
          "not_applicable", // run_part
          "resolved", // escalation
          "suggested",
          "nothing_to_change",
          "timed_out",
          "superseded_by_approval", // rewrite_cycle
          "accepted",
          "rejected"); // rewrite_suggestion

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
    if (oldRow != null && FINAL.contains(String.valueOf(oldRow[status]))) {
      throw new SQLException(table + " row is final: its status is " + oldRow[status], "23514");
    }
  }
}
