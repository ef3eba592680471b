package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses evidence for an opportunity that stands on a board already.
public final class StandingOpportunityTrigger implements Trigger {
  private int opportunity;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    opportunity = Columns.index(connection, schema, tableName, "opportunity_id");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (newRow == null) {
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM board_entry WHERE opportunity_id = ? LIMIT 1")) {
      query.setObject(1, newRow[opportunity]);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          throw new SQLException(
              "opportunity_evidence is final: its opportunity stands on a board", "23514");
        }
      }
    }
  }
}
