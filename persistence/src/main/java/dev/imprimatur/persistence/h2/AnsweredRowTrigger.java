package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Refuses to change or delete a comparison once it has its answer, to begin with one, and to
/// change what is compared.
public final class AnsweredRowTrigger implements Trigger {
  private int answer;
  private final int[] fixed = new int[5];

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    answer = Columns.index(connection, schema, tableName, "answer");
    String[] names = {"correlation_id", "batch_id", "number", "first_text", "second_text"};
    for (int i = 0; i < names.length; i++) {
      fixed[i] = Columns.index(connection, schema, tableName, names[i]);
    }
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null) {
      if (newRow != null && newRow[answer] != null) {
        throw new SQLException("comparison row begins unanswered", "23514");
      }
      return;
    }
    if (newRow == null || oldRow[answer] != null) {
      throw new SQLException("comparison row is final: its answer is " + oldRow[answer], "23514");
    }
    for (int column : fixed) {
      if (!Objects.equals(oldRow[column], newRow[column])) {
        throw new SQLException("comparison row is final in what it compares", "23514");
      }
    }
  }
}
