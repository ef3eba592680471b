package dev.imprimatur.fxml.task;

import dev.imprimatur.engine.queue.WakeUps;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Carries the engine's bell to the FX thread. However often it rings, no more than one call waits
/// there, and no more than ten a second are made.
public final class FxEventBridge implements AutoCloseable {
  private static final long UNASKED_MILLIS = 700;
  private static final long REST_MILLIS = 100;

  private final WakeUps wakeUps;
  private final Executor ui;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean closed;

  /// @param ui runs what it is given on the FX thread, later
  public FxEventBridge(WakeUps wakeUps, Executor ui) {
    this.wakeUps = wakeUps;
    this.ui = ui;
  }

  /// Begins to listen.
  public void start() {
    Thread.ofPlatform().name("fx-events").daemon(true).start(this::listen);
  }

  /// Calls back on the FX thread when there may be something new, and about once a second unasked:
  /// the bell is rung for work that is left to workers, and not every change leaves any.
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
        wakeUps.await(seen, UNASKED_MILLIS);
        seen = wakeUps.count();
        pulse();
        Thread.sleep(REST_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pulse() {
    if (!closed && waiting.compareAndSet(false, true)) {
      ui.execute(() -> {
        waiting.set(false);
        listeners.forEach(Runnable::run);
      });
    }
  }
}
