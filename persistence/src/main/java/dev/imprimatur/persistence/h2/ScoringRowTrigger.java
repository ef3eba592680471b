package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Lets a ranking be written while its batch is being scored, and at no other time; it is never
/// changed or deleted.
public final class ScoringRowTrigger extends RowTrigger {
  private static final String SCORING = "SELECT 1 FROM batch WHERE id = ? AND state = 'SCORING'";

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null || after == null) {
      throw forbidden("batch_result rows are never changed or deleted");
    }
    if (!found(connection, SCORING, after.get("batch_id"))) {
      throw refused("batch " + after.get("batch_id") + " is not being scored");
    }
  }
}
