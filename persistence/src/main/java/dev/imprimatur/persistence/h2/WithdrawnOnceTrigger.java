package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a judgement be taken back once, and refuses every other change.
public final class WithdrawnOnceTrigger extends RowTrigger {
  /// The key follows from the time.
  private static final Set<String> TAKEN_BACK = Set.of("withdrawn_at", "standing_key");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null) {
      return;
    }
    if (after == null
        || before.has("withdrawn_at")
        || !after.has("withdrawn_at")
        || !before.sameBut(after, TAKEN_BACK)) {
      throw forbidden("judgement rows are taken back once, and never changed");
    }
  }
}
