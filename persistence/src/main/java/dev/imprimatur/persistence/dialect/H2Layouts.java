package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.Dialect.RowKey;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// One process has the file open, so its own lock keeps those who write the queue and who switches
/// its layout apart; and to look each time costs no round trip.
final class H2Layouts extends Layouts {
  private static final long PATIENCE_SECONDS = 2;

  private static final String COLUMNS = Dialect.JOB;

  private static final long GIVE_WAY_MILLIS = 1000;

  private volatile boolean single;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  @Override
  public QueueLayout enter(Handle handle, Consumer<Runnable> onEnd) {
    // Who writes already has the place of the one writer, which whoever switches may be waiting for
    // behind this lock. So nobody waits here for long: the transaction gives way and comes again.
    try {
      if (!lock.readLock().tryLock(GIVE_WAY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new StoreException.Transient("the queue's layout is being switched", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Transient("interrupted", e);
    }
    onEnd.accept(lock.readLock()::unlock);
    return inForce(handle);
  }

  @Override
  public QueueLayout lock(Handle handle, Consumer<Runnable> onEnd) {
    try {
      if (!lock.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException.Transient("somebody has been writing the queue for long", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Transient("interrupted", e);
    }
    onEnd.accept(lock.writeLock()::unlock);
    return inForce(handle);
  }

  @Override
  public void set(Handle handle, QueueLayout from, QueueLayout wanted) {
    if (from == QueueLayout.DUAL && wanted == QueueLayout.LEGACY) {
      // What heartbeats wrote in the new layout alone.
      handle.execute(
          """
          UPDATE legacy_job l SET (heartbeat_at, progress_at, progress, progress_text) = (
            SELECT j.heartbeat_at, j.progress_at, j.progress, j.progress_text FROM job j
            WHERE j.workspace_id = l.workspace_id AND j.id = l.id)
          WHERE l.status = 'RUNNING'
          """);
      handle.execute("UPDATE legacy_job SET copied = false WHERE copied");
      handle.execute("DELETE FROM job");
      handle.execute("DELETE FROM job_history");
    }
    if (wanted == QueueLayout.WORKSPACE) {
      handle.execute("DELETE FROM legacy_job");
    }
    handle.execute("UPDATE queue_layout SET layout = ?", wanted.code());
  }

  @Override
  public int backfill(Handle handle, int most) {
    List<RowKey> chosen =
        Plain.query(
            handle,
            "SELECT workspace_id, id FROM legacy_job WHERE NOT copied ORDER BY copied, seq LIMIT ?",
            statement -> statement.setInt(1, most),
            row -> new RowKey(row.getString(1), row.getObject(2, UUID.class)));
    // Row by row: with a LIMIT, H2 would lock every row that matches.
    List<RowKey> free =
        Plain.found(
            handle,
            "SELECT 1 FROM legacy_job WHERE id = ? AND NOT copied FOR UPDATE SKIP LOCKED",
            chosen,
            (statement, key) -> statement.setObject(1, key.id()));
    if (free.isEmpty()) {
      return 0;
    }
    each(handle, "UPDATE legacy_job SET copied = true WHERE id = ? AND NOT copied", free);
    each(
        handle,
        "INSERT INTO job ("
            + COLUMNS
            + ") SELECT "
            + COLUMNS
            + " FROM legacy_job WHERE id = ? AND finished_at IS NULL",
        free);
    String ended = COLUMNS + ", finished_at, result, diagnostics";
    each(
        handle,
        "INSERT INTO job_history ("
            + ended
            + ") SELECT "
            + ended
            + " FROM legacy_job WHERE id = ? AND finished_at IS NOT NULL",
        free);
    return free.size();
  }

  private static void each(Handle handle, String sql, List<RowKey> keys) {
    Plain.touching(handle, sql, keys, (statement, key) -> statement.setObject(1, key.id()));
  }

  @Override
  public QueueLayout inForce(Handle handle) {
    QueueLayout layout = super.inForce(handle);
    single = layout == QueueLayout.WORKSPACE;
    return layout;
  }

  @Override
  public boolean singleWrites() {
    return single;
  }
}
