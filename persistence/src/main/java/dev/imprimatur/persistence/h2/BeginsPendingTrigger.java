package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses a row that begins decided: what people decide begins with the status `pending`.
public final class BeginsPendingTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after != null && !after.is("status", "pending")) {
      throw refused(table() + " row begins pending, not " + after.get("status"));
    }
  }
}
