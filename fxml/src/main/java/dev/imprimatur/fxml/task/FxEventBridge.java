package dev.imprimatur.fxml.task;

import dev.imprimatur.engine.queue.WakeUps;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries changes of the database to the FX thread. The engine's bell says that there may be
/// something new; not every change rings it, so the database's mark of change is looked at as well.
/// However much changes, no more than one call waits on the FX thread, and no more than five a
/// second are made.
public final class FxEventBridge implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;
  private static final long REST_MILLIS = 200;

  /// What depends on the time alone, such as a claim that runs out, is seen this late.
  private static final long UNASKED_NANOS = 20_000_000_000L;

  private final WakeUps wakeUps;
  private final Supplier<String> mark;
  private final Executor ui;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private @Nullable String seenMark;
  private long lastPulse = System.nanoTime();
  private volatile boolean closed;

  /// @param mark equal to what it was before as long as nothing has changed; called away from the
  ///   FX thread; it may throw, and then whoever listens looks for himself
  /// @param ui runs what it is given on the FX thread, later
  public FxEventBridge(WakeUps wakeUps, Supplier<String> mark, Executor ui) {
    this.wakeUps = wakeUps;
    this.mark = mark;
    this.ui = ui;
  }

  /// Begins to listen.
  public void start() {
    Thread.ofPlatform().name("fx-events").daemon(true).start(this::listen);
  }

  /// Calls back on the FX thread when something has changed, within a second.
  public void subscribe(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    wakeUps.ring();
  }

  private void listen() {
    long seen = wakeUps.count();
    try {
      while (!closed) {
        wakeUps.await(seen, LOOK_MILLIS);
        seen = wakeUps.count();
        if (changed() || System.nanoTime() - lastPulse > UNASKED_NANOS) {
          pulse();
        }
        Thread.sleep(REST_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean changed() {
    if (closed) {
      return false;
    }
    try {
      String now = mark.get();
      boolean other = !now.equals(seenMark);
      seenMark = now;
      return other;
    } catch (RuntimeException e) {
      seenMark = null;
      return true;
    }
  }

  private void pulse() {
    lastPulse = System.nanoTime();
    if (!closed && waiting.compareAndSet(false, true)) {
      ui.execute(() -> {
        waiting.set(false);
        listeners.forEach(Runnable::run);
      });
    }
  }
}
