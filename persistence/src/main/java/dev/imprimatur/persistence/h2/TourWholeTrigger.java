package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tour's counts are those of its checkpoints, whoever writes them, and no checkpoint comes to a
/// tour that has begun. Who changes a checkpoint waits for the tour's row, as the code does: nobody
/// reopens one while another ends the tour.
public final class TourWholeTrigger extends RowTrigger {
  private static final Set<String> ENDED = Set.of("COMPLETED", "AUTOCLOSED");

  /// In the order in which they are counted.
  private static final List<String> COUNTS =
      List.of("checkpoints", "mandatory_all", "done", "mandatory_done");

  private static final String COUNT =
      """
      SELECT count(*), count(*) FILTER (WHERE mandatory), count(*) FILTER (WHERE status = 'COMPLETED'),
             count(*) FILTER (WHERE status = 'COMPLETED' AND mandatory)
      FROM tour_job WHERE parent_id = ?
      """;
  private static final String TOUR =
      "SELECT status, revision, checkpoints FROM tour_job WHERE id = ? AND kind = 'TOUR' FOR UPDATE";

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      return;
    }
    if (!after.is("kind", "TOUR")) {
      checkpoint(connection, after, before == null);
    } else if (before == null) {
      if (told(after, "checkpoints") < 1
          || told(after, "done") != 0
          || told(after, "mandatory_done") != 0) {
        throw refused("tour_job row begins with a checkpoint at least, and none done");
      }
    } else {
      counted(connection, after);
    }
  }

  private static void counted(Connection connection, Row row) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setObject(1, row.get("id"));
      try (ResultSet counted = query.executeQuery()) {
        counted.next();
        for (int i = 0; i < COUNTS.size(); i++) {
          if (counted.getLong(i + 1) != told(row, COUNTS.get(i))) {
            throw refused("tour_job row counts otherwise than its checkpoints are");
          }
        }
      }
    }
  }

  /// A count as the row has it; -1 for none.
  private static long told(Row row, String count) throws SQLException {
    return row.has(count) ? row.number(count) : -1;
  }

  private static void checkpoint(Connection connection, Row row, boolean fresh)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TOUR)) {
      query.setObject(1, row.get("parent_id"));
      try (ResultSet tour = query.executeQuery()) {
        // Where there is none the foreign key says so.
        if (tour.next()) {
          within(tour, row, fresh);
        }
      }
    }
  }

  private static void within(ResultSet tour, Row row, boolean fresh) throws SQLException {
    if (ENDED.contains(tour.getString("status"))) {
      throw refused("tour_job row is final: its tour has ended");
    }
    if (!fresh) {
      return;
    }
    if (!"ASSIGNED".equals(tour.getString("status")) || tour.getLong("revision") != 1) {
      throw refused("tour_job row comes too late: its tour has been changed since it was made");
    }
    if (row.number("position_no") > tour.getInt("checkpoints")) {
      throw refused("tour_job row is beyond the checkpoints of its tour");
    }
  }
}
