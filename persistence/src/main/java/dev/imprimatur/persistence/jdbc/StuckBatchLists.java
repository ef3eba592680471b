package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.StuckBatches;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Batches as they are listed for who looks after them.
final class StuckBatchLists {
  // The states by name, not the time of the end: that is what the index holds.
  private static final String OPEN =
      "state IN ('INITIALIZING', 'GENERATING_PAIRS', 'WAITING_CALLBACKS', 'SCORING')";
  private static final String STUCK = OPEN + " AND last_activity <= :since";

  private StuckBatchLists() {}

  static long countStuck(Handle handle, Instant since) {
    return handle
        .createQuery("SELECT count(*) FROM batch WHERE " + STUCK)
        .bind("since", Rows.time(since))
        .mapTo(Long.class)
        .one();
  }

  static List<UUID> lookedAfter(Handle handle, StuckBatches.Show show, Instant since) {
    var query =
        handle.createQuery(
            "SELECT id FROM batch WHERE "
                + switch (show) {
                  case STUCK -> STUCK + " ORDER BY last_activity, id";
                  case OPEN -> OPEN + " ORDER BY last_activity, id";
                  case FAILED -> "state IN ('FAILED', 'CANCELLED') ORDER BY last_activity DESC, id";
                });
    if (show == StuckBatches.Show.STUCK) {
      query.bind("since", Rows.time(since));
    }
    return query.map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  static List<Batch> findAll(Handle handle, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT * FROM batch WHERE id IN (<ids>)")
        .bindList("ids", ids.stream().map(UUID::toString).toList())
        .map((rs, ctx) -> BatchRows.batch(rs))
        .list();
  }
}
