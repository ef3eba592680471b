package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.JobKey;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Writes in the old layout what has just been written in the new one, in the same transaction: the
/// row there as it is now.
final class JobCopies {
  private static final String CHANGES =
      "status, priority, run_at, attempts, handed_back, started_at, finished_at, locked_by, heartbeat_at, progress_at,"
          + " progress, progress_text, cancel_requested, result, last_error, diagnostics";

  private static final String ALL =
      "workspace_id, id, seq, kind, payload, max_attempts, actor_id, client_request_id, retry_of, enqueued_at, "
          + CHANGES;

  private final JdbcTransaction tx;
  private final Handle handle;

  JobCopies(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  /// New jobs.
  void insert(Collection<JobKey> keys) {
    run(
        "INSERT INTO legacy_job ("
            + ALL
            + ", copied) SELECT "
            + ALL
            + ", true FROM job_all WHERE workspace_id = :workspace AND id = :id",
        keys);
  }

  /// Jobs whose rows have changed. One that never stood in the old layout is left alone.
  void update(Collection<JobKey> keys) {
    run(
        "UPDATE legacy_job l SET ("
            + CHANGES
            + ") = (SELECT "
            + CHANGES
            + " FROM job_all j WHERE j.workspace_id = l.workspace_id AND j.id = l.id)"
            + " WHERE l.workspace_id = :workspace AND l.id = :id",
        keys);
  }

  private void run(String sql, Collection<JobKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    tx.writesBoth(keys.stream().map(JobKey::workspaceId).distinct().toList());
    PreparedBatch batch = handle.prepareBatch(sql);
    for (JobKey key : keys) {
      batch.bind("workspace", key.workspaceId()).bind("id", key.id().toString()).add();
    }
    batch.execute();
  }
}
