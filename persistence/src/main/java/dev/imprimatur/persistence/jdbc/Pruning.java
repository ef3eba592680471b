package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.QueueLayout;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Deletes what has been kept long enough.
final class Pruning {
  // What is pending or dead keeps its event.
  private static final String OUT =
      "SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id AND d.acked_at IS NULL AND d.skipped_at IS NULL";

  private final JdbcTransaction tx;
  private final Handle handle;
  private final String lockRow;

  Pruning(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.lockRow = tx.dialect().lockRow();
  }

  /// With the keys under which they were enqueued, so that these may be used again.
  int jobs(Instant before, int limit) {
    QueueLayout layout = tx.layout();
    int pruned = layout == QueueLayout.LEGACY ? 0 : jobs("job_history", "", layout, before, limit);
    return layout == QueueLayout.WORKSPACE || pruned >= limit
        ? pruned
        : pruned + jobs("legacy_job", " AND NOT copied", layout, before, limit - pruned);
  }

  private int jobs(String table, String only, QueueLayout layout, Instant before, int limit) {
    record Key(String workspace, String id) {}

    List<Key> keys =
        handle
            .createQuery(
                "SELECT workspace_id, id FROM "
                    + table
                    + " WHERE finished_at < :before"
                    + only
                    + " LIMIT :limit")
            .bind("before", Rows.time(before))
            .bind("limit", limit)
            .map((rs, ctx) -> new Key(rs.getString(1), Rows.id(rs, "id").toString()))
            .list();
    if (keys.isEmpty()) {
      return 0;
    }
    PreparedBatch requests =
        handle.prepareBatch(
            "DELETE FROM job_request WHERE workspace_id = :workspace AND job_id = :id");
    PreparedBatch jobs =
        handle.prepareBatch(
            "DELETE FROM " + table + " WHERE workspace_id = :workspace AND id = :id" + only);
    PreparedBatch copies =
        handle.prepareBatch(
            "DELETE FROM legacy_job WHERE id = :id AND copied AND finished_at IS NOT NULL");
    for (Key key : keys) {
      copies.bind("id", key.id()).add();
      requests.bind("workspace", key.workspace()).bind("id", key.id()).add();
      jobs.bind("workspace", key.workspace()).bind("id", key.id()).add();
    }
    requests.execute();
    if (layout == QueueLayout.DUAL) {
      copies.execute();
    }
    return sum(jobs.execute());
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
