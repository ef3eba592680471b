package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses to change or delete a comparison once it has its answer, to begin with one, and to
/// change what is compared.
public final class AnsweredRowTrigger extends RowTrigger {
  private static final List<String> COMPARED =
      List.of("correlation_id", "batch_id", "number", "first_text", "second_text");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null) {
      if (after != null && after.has("answer")) {
        throw refused("comparison row begins unanswered");
      }
      return;
    }
    if (after == null || before.has("answer")) {
      throw refused("comparison row is final: its answer is " + before.get("answer"));
    }
    if (!before.sameIn(after, COMPARED)) {
      throw refused("comparison row is final in what it compares");
    }
  }
}
