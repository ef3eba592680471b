package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses to put an opportunity on a board without the evidence that it names first. One that does
/// not exist is the foreign key's to refuse.
public final class EvidencedEntryTrigger extends RowTrigger {
  private static final String LACKING =
      """
      SELECT 1 FROM opportunity o WHERE o.id = ? AND NOT EXISTS (
        SELECT 1 FROM opportunity_evidence s WHERE s.opportunity_id = o.id AND s.evidence_id = o.lead_evidence_id)
      """;

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      return;
    }
    lockOpportunity(connection, after.get("opportunity_id"));
    if (found(connection, LACKING, after.get("opportunity_id"))) {
      throw refused("board_entry needs an opportunity with its evidence");
    }
  }
}
