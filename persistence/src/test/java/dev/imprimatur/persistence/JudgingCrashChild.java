package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Skip;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.outbox.DeliveryState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A process in which a person judges a batch from wherever it stands to its end, skips once and
/// takes back once, and halts the JVM at a fault point. Done again, it goes on.
///
/// Arguments: URL, login, fault point.
public final class JudgingCrashChild {
  private static final UUID SKIP = UUID.fromString("5b2f0f0e-3a43-4c55-9d6c-5f2c9a1f7a10");

  private JudgingCrashChild() {}

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
    judge(
        Bench.on(
            database,
            Scripted.providers(),
            Engine.Extensions.NONE,
            point -> {
              if (point == wanted) {
                // No hooks, no flushing, no closing: as a kill would.
                Runtime.getRuntime().halt(137);
              }
            },
            Map.of("queue.stale-after", "1s", "queue.heartbeat-interval", "200ms")));
  }

  /// Judges to the end.
  static void judge(Bench bench) {
    bench.work();
    var desk = new BatchBench(bench);
    HumanDesk judging = bench.engine().assessment().judging();
    UUID batch =
        decided(desk.assessment().batches().create(BatchBench.of("k", Judging.HUMAN, 4, 8, 100)))
            .batch()
            .id();
    Awaitility.await("the batch's end")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          next(judging, batch).ifPresent(pair -> act(judging, batch, pair));
          Batch now = desk.find(batch);
          return now.terminal();
        });
    Awaitility.await("every delivery")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          boolean idle =
              bench.engine().queue().stats().byStatus().entrySet().stream()
                  .allMatch(e -> e.getKey().terminal() || e.getValue() == 0);
          return idle
              && bench.engine().outbox().counters().byState().get(DeliveryState.PENDING) == 0;
        });
  }

  private static Optional<ShownPair> next(HumanDesk judging, UUID batch) {
    return decided(judging.next(batch, Set.of()));
  }

  private static void act(HumanDesk judging, UUID batch, ShownPair pair) {
    JudgeTimes mine = judging.judges(batch).stream().findFirst().orElse(null);
    int answers = mine == null ? 0 : mine.answers();
    if (answers == 1 && mine.skips() == 0) {
      decided(judging.skip(new Skip(SKIP, pair.correlationId(), "a draft")));
      return;
    }
    UUID id = pair.correlationId();
    decided(judging.judge(new Given(id, Answer.FIRST, null, 1000L)));
    if (answers >= 2 && mine.withdrawn() == 0) {
      if (!(judging.undo(id) instanceof Decision.Decided<?>)) {
        throw new IllegalStateException("the last answer was not taken back");
      }
    }
  }
}
