package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A field of a tour or checkpoint that was changed is told of by the change itself: by whom, when,
/// and at which revision.
public final class TourToldTrigger extends RowTrigger {
  private static final List<String> FIELDS = List.of("status", "scan", "reading", "remark");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null || after == null) {
      return;
    }
    for (String field : FIELDS) {
      if (!before.sameIn(after, List.of(field))) {
        tell(connection, field.toUpperCase(Locale.ROOT), after);
      }
    }
  }

  /// The job's row is locked by the change: nobody comes between.
  private static void tell(Connection connection, String field, Row row) throws SQLException {
    Object revision = row.get("revision");
    Object by = row.get("modified_by");
    Object at = row.get("modified_at");
    Object id = row.get("id");
    int told =
        OwnWrites.write(
            connection,
            "UPDATE tour_field SET revision = ?, actor_id = ?, changed_at = ? WHERE job_id = ? AND field = ?",
            revision,
            by,
            at,
            id,
            field);
    if (told == 0) {
      OwnWrites.write(
          connection,
          "INSERT INTO tour_field (revision, actor_id, changed_at, job_id, field) VALUES (?, ?, ?, ?, ?)",
          revision,
          by,
          at,
          id,
          field);
    }
  }
}
