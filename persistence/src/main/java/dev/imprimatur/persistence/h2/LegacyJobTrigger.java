package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The queue's old layout takes no row where the new one alone is in force, and what has ended in
/// it is final: only whether it was copied may be noted.
public final class LegacyJobTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null
        && after != null
        && before.has("finished_at")
        && Objects.equals(before.get("copied"), after.get("copied"))) {
      throw refused("legacy_job row is final: it ended at " + before.get("finished_at"));
    }
    if (!found(connection, "SELECT 1 FROM queue_layout WHERE layout <> ?", "workspace")) {
      throw new SQLException("legacy_job is not written in the layout workspace", "IL001");
    }
  }
}
