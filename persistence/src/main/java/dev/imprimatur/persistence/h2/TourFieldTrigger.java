package dev.imprimatur.persistence.h2;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Set;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Who changed a field of a tour or checkpoint is who changed its row, then and there; automation
/// changes no field but the status of a tour that it closes.
public final class TourFieldTrigger implements Trigger {
  private static final Set<String> OF_TOURS = Set.of("STATUS", "SCAN");

  private int job;
  private int field;
  private int revision;
  private int actor;
  private int changed;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    job = Columns.index(connection, schema, tableName, "job_id");
    field = Columns.index(connection, schema, tableName, "field");
    revision = Columns.index(connection, schema, tableName, "revision");
    actor = Columns.index(connection, schema, tableName, "actor_id");
    changed = Columns.index(connection, schema, tableName, "changed_at");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (newRow == null) {
      throw new SQLException("tour_field rows are never deleted", "42501");
    }
    if (oldRow != null
        && (!Objects.equals(oldRow[job], newRow[job])
            || !Objects.equals(oldRow[field], newRow[field])
            || number(newRow) <= number(oldRow))) {
      throw new SQLException(
          "tour_field row is of one field for good, and its revision rises", "23514");
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT kind, status, revision, modified_at, modified_by, CURRENT_USER AS by_user FROM tour_job WHERE id = ?")) {
      query.setObject(1, newRow[job]);
      try (ResultSet there = query.executeQuery()) {
        // Where there is none the foreign key says so.
        if (there.next()) {
          compare(there, newRow);
        }
      }
    }
  }

  private void compare(ResultSet there, Object[] row) throws SQLException {
    boolean tour = "TOUR".equals(there.getString("kind"));
    boolean closes =
        tour && "STATUS".equals(row[field]) && "AUTOCLOSED".equals(there.getString("status"));
    if (!closes && there.getString("by_user").equalsIgnoreCase(H2Users.WORKER)) {
      throw new SQLException(
          "automation changes no field but the status of a tour that it closes", "42501");
    }
    if (tour && !OF_TOURS.contains(String.valueOf(row[field]))) {
      throw new SQLException("tour_field row is of fields that tours have not", "23514");
    }
    if (number(row) != there.getLong("revision")
        || !(row[changed] instanceof OffsetDateTime at
            && at.isEqual(there.getObject("modified_at", OffsetDateTime.class)))
        || !Objects.equals(row[actor], there.getString("modified_by"))) {
      throw new SQLException(
          "tour_field row tells of another change than the last of its tour_job row", "23514");
    }
  }

  private long number(Object[] row) {
    return row[revision] instanceof Number n ? n.longValue() : 0;
  }
}
