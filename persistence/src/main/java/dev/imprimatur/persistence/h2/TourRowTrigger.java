package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tour begins at its beginning, loses no update, and stays as it ended; where it came from is
/// kept, so that the table's constraint knows the step.
public final class TourRowTrigger extends RowTrigger {
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

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      throw forbidden("tour_job rows are never deleted");
    }
    // Counts and time of a tour, as a changed checkpoint brings them.
    if (OwnWrites.now()) {
      return;
    }
    // A time to come would say that a tour has expired before it has.
    if (after.time("modified_at").isAfter(clock(connection))
        && (before == null || after.time("modified_at").isAfter(before.time("modified_at")))) {
      throw refused("tour_job row is not changed in the future");
    }
    if (before == null) {
      if (!after.is("status", "ASSIGNED") || after.number("revision") != 1) {
        throw refused("tour_job row begins ASSIGNED, at revision 1");
      }
      after.set("came_from", null);
      return;
    }
    goesOn(connection, before, after);
    after.set(
        "came_from",
        Objects.equals(before.get("status"), after.get("status"))
            ? before.get("came_from")
            : before.get("status"));
  }

  private static void goesOn(Connection connection, Row before, Row after) throws SQLException {
    refuseEnded(connection, before);
    if (!before.sameIn(after, FIXED)) {
      throw refused("tour_job row is final in what it is");
    }
    if (after.number("revision") != before.number("revision") + 1
        || after.time("modified_at").isBefore(before.time("modified_at"))) {
      throw refused("tour_job row goes on by one revision, and never back in time");
    }
    boolean closes = before.is("status", "ASSIGNED") && after.is("status", "AUTOCLOSED");
    if (!closes && byAutomation(connection)) {
      throw forbidden("automation closes tours that have expired, and changes none");
    }
  }

  private static void refuseEnded(Connection connection, Row row) throws SQLException {
    if (row.is("kind", "TOUR")) {
      if (ENDED.contains(String.valueOf(row.get("status")))) {
        throw refused("tour_job row is final: its status is " + row.get("status"));
      }
    } else if (found(
        connection,
        "SELECT 1 FROM tour_job WHERE id = ? AND status IN ('COMPLETED', 'AUTOCLOSED')",
        row.get("parent_id"))) {
      throw refused("tour_job row is final: its tour has ended");
    }
  }
}
