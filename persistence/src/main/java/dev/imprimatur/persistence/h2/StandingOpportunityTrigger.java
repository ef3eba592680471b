package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses evidence for an opportunity that stands on a board already.
public final class StandingOpportunityTrigger extends RowTrigger {
  private static final String ON_A_BOARD =
      "SELECT 1 FROM board_entry WHERE opportunity_id = ? LIMIT 1";

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      return;
    }
    lockOpportunity(connection, after.get("opportunity_id"));
    if (found(connection, ON_A_BOARD, after.get("opportunity_id"))) {
      throw refused("opportunity_evidence is final: its opportunity stands on a board");
    }
  }
}
