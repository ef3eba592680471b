package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Guards comparisons: they begin unanswered, are answered once, and never change in what they
/// compare. An answer that was taken back opens its pair again, under another correlation id and
/// before its batch is ranked. What people judge is not answered by automation.
public final class JudgedRowTrigger implements Trigger {
  private int id;
  private int batch;
  private int answer;
  private final int[] fixed = new int[4];

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    id = Columns.index(connection, schema, tableName, "correlation_id");
    batch = Columns.index(connection, schema, tableName, "batch_id");
    answer = Columns.index(connection, schema, tableName, "answer");
    String[] names = {"batch_id", "number", "first_text", "second_text"};
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
    if (newRow == null) {
      throw new SQLException("comparison row is final", "23514");
    }
    for (int column : fixed) {
      if (!Objects.equals(oldRow[column], newRow[column])) {
        throw new SQLException("comparison row is final in what it compares", "23514");
      }
    }
    boolean renamed = !Objects.equals(oldRow[id], newRow[id]);
    if (oldRow[answer] != null) {
      if (newRow[answer] != null || !renamed || !takenBack(connection, oldRow)) {
        throw new SQLException("comparison row is final: its answer is " + oldRow[answer], "23514");
      }
    } else if (renamed) {
      throw new SQLException("comparison row is final in what it compares", "23514");
    } else if (newRow[answer] != null && !mayAnswer(connection, newRow)) {
      throw new SQLException(
          "the pairs of batch " + newRow[batch] + " are judged by people", "42501");
    }
  }

  private boolean takenBack(Connection connection, Object[] row) throws SQLException {
    return found(
            connection,
            "SELECT 1 FROM judgement WHERE correlation_id = ? AND withdrawn_at IS NOT NULL",
            row[id])
        && found(
            connection,
            "SELECT 1 FROM batch WHERE id = ? AND state = 'WAITING_CALLBACKS'",
            row[batch]);
  }

  private boolean mayAnswer(Connection connection, Object[] row) throws SQLException {
    return !found(
        connection,
        "SELECT 1 FROM batch WHERE id = ? AND judge = 'human' AND upper(CURRENT_USER) = 'IMPRIMATUR_WORKER'",
        row[batch]);
  }

  private static boolean found(Connection connection, String sql, Object key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
