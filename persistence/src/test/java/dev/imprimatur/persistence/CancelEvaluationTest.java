package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunProgress;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Calling an evaluation off, on both databases.
class CancelEvaluationTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BenchContract {
    private final Scripted.Gate gate = new Scripted.Gate();

    @Override
    Bench bench(Database open) {
      return Bench.on(open, Scripted.providers(gate), Engine.Extensions.NONE, FaultPoints.NONE);
    }

    @Override
    @AfterEach
    void closeBench() {
      gate.open();
      super.closeBench();
    }

    private UUID ask(Version version) {
      return decided(bench.engine().review().evaluations().request(version.id(), true)).runId();
    }

    @Test
    void whatWaitsEndsAtOnce() {
      UUID run = ask(bench.store("a", "Text."));
      RunResult ended = decided(bench.engine().review().evaluations().cancel(run));
      assertThat(ended.run().status()).isEqualTo(EvaluationRun.Status.FAILED);
      assertThat(ended.parts())
          .allMatch(p -> p.status() == RunPart.Status.FAILED)
          .allMatch(p -> ("cancelled by " + ended.run().requestedBy()).equals(p.note()));
      assertThat(database.count("SELECT count(*) FROM job_all WHERE status = 'CANCELLED'"))
          .isEqualTo(6);
      assertThat(refused(bench.engine().review().evaluations().cancel(run))).isEqualTo("run_ended");
      assertThat(refused(bench.engine().review().evaluations().cancel(UUID.randomUUID())))
          .isEqualTo("not_found");
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
      // Nothing stands in the way of evaluating it again.
      bench.work();
      RunResult again = bench.await(ask(version(run)));
      assertThat(again.run().status()).isEqualTo(EvaluationRun.Status.COMPLETED);
    }

    @Test
    void whatRunsIsAskedToStopAndItsAnswerIsDropped() {
      bench.work(6);
      UUID run = ask(bench.store("a", "wait=d1 wait=d2 "));
      await().until(() -> gate.waiting() == 2 && out(run) == 2);
      RunProgress progress =
          bench.engine().review().evaluations().progress(List.of(run, UUID.randomUUID())).get(run);
      assertThat(progress).isEqualTo(new RunProgress(run, EvaluationRun.Status.IN_PROGRESS, 4, 6));
      RunResult ended = decided(bench.engine().review().evaluations().cancel(run));
      assertThat(ended.run().status()).isEqualTo(EvaluationRun.Status.PARTIAL_FAILURE);
      assertThat(ended.missing()).containsExactly("detector:d1", "detector:d2");
      // Their threads come free without an answer, and nothing of theirs is taken in.
      await().atMost(Duration.ofSeconds(20)).until(() -> gate.waiting() == 0);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              database.count("SELECT count(*) FROM job WHERE status IN ('PENDING', 'RUNNING')")
                  == 0);
      assertThat(bench.engine().review().evaluations().result(run)).contains(ended);
    }

    @Test
    void againstPartsThatEndTheRunEndsOnce() throws Exception {
      bench.work(4);
      List<UUID> runs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Version version = bench.store("a" + i, "Text " + i + ".");
        UUID run = ask(version);
        runs.add(run);
        // Two cancel at once while the worker is at it; one may find that the run has ended.
        Together.run(2, index -> bench.engine().review().evaluations().cancel(run));
      }
      for (UUID run : runs) {
        RunResult ended = bench.await(run);
        assertThat(ended.parts()).noneMatch(p -> p.status() == RunPart.Status.PENDING);
      }
      await()
          .until(() ->
              database.count("SELECT count(*) FROM job WHERE status IN ('PENDING', 'RUNNING')")
                  == 0);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'evaluation.finalised'"))
          .isEqualTo(12);
      assertThat(database.count("SELECT count(*) FROM run_fan_in WHERE remaining <> 0")).isZero();
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    private long out(UUID run) {
      return bench.engine().review().evaluations().result(run).orElseThrow().parts().stream()
          .filter(p -> p.status() == RunPart.Status.PENDING)
          .count();
    }

    private Version version(UUID run) {
      UUID id = bench.engine().review().evaluations().result(run).orElseThrow().run().versionId();
      return bench.engine().review().articles().version(id).orElseThrow();
    }
  }
}
