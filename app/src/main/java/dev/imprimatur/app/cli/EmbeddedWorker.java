package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.WorkerNames;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.setting.Keys;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A worker for as long as a command waits for what it asked for.
final class EmbeddedWorker implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final Engine engine;
  private final Worker worker;

  private EmbeddedWorker(Engine engine, Worker worker) {
    this.engine = engine;
    this.worker = worker;
  }

  /// Starts one that serves only these kinds of job.
  static EmbeddedWorker start(Engine engine, Context context, Collection<String> kinds) {
    WorkerOptions usual = engine.workerOptions(WorkerNames.next(context.around().environment()));
    Duration stale = engine.settings().get(Keys.STALE_AFTER);
    // What a process that died has left of the work asked for is looked for often: somebody waits.
    Duration check = Duration.ofMillis(Math.clamp(stale.toMillis() / 2, 500, 30_000));
    var options =
        new WorkerOptions(
            usual.workerId(),
            Set.copyOf(kinds),
            usual.workspaces(),
            usual.concurrency(),
            Duration.ofSeconds(1),
            check,
            stale,
            usual.heartbeatInterval(),
            usual.grace(),
            0);
    var worker = engine.worker(options);
    worker.start();
    return new EmbeddedWorker(engine, worker);
  }

  /// Waits until the work is done or the user wants to stop.
  ///
  /// @return whether it is done
  boolean await(BooleanSupplier done, Interrupts interrupts) {
    try {
      while (!done.getAsBoolean()) {
        if (interrupts.requested()) {
          return false;
        }
        long seen = engine.wakeUps().count();
        engine.wakeUps().await(seen, LOOK_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
