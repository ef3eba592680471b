package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.sweep.Sweeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A process that carries two batches from wherever they stand to their end, and halts the JVM at a
/// fault point if it is told to: one by the local judge, one whose answers are lost until the
/// monitor has asked for them again. Started again, it goes on.
///
/// Arguments: URL, login, fault point (or `none`).
public final class BatchCrashChild {
  private BatchCrashChild() {}

  public static void main(String[] args) {
    FaultPoints faults =
        args[2].equals("none") ? FaultPoints.NONE : haltAt(FaultPoint.ofCode(args[2]));
    Database database =
        Database.open(
            new DatabaseConfig(
                args[0],
                args[1].isEmpty() ? null : args[1],
                args[1].isEmpty() ? null : "secret",
                "editor",
                8));
    Bench bench =
        Bench.on(database, Scripted.providers(), Engine.Extensions.NONE, faults, settings());
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
    Sweeper sweeper =
        bench
            .engine()
            .sweeper(
                "child",
                Assessment.sweeps(database.automation(), bench.engine().settings(), faults),
                Duration.ofMillis(50));
    sweeper.start();
    worker.start();
    carry(bench);
    worker.close();
    sweeper.close();
    database.close();
    System.out.println("DONE");
  }

  private static Map<String, String> settings() {
    return Map.of(
        "queue.stale-after",
        "1s",
        "queue.heartbeat-interval",
        "200ms",
        "sweep.heartbeat-interval",
        "100ms",
        "queue.retry-base",
        "20ms",
        "queue.retry-longest",
        "500ms",
        "assessment.stuck-after",
        "1s",
        "assessment.stuck-interval",
        "1s",
        "assessment.rerequest-limit",
        "100");
  }

  private static FaultPoints haltAt(FaultPoint wanted) {
    return point -> {
      if (point == wanted) {
        // No hooks, no flushing, no closing: as a kill would.
        Runtime.getRuntime().halt(137);
      }
    };
  }

  private static void carry(Bench bench) {
    var desk = new BatchBench(bench);
    UUID local = make(desk, "local", Judging.LOCAL);
    UUID outside = make(desk, "outside", Judging.EXTERNAL);
    until(() -> desk.find(outside).terminal() || desk.find(outside).progress().rerequests() > 0);
    until(() -> {
      for (Comparison pair : desk.outstanding(outside)) {
        desk.answer(pair.correlationId(), Answer.SECOND);
      }
      return desk.find(outside).terminal() && desk.find(local).terminal();
    });
    until(() -> {
      boolean idle =
          bench.engine().queue().stats().byStatus().entrySet().stream()
              .allMatch(e -> e.getKey().terminal() || e.getValue() == 0);
      return idle && bench.engine().outbox().counters().byState().get(DeliveryState.PENDING) == 0;
    });
  }

  private static UUID make(BatchBench desk, String key, Judging judging) {
    var wanted = BatchBench.graded(BatchBench.of(key, judging, 5, 12, 80));
    Batch batch = decided(desk.assessment().batches().create(wanted)).batch();
    return batch.id();
  }

  private static void until(java.util.concurrent.Callable<Boolean> done) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(done);
  }
}
