package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses a lease whose fencing token falls, or that changes hands without a new one.
public final class RisingTokenTrigger implements Trigger {
  private int name;
  private int token;
  private int holder;
  private int acquired;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    name = Columns.index(connection, schema, tableName, "name");
    token = Columns.index(connection, schema, tableName, "token");
    holder = Columns.index(connection, schema, tableName, "holder");
    acquired = Columns.index(connection, schema, tableName, "acquired_at");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null || newRow == null) {
      return;
    }
    long before = ((Number) Objects.requireNonNull(oldRow[token])).longValue();
    long after = ((Number) Objects.requireNonNull(newRow[token])).longValue();
    boolean otherHold =
        newRow[holder] != null && !Objects.equals(newRow[acquired], oldRow[acquired]);
    if (after < before
        || !Objects.equals(oldRow[name], newRow[name])
        || (after == before && otherHold)) {
      throw new SQLException("the token of lock " + oldRow[name] + " must rise", "23514");
    }
  }
}
