package dev.imprimatur.persistence.h2;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// A tour begins at its beginning, loses no update, and stays as it ended; where it came from is
/// kept, so that the table's constraint knows the step.
public final class TourRowTrigger implements Trigger {
  private static final Set<String> ENDED = Set.of("COMPLETED", "AUTOCLOSED");

  /// What a row is once and for all.
  private static final List<String> FIXED =
      List.of(
          "id",
          "kind",
          "identifier",
          "created_at",
          "parent_id",
          "parent_kind",
          "position_no",
          "mandatory",
          "site",
          "type",
          "expires_at",
          "import_key",
          "checkpoints",
          "mandatory_all");

  private int kind;
  private int parent;
  private int status;
  private int cameFrom;
  private int revision;
  private int modified;
  private int[] fixed = {};

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    kind = Columns.index(connection, schema, tableName, "kind");
    parent = Columns.index(connection, schema, tableName, "parent_id");
    status = Columns.index(connection, schema, tableName, "status");
    cameFrom = Columns.index(connection, schema, tableName, "came_from");
    revision = Columns.index(connection, schema, tableName, "revision");
    modified = Columns.index(connection, schema, tableName, "modified_at");
    fixed = new int[FIXED.size()];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = Columns.index(connection, schema, tableName, FIXED.get(i));
    }
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (newRow == null) {
      throw new SQLException("tour_job rows are never deleted", "42501");
    }
    // A time to come would say that a tour has expired before it has.
    if (time(newRow).isAfter(clock(connection))
        && (oldRow == null || time(newRow).isAfter(time(oldRow)))) {
      throw new SQLException("tour_job row is not changed in the future", "23514");
    }
    if (oldRow == null) {
      if (!"ASSIGNED".equals(newRow[status]) || number(newRow) != 1) {
        throw new SQLException("tour_job row begins ASSIGNED, at revision 1", "23514");
      }
      newRow[cameFrom] = null;
      return;
    }
    refuseEnded(connection, oldRow);
    for (int column : fixed) {
      if (!Objects.equals(oldRow[column], newRow[column])) {
        throw new SQLException("tour_job row is final in what it is", "23514");
      }
    }
    if (number(newRow) != number(oldRow) + 1 || time(newRow).isBefore(time(oldRow))) {
      throw new SQLException(
          "tour_job row goes on by one revision, and never back in time", "23514");
    }
    boolean closes = "ASSIGNED".equals(oldRow[status]) && "AUTOCLOSED".equals(newRow[status]);
    if (!closes && byAutomation(connection)) {
      throw new SQLException(
          "automation closes tours that have expired, and changes none", "42501");
    }
    newRow[cameFrom] =
        Objects.equals(oldRow[status], newRow[status]) ? oldRow[cameFrom] : oldRow[status];
  }

  private void refuseEnded(Connection connection, Object[] row) throws SQLException {
    if ("TOUR".equals(row[kind])) {
      if (ENDED.contains(String.valueOf(row[status]))) {
        throw new SQLException("tour_job row is final: its status is " + row[status], "23514");
      }
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM tour_job WHERE id = ? AND status IN ('COMPLETED', 'AUTOCLOSED')")) {
      query.setObject(1, row[parent]);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          throw new SQLException("tour_job row is final: its tour has ended", "23514");
        }
      }
    }
  }

  private long number(Object[] row) {
    return row[revision] instanceof Number n ? n.longValue() : 0;
  }

  private OffsetDateTime time(Object[] row) throws SQLException {
    if (row[modified] instanceof OffsetDateTime time) {
      return time;
    }
    throw new SQLException("tour_job row has no time", "23502");
  }

  private static OffsetDateTime clock(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_TIMESTAMP(6)")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static boolean byAutomation(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_USER")) {
      row.next();
      return row.getString(1).equalsIgnoreCase(H2Users.WORKER);
    }
  }
}
