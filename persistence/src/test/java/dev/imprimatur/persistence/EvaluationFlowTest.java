package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalation.Reason;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// From a text to its scores, hard stops and escalations (review.md), on both databases.
class EvaluationFlowTest {
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
    @Test
    void scoresEveryPartAndCompletes() {
      RunResult result = bench.evaluate("a", "Fine text.");
      assertThat(result.run().status()).isEqualTo(EvaluationRun.Status.COMPLETED);
      assertThat(result.run().aiDetectorAvg()).isEqualByComparingTo("90");
      assertThat(result.run().aeoAvg()).isEqualByComparingTo("80");
      assertThat(result.parts())
          .extracting(RunPart::name)
          .containsExactly("d1", "d2", "d3", "how to", "what is", "best practices");
      assertThat(result.hardStops()).isEmpty();
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void importsUnchangedTextOnce() {
      assertThat(bench.reimport("a", "One.")).isEqualTo(Articles.Imported.How.NEW);
      assertThat(bench.reimport("a", "One.")).isEqualTo(Articles.Imported.How.UNCHANGED);
      assertThat(bench.reimport("a", "Two.")).isEqualTo(Articles.Imported.How.NEW_VERSION);
    }

    @Test
    void evaluatesOnceUnlessForced() {
      RunResult first = bench.evaluate("a", "Text.");
      Version version =
          bench.engine().review().articles().version(first.run().versionId()).orElseThrow();
      assertThat(bench.evaluate(version, false).run().id()).isEqualTo(first.run().id());
      assertThat(bench.evaluate(version, true).run().id()).isNotEqualTo(first.run().id());
    }

    @Test
    void thresholdsAreExclusive() {
      assertThat(stops("exactly", "ai=0.3 aeo=60 ")).isEmpty();
      assertThat(stops("below", "ai=0.31 aeo=59.9 "))
          .containsExactlyInAnyOrder(Reason.LIKELY_AI_GENERATED, Reason.POOR_QUALITY);
    }

    @Test
    void dropOfTenIsNoRegressionAndMoreIs() {
      bench.evaluate("a", "ai=0.10 aeo=90 ");
      assertThat(stops("a", "ai=0.20 aeo=80 ")).isEmpty();
      assertThat(stops("a", "ai=0.20 aeo=69.99 ")).containsExactly(Reason.SCORE_REGRESSION);
      Escalation e =
          bench
              .engine()
              .review()
              .escalations()
              .list(Escalation.Status.PENDING, 10)
              .getFirst()
              .row()
              .escalation();
      assertThat(e.details().path("metrics").path("aeo_avg").path("drop").decimalValue())
          .isEqualByComparingTo("10.01");
      assertThat(e.details().path("comparable").asBoolean()).isTrue();
      assertThat(e.details().path("basis").asString()).isEqualTo("previous_completed_run");
      assertThat(e.details().path("intents").path("how to").path("drop").decimalValue())
          .isEqualByComparingTo("10.01");
    }

    @Test
    void baselineIsTheLastApprovedVersion() {
      RunResult good = bench.evaluate("a", "aeo=95 ");
      decided(
          bench.engine().review().approvals().approve(good.run().versionId(), null, null, null));
      decided(bench.engine().review().approvals().revoke(good.run().articleId(), null, "a test"));
      bench.evaluate("a", "aeo=86 ");
      assertThat(stops("a", "aeo=80 ")).containsExactly(Reason.SCORE_REGRESSION);
    }

    @Test
    void otherModelsAreMarkedNotComparable() {
      bench.evaluate("a", "aeo=95 ");
      bench.close();
      bench =
          Bench.on(
              database.open(),
              Scripted.providers("2", Scripted.rewriter()),
              Engine.Extensions.NONE,
              FaultPoints.NONE);
      bench.work();
      RunResult result = bench.evaluate("a", "aeo=70 ");
      assertThat(result.hardStops()).hasSize(1);
      assertThat(result.hardStops().getFirst().details().path("comparable").asBoolean()).isFalse();
    }

    @Test
    void failedPartsMakeAPartialFailureAndTheRunGoesOn() {
      RunResult result = bench.evaluate("a", "fail=d2 ai=0.2 ");
      assertThat(result.run().status()).isEqualTo(EvaluationRun.Status.PARTIAL_FAILURE);
      assertThat(result.missing()).containsExactly("detector:d2");
      assertThat(result.run().aiDetectorAvg()).isEqualByComparingTo("80");
      assertThat(result.parts().get(1).note()).contains("was told to fail");
    }

    @Test
    void allPartsFailedIsFailed() {
      RunResult result =
          bench.evaluate(
              "a", "fail=d1 fail=d2 fail=d3 fail=how-to fail=what-is fail=best-practices ");
      assertThat(result.run().status()).isEqualTo(EvaluationRun.Status.FAILED);
      assertThat(result.run().aiDetectorAvg()).isNull();
      assertThat(result.hardStops()).isEmpty();
    }

    @Test
    void approvalInForceOverridesScoreBasedStops() {
      RunResult good = bench.evaluate("a", "aeo=95 ");
      Approvals.Standing approval =
          decided(
              bench
                  .engine()
                  .review()
                  .approvals()
                  .approve(good.run().versionId(), null, "fine", null));
      RunResult bad = bench.evaluate("a", "ai=0.9 aeo=10 ");
      assertThat(bad.hardStops()).hasSize(3);
      assertThat(bad.hardStops())
          .extracting(HardStop::overriddenBy)
          .containsOnly(approval.approval().id());
      assertThat(bench.engine().review().escalations().list(null, 10)).isEmpty();
      assertThat(
              bench
                  .engine()
                  .review()
                  .approvals()
                  .latest(good.run().articleId())
                  .orElseThrow()
                  .stale())
          .containsExactly("the text has changed: version 2 is newer");
    }

    @Test
    void raisingAgainFindsThePendingOne() {
      RunResult first = bench.evaluate("a", "aeo=10 ");
      Version version =
          bench.engine().review().articles().version(first.run().versionId()).orElseThrow();
      RunResult second = bench.evaluate(version, true);
      assertThat(second.hardStops().getFirst().escalationId())
          .isEqualTo(first.hardStops().getFirst().escalationId());
      assertThat(bench.engine().review().escalations().list(null, 10)).hasSize(1);
    }

    private Set<Reason> stops(String source, String body) {
      return bench.evaluate(source, body).hardStops().stream()
          .map(HardStop::reason)
          .collect(Collectors.toSet());
    }
  }
}
