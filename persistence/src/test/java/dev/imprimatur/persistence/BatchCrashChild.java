package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.outbox.DeliveryState;
import java.time.Duration;
import java.util.Map;
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
    ChildBench child =
        ChildBench.open(
            args,
            Scripted.providers(),
            Engine.Extensions.NONE,
            Map.of(
                "assessment.stuck-after",
                "1s",
                "assessment.stuck-interval",
                "1s",
                "assessment.rerequest-limit",
                "100"));
    Bench bench = child.bench();
    child.run(
        faults ->
            Assessment.sweeps(bench.database().automation(), bench.engine().settings(), faults),
        () -> carry(bench));
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
