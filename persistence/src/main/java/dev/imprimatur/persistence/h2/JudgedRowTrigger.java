package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Guards comparisons: they begin unanswered, are answered once, and never change in what they
/// compare. An answer that was taken back opens its pair again, under another correlation id and
/// before its batch is ranked. What people judge is not answered by automation.
public final class JudgedRowTrigger extends RowTrigger {
  private static final List<String> COMPARED =
      List.of("batch_id", "number", "first_text", "second_text");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null) {
      if (after != null && after.has("answer")) {
        throw refused("comparison row begins unanswered");
      }
      return;
    }
    if (after == null) {
      throw refused("comparison row is final");
    }
    if (!before.sameIn(after, COMPARED)) {
      throw refused("comparison row is final in what it compares");
    }
    boolean renamed = !Objects.equals(before.get("correlation_id"), after.get("correlation_id"));
    if (before.has("answer")) {
      if (after.has("answer") || !renamed || !takenBack(connection, before)) {
        throw refused("comparison row is final: its answer is " + before.get("answer"));
      }
    } else if (renamed) {
      throw refused("comparison row is final in what it compares");
    } else if (after.has("answer") && !mayAnswer(connection, after)) {
      throw forbidden("the pairs of batch " + after.get("batch_id") + " are judged by people");
    }
  }

  private static boolean takenBack(Connection connection, Row row) throws SQLException {
    return found(
            connection,
            "SELECT 1 FROM judgement WHERE correlation_id = ? AND withdrawn_at IS NOT NULL",
            row.get("correlation_id"))
        && found(
            connection,
            "SELECT 1 FROM batch WHERE id = ? AND state = 'WAITING_CALLBACKS'",
            row.get("batch_id"));
  }

  private static boolean mayAnswer(Connection connection, Row row) throws SQLException {
    return !byAutomation(connection)
        || !found(
            connection,
            "SELECT 1 FROM batch WHERE id = ? AND judge = 'human'",
            row.get("batch_id"));
  }
}
