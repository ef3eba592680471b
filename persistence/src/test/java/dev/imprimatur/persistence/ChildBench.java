package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.Sweeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// What child processes have in common that halt at a fault point: how they open the database, how
/// quickly they find what a dead one left, and how they end.
final class ChildBench {
  private final Bench bench;
  private final FaultPoints faults;

  private ChildBench(Bench bench, FaultPoints faults) {
    this.bench = bench;
    this.faults = faults;
  }

  /// Opens the database of a child.
  ///
  /// @param args URL, login (empty for the owner of a H2 file), fault point (or `none`)
  /// @param settings beside those that let a test be quick
  static ChildBench open(
      String[] args,
      Providers providers,
      Engine.Extensions extensions,
      Map<String, String> settings) {
    FaultPoints faults =
        args[2].equals("none") ? FaultPoints.NONE : haltAt(FaultPoint.ofCode(args[2]));
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "queue.stale-after",
                "1s",
                "queue.heartbeat-interval",
                "200ms",
                "sweep.heartbeat-interval",
                "100ms",
                // On a busy machine a living worker's jobs are taken for stale now and then; a job
                // that has been tried often must not wait for minutes.
                "queue.retry-base",
                "20ms",
                "queue.retry-longest",
                "500ms"));
    all.putAll(settings);
    return new ChildBench(
        Bench.on(database(args[0], args[1]), providers, extensions, faults, all), faults);
  }

  /// Opens a database as a login role, or as its owner where that is empty.
  static Database database(String url, String login) {
    return Database.open(
        new DatabaseConfig(
            url, login.isEmpty() ? null : login, login.isEmpty() ? null : "secret", "editor", 8));
  }

  private static FaultPoints haltAt(FaultPoint wanted) {
    return point -> {
      if (point == wanted) {
        // No hooks, no flushing, no closing: as a kill would.
        Runtime.getRuntime().halt(137);
      }
    };
  }

  Bench bench() {
    return bench;
  }

  /// Does the child's work beside a worker and a sweeper, and ends the process well.
  ///
  /// @param sweeps given where the process may die
  void run(Function<FaultPoints, List<Sweep>> sweeps, Runnable work) {
    WorkerOptions usual = bench.engine().workerOptions("child-" + UUID.randomUUID());
    Worker worker =
        bench
            .engine()
            .worker(
                new WorkerOptions(
                    usual.workerId(),
                    Set.of(),
                    List.of(),
                    4,
                    Duration.ofMillis(200),
                    Duration.ofMillis(200),
                    usual.staleAfter(),
                    usual.heartbeatInterval(),
                    usual.grace(),
                    0));
    Sweeper sweeper = bench.engine().sweeper("child", sweeps.apply(faults), Duration.ofMillis(50));
    sweeper.start();
    worker.start();
    work.run();
    worker.close();
    sweeper.close();
    bench.database().close();
    System.out.println("DONE");
  }
}
