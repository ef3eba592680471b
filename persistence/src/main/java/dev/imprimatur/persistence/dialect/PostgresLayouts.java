package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.queue.QueueLayout;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What this process last saw, and the server's guards against its being outdated (V012). In the
/// layout `workspace` nothing is said and nothing asked.
final class PostgresLayouts extends Layouts {
  private volatile @Nullable QueueLayout known;

  @Override
  public QueueLayout enter(Handle handle, Consumer<Runnable> onEnd) {
    QueueLayout layout = known;
    if (layout == null) {
      layout = inForce(handle);
    }
    if (layout != QueueLayout.WORKSPACE) {
      String code = layout.code();
      Plain.query(
          handle,
          "SELECT imprimatur_work_in_layout(?)",
          statement -> statement.setString(1, code),
          row -> code);
    }
    return layout;
  }

  @Override
  public QueueLayout inForce(Handle handle) {
    QueueLayout layout = super.inForce(handle);
    known = layout;
    return layout;
  }

  @Override
  public QueueLayout lock(Handle handle, Consumer<Runnable> onEnd) {
    onEnd.accept(this::forget);
    return Plain.query(
            handle,
            "SELECT imprimatur_lock_queue_layout()",
            statement -> {},
            row -> of(row.getString(1)))
        .getFirst();
  }

  @Override
  public void set(Handle handle, QueueLayout from, QueueLayout wanted) {
    Plain.query(
        handle,
        "SELECT imprimatur_set_queue_layout(?)",
        statement -> statement.setString(1, wanted.code()),
        row -> wanted);
  }

  @Override
  public int backfill(Handle handle, int most) {
    return Plain.query(
            handle,
            "SELECT imprimatur_backfill_jobs(?)",
            statement -> statement.setInt(1, most),
            row -> row.getInt(1))
        .getFirst();
  }

  @Override
  public boolean singleWrites() {
    return known == QueueLayout.WORKSPACE;
  }

  @Override
  public void forget() {
    known = null;
  }
}
