package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses to change a row whose status is final. The final statuses of all tables are told apart
/// by their names: none is final in one table and passing in another.
public final class FinalRowTrigger extends RowTrigger {
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

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null && FINAL.contains(String.valueOf(before.get("status")))) {
      throw refused(table() + " row is final: its status is " + before.get("status"));
    }
  }
}
