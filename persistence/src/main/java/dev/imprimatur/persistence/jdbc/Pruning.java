package dev.imprimatur.persistence.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Deletes what has been kept long enough, oldest first.
final class Pruning {
  // What is pending or dead keeps its event.
  private static final String OUT =
      "SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id AND d.acked_at IS NULL AND d.skipped_at IS NULL";

  private final Handle handle;
  private final String lockRow;

  Pruning(JdbcTransaction tx) {
    this.handle = tx.handle();
    this.lockRow = tx.dialect().lockRow();
  }

  int jobs(Instant before, int limit) {
    record Key(String workspace, String id) {}

    List<Key> keys =
        handle
            .createQuery(
                """
                SELECT workspace_id, id FROM job
                WHERE finished_at < :before AND status IN ('COMPLETED', 'FAILED', 'CANCELLED')
                ORDER BY finished_at LIMIT :limit
                """)
            .bind("before", Rows.time(before))
            .bind("limit", limit)
            .map((rs, ctx) -> new Key(rs.getString(1), Rows.id(rs, "id").toString()))
            .list();
    PreparedBatch batch =
        handle.prepareBatch(
            "DELETE FROM job WHERE workspace_id = :workspace AND id = :id AND finished_at IS NOT NULL");
    keys.forEach(key -> batch.bind("workspace", key.workspace()).bind("id", key.id()).add());
    return keys.isEmpty() ? 0 : sum(batch.execute());
  }

  int events(Instant before, int limit) {
    List<UUID> chosen =
        handle
            .createQuery(
                """
                SELECT e.id FROM outbox_event e WHERE e.occurred_at < :before AND NOT EXISTS (
                """
                    + OUT
                    + ") ORDER BY e.occurred_at LIMIT :limit")
            .bind("before", Rows.time(before))
            .bind("limit", limit)
            .map((rs, ctx) -> Rows.id(rs, "id"))
            .list();
    if (chosen.isEmpty()) {
      return 0;
    }
    // One may be replayed at this moment: its consumers' inbox must stay then. Whoever replays
    // waits for these locks and finds nothing, or was first and is seen now.
    handle
        .createQuery(
            "SELECT event_id FROM outbox_delivery WHERE event_id = ANY (:ids) ORDER BY event_id, subscriber "
                + lockRow)
        .bindArray("ids", UUID.class, chosen.toArray())
        .map((rs, ctx) -> 1)
        .list();
    List<String> ids =
        handle
            .createQuery(
                "SELECT e.id FROM outbox_event e WHERE e.id = ANY (:ids) AND NOT EXISTS ("
                    + OUT
                    + ")")
            .bindArray("ids", UUID.class, chosen.toArray())
            .map((rs, ctx) -> Rows.id(rs, "id").toString())
            .list();
    if (ids.isEmpty()) {
      return 0;
    }
    each("DELETE FROM inbox WHERE event_id = :id", ids);
    each("DELETE FROM outbox_delivery WHERE event_id = :id", ids);
    return each("DELETE FROM outbox_event WHERE id = :id", ids);
  }

  private int each(String sql, List<String> ids) {
    PreparedBatch batch = handle.prepareBatch(sql);
    ids.forEach(id -> batch.bind("id", id).add());
    return sum(batch.execute());
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
