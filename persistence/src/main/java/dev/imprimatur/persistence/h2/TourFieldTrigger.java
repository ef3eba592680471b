package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who changed a field of a tour or checkpoint is who changed its row, then and there; automation
/// changes no field but the status of a tour that it closes.
public final class TourFieldTrigger extends RowTrigger {
  private static final Set<String> OF_TOURS = Set.of("STATUS", "SCAN");
  private static final List<String> FIXED = List.of("job_id", "field");
  private static final String JOB =
      "SELECT kind, status, revision, modified_at, modified_by FROM tour_job WHERE id = ?";

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      throw forbidden("tour_field rows are never deleted");
    }
    if (before != null
        && (!before.sameIn(after, FIXED)
            || after.number("revision") <= before.number("revision"))) {
      throw refused("tour_field row is of one field for good, and its revision rises");
    }
    try (PreparedStatement query = connection.prepareStatement(JOB)) {
      query.setObject(1, after.get("job_id"));
      try (ResultSet job = query.executeQuery()) {
        // Where there is none the foreign key says so.
        if (job.next()) {
          compare(job, after, byAutomation(connection));
        }
      }
    }
  }

  private static void compare(ResultSet job, Row row, boolean automation) throws SQLException {
    boolean tour = "TOUR".equals(job.getString("kind"));
    boolean closes =
        tour && row.is("field", "STATUS") && "AUTOCLOSED".equals(job.getString("status"));
    if (automation && !closes) {
      throw forbidden("automation changes no field but the status of a tour that it closes");
    }
    if (tour && !OF_TOURS.contains(String.valueOf(row.get("field")))) {
      throw refused("tour_field row is of fields that tours have not");
    }
    if (row.number("revision") != job.getLong("revision")
        || !row.time("changed_at").isEqual(job.getObject("modified_at", OffsetDateTime.class))
        || !Objects.equals(row.get("actor_id"), job.getString("modified_by"))) {
      throw refused("tour_field row tells of another change than the last of its tour_job row");
    }
  }
}
