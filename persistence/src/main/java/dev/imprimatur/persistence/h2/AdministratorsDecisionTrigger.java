package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Automation never decides on a batch in an administrator's name: it cancels none, and neither
/// fails one nor stores a decision as his.
public final class AdministratorsDecisionTrigger extends RowTrigger {
  private static final String ADMINISTRATOR = "ADMINISTRATOR";
  private static final List<String> DECISION =
      List.of("decision_by", "decision", "decision_reason", "decided_at");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null && after != null && decides(before, after) && byAutomation(connection)) {
      throw forbidden("deciding on a batch is for administrators");
    }
  }

  private static boolean decides(Row before, Row after) throws SQLException {
    boolean ended =
        switch (String.valueOf(after.get("state"))) {
          case "CANCELLED" -> true;
          case "FAILED" -> after.is("ended_by", ADMINISTRATOR);
          case "COMPLETED" -> !Objects.equals(after.get("ended_by"), after.get("decision_by"));
          default -> false;
        };
    return ended || (after.is("decision_by", ADMINISTRATOR) && !before.sameIn(after, DECISION));
  }
}
