package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A changed checkpoint brings its tour's counts and time with it. The tour's revision is for who
/// changes the tour to raise.
public final class TourCountedTrigger extends RowTrigger {
  private static final String BEHIND =
      """
      SELECT 1 FROM tour_job t WHERE t.id = ? AND (
        t.done <> (SELECT count(*) FROM tour_job c WHERE c.parent_id = t.id AND c.status = 'COMPLETED')
        OR t.mandatory_done <>
          (SELECT count(*) FROM tour_job c WHERE c.parent_id = t.id AND c.status = 'COMPLETED' AND c.mandatory)
        OR t.modified_at < (SELECT max(c.modified_at) FROM tour_job c WHERE c.parent_id = t.id))
      """;
  private static final String COUNT =
      """
      UPDATE tour_job t SET
        done = (SELECT count(*) FROM tour_job c WHERE c.parent_id = t.id AND c.status = 'COMPLETED'),
        mandatory_done =
          (SELECT count(*) FROM tour_job c WHERE c.parent_id = t.id AND c.status = 'COMPLETED' AND c.mandatory),
        modified_by = CASE WHEN t.modified_at < ? THEN ? ELSE t.modified_by END,
        modified_at = greatest(t.modified_at, ?)
      WHERE t.id = ?
      """;

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after != null
        && after.is("kind", "CHECKPOINT")
        && found(connection, BEHIND, after.get("parent_id"))) {
      OwnWrites.write(
          connection,
          COUNT,
          after.get("modified_at"),
          after.get("modified_by"),
          after.get("modified_at"),
          after.get("parent_id"));
    }
  }
}
