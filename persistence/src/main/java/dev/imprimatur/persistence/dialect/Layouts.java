package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.DualWriteListener;
import dev.imprimatur.engine.store.StoreException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Which layout of the queue is in force, so that nobody writes by an outdated idea of it.
public abstract class Layouts {
  static final String IN_FORCE = "SELECT layout FROM queue_layout";

  /// The SQL state of a write by another layout than the one in force.
  static final String OUTDATED = "IL001";

  private volatile DualWriteListener listener = DualWriteListener.NONE;

  /// Told of what is written twice.
  public final DualWriteListener listener() {
    return listener;
  }

  /// Sets who is told.
  public final void listen(DualWriteListener told) {
    listener = told;
  }

  /// Takes part in the queue's layout: until the transaction ends it is not switched, or else its
  /// writes are refused and repeated. Costs no round trip in the layout `workspace`.
  ///
  /// @param onEnd takes what must be done when the transaction has ended
  public abstract QueueLayout enter(Handle handle, Consumer<Runnable> onEnd);

  /// Looks which layout is in force now.
  public QueueLayout inForce(Handle handle) {
    // Plain, as who runs in one statement may look without its counting.
    return Plain.query(handle, IN_FORCE, statement -> {}, row -> of(row.getString(1))).getFirst();
  }

  /// Waits until nobody writes the queue, and keeps it so until the transaction ends.
  public abstract QueueLayout lock(Handle handle, Consumer<Runnable> onEnd);

  /// Takes a step under the lock, and deletes what the layout that is left behind has.
  public abstract void set(Handle handle, QueueLayout from, QueueLayout wanted);

  /// Copies jobs that stand in the old layout alone.
  public abstract int backfill(Handle handle, int most);

  /// Whether one write of the queue is one statement, as far as is known.
  public abstract boolean singleWrites();

  /// Says that what is known is outdated.
  public void forget() {
    // Most look anew each time.
  }

  /// What makes a transaction be repeated.
  public final StoreException outdated() {
    forget();
    return new StoreException.Transient("the queue's layout has changed", null);
  }

  static QueueLayout of(String code) {
    return QueueLayout.of(code)
        .orElseThrow(() -> new IllegalStateException("unknown layout of the queue: " + code));
  }
}
