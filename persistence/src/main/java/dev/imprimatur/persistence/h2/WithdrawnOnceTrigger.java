package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Lets a judgement be taken back once, and refuses every other change.
public final class WithdrawnOnceTrigger implements Trigger {
  private int withdrawn;
  private int standing;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    withdrawn = Columns.index(connection, schema, tableName, "withdrawn_at");
    standing = Columns.index(connection, schema, tableName, "standing_key");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null) {
      return;
    }
    if (newRow == null || !takesBack(oldRow, newRow)) {
      throw new SQLException("judgement rows are taken back once, and never changed", "42501");
    }
  }

  private boolean takesBack(Object[] before, Object[] after) {
    for (int i = 0; i < before.length; i++) {
      // The key follows from the time.
      if (i != withdrawn && i != standing && !Objects.equals(before[i], after[i])) {
        return false;
      }
    }
    return before[withdrawn] == null && after[withdrawn] != null;
  }
}
