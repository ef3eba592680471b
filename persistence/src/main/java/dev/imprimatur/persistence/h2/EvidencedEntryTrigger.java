package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses to put an opportunity on a board without the evidence that it names first. One that does
/// not exist is the foreign key's to refuse.
public final class EvidencedEntryTrigger implements Trigger {
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
        connection.prepareStatement(
            """
            SELECT 1 FROM opportunity o WHERE o.id = ? AND NOT EXISTS (
              SELECT 1 FROM opportunity_evidence s WHERE s.opportunity_id = o.id AND s.evidence_id = o.lead_evidence_id)
            """)) {
      query.setObject(1, newRow[opportunity]);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          throw new SQLException("board_entry needs an opportunity with its evidence", "23514");
        }
      }
    }
  }
}
