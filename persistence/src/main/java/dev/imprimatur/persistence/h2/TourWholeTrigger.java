package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// A tour's counts are those of its checkpoints, whoever writes them, and no checkpoint comes to a
/// tour that has begun. Who changes a checkpoint waits for the tour's row, as the code does: nobody
/// reopens one while another ends the tour.
public final class TourWholeTrigger implements Trigger {
  private static final Set<String> ENDED = Set.of("COMPLETED", "AUTOCLOSED");

  /// In the order in which they are counted.
  private static final List<String> COUNTS =
      List.of("checkpoints", "mandatory_all", "done", "mandatory_done");

  private final int[] counts = new int[COUNTS.size()];
  private int id;
  private int kind;
  private int parent;
  private int position;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    id = Columns.index(connection, schema, tableName, "id");
    kind = Columns.index(connection, schema, tableName, "kind");
    parent = Columns.index(connection, schema, tableName, "parent_id");
    position = Columns.index(connection, schema, tableName, "position_no");
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Columns.index(connection, schema, tableName, COUNTS.get(i));
    }
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (newRow == null) {
      return;
    }
    if (!"TOUR".equals(newRow[kind])) {
      checkpoint(connection, newRow, oldRow == null);
    } else if (oldRow == null) {
      if (told(newRow, 0) < 1 || told(newRow, 2) != 0 || told(newRow, 3) != 0) {
        throw new SQLException(
            "tour_job row begins with a checkpoint at least, and none done", "23514");
      }
    } else {
      counted(connection, newRow);
    }
  }

  private void counted(Connection connection, Object[] row) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT count(*), count(*) FILTER (WHERE mandatory), count(*) FILTER (WHERE status = 'COMPLETED'),
                   count(*) FILTER (WHERE status = 'COMPLETED' AND mandatory)
            FROM tour_job WHERE parent_id = ?
            """)) {
      query.setObject(1, row[id]);
      try (ResultSet counted = query.executeQuery()) {
        counted.next();
        for (int i = 0; i < counts.length; i++) {
          if (counted.getLong(i + 1) != told(row, i)) {
            throw new SQLException(
                "tour_job row counts otherwise than its checkpoints are", "23514");
          }
        }
      }
    }
  }

  /// A count as the row has it; -1 for none.
  private long told(Object[] row, int count) {
    return row[counts[count]] instanceof Number n ? n.longValue() : -1;
  }

  private void checkpoint(Connection connection, Object[] row, boolean fresh) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT status, revision, checkpoints FROM tour_job WHERE id = ? AND kind = 'TOUR' FOR UPDATE")) {
      query.setObject(1, row[parent]);
      try (ResultSet tour = query.executeQuery()) {
        // Where there is none the foreign key says so.
        if (tour.next()) {
          within(
              tour.getString("status"),
              tour.getLong("revision"),
              tour.getInt("checkpoints"),
              row,
              fresh);
        }
      }
    }
  }

  private void within(String status, long revision, int checkpoints, Object[] row, boolean fresh)
      throws SQLException {
    if (ENDED.contains(status)) {
      throw new SQLException("tour_job row is final: its tour has ended", "23514");
    }
    if (!fresh) {
      return;
    }
    if (!"ASSIGNED".equals(status) || revision != 1) {
      throw new SQLException(
          "tour_job row comes too late: its tour has been changed since it was made", "23514");
    }
    if (row[position] instanceof Number n && n.intValue() > checkpoints) {
      throw new SQLException("tour_job row is beyond the checkpoints of its tour", "23514");
    }
  }
}
