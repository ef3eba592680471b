package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// A process that brings evidence, reads a brand's board, waits for it, and halts the JVM at a
/// fault point. Done again, it goes on.
///
/// Arguments: URL, login, fault point, folder.
public final class BoardCrashChild {
  private BoardCrashChild() {}

  public static void main(String[] args) {
    FaultPoint wanted = FaultPoint.ofCode(args[2]);
    Database database =
        Database.open(
            new DatabaseConfig(
                args[0],
                args[1].isEmpty() ? null : args[1],
                args[1].isEmpty() ? null : "secret",
                TestDatabase.EDITOR_A,
                8));
    board(
        bench(
            database,
            point -> {
              if (point == wanted) {
                // No hooks, no flushing, no closing: as a kill would.
                Runtime.getRuntime().halt(137);
              }
            }),
        Path.of(args[3]));
  }

  /// A bench that soon presumes a worker dead.
  static Bench bench(Database database, FaultPoints faults) {
    return Bench.on(
        database,
        Scripted.providers(),
        Engine.Extensions.NONE,
        faults,
        Map.of("queue.stale-after", "1s", "board.attempts", "2"));
  }

  /// Goes to the end.
  static BoardView board(Bench bench, Path folder) {
    Engine engine = bench.engine();
    try (Worker worker =
        engine.worker(
            engine
                .workerOptions("worker-" + UUID.randomUUID())
                .withConcurrency(1)
                .withStaleCheckInterval(Duration.ofMillis(500)))) {
      worker.start();
      var desk = new BoardBench(bench, folder);
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(10));
      desk.boards().read(brand.id());
      return desk.settled(brand);
    }
  }
}
