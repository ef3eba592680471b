package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses to change a row that has ended: one with a time in `ended_at`.
public final class EndedRowTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null && before.has("ended_at")) {
      throw refused(table() + " row is final: it ended at " + before.get("ended_at"));
    }
  }
}
