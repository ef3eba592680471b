package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalation.Reason;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Content review (review.md) from end to end, on both databases.
class ReviewFlowTest {
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

    @Test
    void approvalWaitsForEscalationsUnlessResolvedInTheSameDecision() {
      RunResult bad = bench.evaluate("a", "aeo=10 ");
      var approvals = bench.engine().review().approvals();
      assertThat(refused(approvals.approve(bad.run().versionId(), null, null, null)))
          .isEqualTo("escalations_pending");
      var contradiction = new Approvals.Resolving(Escalation.Outcome.REJECTED, "no");
      assertThat(refused(approvals.approve(bad.run().versionId(), null, null, contradiction)))
          .isEqualTo("rejected_is_not_approved");
      // One that was raised after the reviewer looked is not closed unseen.
      var unseen = new Approvals.Resolving(Escalation.Outcome.OVERRIDE, "good enough", Set.of());
      assertThat(refused(approvals.approve(bad.run().versionId(), null, null, unseen)))
          .isEqualTo("escalation_unseen");
      assertThat(bench.engine().counts().pendingEscalations()).isOne();
      decided(
          approvals.approve(
              bad.run().versionId(),
              null,
              null,
              new Approvals.Resolving(Escalation.Outcome.OVERRIDE, "good enough")));
      Escalation e =
          bench.engine().review().escalations().ofVersion(bad.run().versionId()).getFirst();
      assertThat(e.status()).isEqualTo(Escalation.Status.RESOLVED);
      assertThat(e.resolution().outcome()).isEqualTo(Escalation.Outcome.OVERRIDE);
      assertThat(refused(approvals.approve(bad.run().versionId(), null, null, null)))
          .isEqualTo("already_approved");
    }

    @Test
    void aRefusedApprovalChangesNothing() {
      RunResult bad = bench.evaluate("a", "ai=0.9 aeo=10 ");
      try (Bench other = elsewhere("editor b")) {
        var escalations = bench.engine().review().escalations().ofVersion(bad.run().versionId());
        decided(other.engine().review().escalations().claim(escalations.getLast().id(), null));
        assertThat(
                refused(
                    bench
                        .engine()
                        .review()
                        .approvals()
                        .approve(
                            bad.run().versionId(),
                            null,
                            null,
                            new Approvals.Resolving(Escalation.Outcome.OVERRIDE, "fine"))))
            .isEqualTo("claimed_by_other");
        assertThat(bench.engine().review().escalations().list(Escalation.Status.PENDING, 10))
            .hasSize(2);
      }
    }

    @Test
    void anEditMakesTheNextVersion() {
      Version v1 = bench.store("a", "First line.\n");
      var articles = bench.engine().review().articles();
      long seen = articles.find(v1.articleId()).orElseThrow().revision();
      assertThat(decided(articles.edit(v1.articleId(), seen, "Better", "Second line.\n")).number())
          .isEqualTo(2);
      assertThat(articles.edit(v1.articleId(), seen, "Late", "x"))
          .isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(articles.edit(v1.articleId(), null, "Better", "Second line.\n")))
          .isEqualTo("unchanged");
    }

    @Test
    void whoIsToldWhatHappenedIsToldWhatRaisedTheRevision() {
      RunResult bad = bench.evaluate("a", "aeo=10 ");
      UUID id = Objects.requireNonNull(bad.hardStops().getFirst().escalationId());
      var desk = bench.engine().review().escalations();
      decided(desk.resolve(id, null, Escalation.Outcome.FIXED, "done"));
      decided(desk.comment(id, "a remark after the end"));
      Decision<?> late = desk.resolve(id, null, Escalation.Outcome.REJECTED, "late");
      assertThat(((Decision.AlreadyDecided<?>) late).what()).startsWith("escalation.resolved");
    }

    @Test
    void aRevisionThatNeverWasIsRefusedAsSuch() {
      RunResult bad = bench.evaluate("a", "aeo=10 ");
      UUID id = Objects.requireNonNull(bad.hardStops().getFirst().escalationId());
      var desk = bench.engine().review().escalations();
      assertThat(refused(desk.claim(id, 99L))).isEqualTo("no_such_revision");
      assertThat(
              refused(bench.engine().review().approvals().revoke(bad.run().articleId(), 99L, "x")))
          .isEqualTo("no_such_revision");
      assertThat(refused(desk.snooze(id, null, Duration.ZERO))).isEqualTo("no_time");
      assertThat(decided(desk.snooze(id, 1L, Duration.ofHours(1))).snoozed()).isTrue();
    }

    @Test
    void anInsertionMergesUnlessItsNeighboursHaveChanged() {
      Version v1 = bench.store("a", "One.\n\nTwo.\n");
      RewriteSuggestion s = rewritten(v1.id());
      bench.store("a", "One.\n\nTwo changed.\n");
      var suggestions = bench.engine().review().suggestions();
      assertThat(refused(suggestions.accept(s.id(), null, null, IfMovedOn.MERGE)))
          .isEqualTo("does_not_merge");
      assertThat(
              decided(suggestions.accept(s.id(), null, Set.of(1), IfMovedOn.MERGE))
                  .version()
                  .body())
          .isEqualTo("One. Bettered.\n\nTwo changed.\n");
    }

    /// Another person at the same database.
    private Bench elsewhere(String person) {
      return kind() == TestDatabase.Kind.POSTGRES
          ? Bench.on(database.openAs(TestDatabase.EDITOR_B))
          : Bench.on(database.openAs(person));
    }

    @Test
    void revocationNeedsAReasonAndAnApproval() {
      RunResult good = bench.evaluate("a", "Text.");
      var approvals = bench.engine().review().approvals();
      assertThat(refused(approvals.revoke(good.run().articleId(), null, "because")))
          .isEqualTo("not_approved");
      decided(approvals.approve(good.run().versionId(), null, null, null));
      assertThat(refused(approvals.revoke(good.run().articleId(), null, " ")))
          .isEqualTo("reason_required");
      Approvals.Standing revoked =
          decided(approvals.revoke(good.run().articleId(), null, "a mistake"));
      assertThat(revoked.approval().inForce()).isFalse();
      assertThat(revoked.approval().revocation().reason()).isEqualTo("a mistake");
    }

    @Test
    void decisionsOnAnOldRevisionSayWhoDidWhat() {
      RunResult bad = bench.evaluate("a", "aeo=10 ");
      UUID id = bad.hardStops().getFirst().escalationId();
      var desk = bench.engine().review().escalations();
      long seen = desk.find(id).orElseThrow().row().escalation().revision();
      decided(desk.claim(id, seen));
      Decision<?> late = desk.resolve(id, seen, Escalation.Outcome.FALSE_ALARM, "late");
      assertThat(late).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(((Decision.AlreadyDecided<?>) late).what()).startsWith("escalation.claimed");
      assertThat(((Decision.AlreadyDecided<?>) late).by()).isNotBlank();
      decided(desk.comment(id, "looks odd"));
      decided(desk.release(id, null));
      decided(desk.snooze(id, null, Duration.ofMinutes(5)));
      decided(desk.resolve(id, null, Escalation.Outcome.FALSE_ALARM, "the scale is wrong"));
      assertThat(desk.resolve(id, null, Escalation.Outcome.FIXED, "again"))
          .isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(desk.find(id).orElseThrow().comments())
          .extracting(Escalation.Comment::text)
          .containsExactly("looks odd");
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void rewriteIsASuggestionUntilAPersonAcceptsIt() {
      RunResult run = bench.evaluate("a", "First line.\n\nSecond line.\n\nThird line.\n");
      RewriteSuggestion s = rewritten(run.run().versionId());
      var rewrites = bench.engine().review().rewrites();
      assertThat(rewrites.suggestion(s.id()).orElseThrow().hunks()).hasSize(3);
      assertThat(bench.engine().review().articles().versions(run.run().articleId())).hasSize(1);
      var accepted =
          decided(
              bench
                  .engine()
                  .review()
                  .suggestions()
                  .accept(s.id(), s.revision(), Set.of(1, 3), IfMovedOn.REFUSE));
      assertThat(accepted.version().body())
          .isEqualTo("First line. Bettered.\n\nSecond line.\n\nThird line. Bettered.\n");
      assertThat(accepted.version().number()).isEqualTo(2);
      assertThat(accepted.suggestion().decision().hunks()).isEqualTo("1,3");
      assertThat(bench.engine().review().suggestions().reject(s.id(), null, "late"))
          .isInstanceOf(Decision.AlreadyDecided.class);
    }

    @Test
    void aTextImportedAgainDoesNotSetBackAnAcceptedRewrite() {
      Version v1 = bench.store("a", "First line.\n");
      RewriteSuggestion s = rewritten(v1.id());
      decided(bench.engine().review().suggestions().accept(s.id(), null, null, IfMovedOn.REFUSE));
      assertThat(bench.reimport("a", "First line.\n")).isEqualTo(Articles.Imported.How.UNCHANGED);
    }

    @Test
    void aMovedOnArticleIsAConflictThatThePersonDecides() {
      Version v1 = bench.store("a", "First line.\n\nSecond line.\n");
      RewriteSuggestion s = rewritten(v1.id());
      bench.store("a", "First line.\n\nA new line.\n\nSecond line.\n");
      var suggestions = bench.engine().review().suggestions();
      assertThat(refused(suggestions.accept(s.id(), null, null, IfMovedOn.REFUSE)))
          .isEqualTo("moved_on");
      var merged = decided(suggestions.accept(s.id(), null, null, IfMovedOn.MERGE));
      assertThat(merged.version().body())
          .isEqualTo("First line. Bettered.\n\nA new line.\n\nSecond line. Bettered.\n");
      assertThat(merged.version().number()).isEqualTo(3);
    }

    @Test
    void rewriteOfAnApprovedArticleIsRefusedAndEscalates() {
      Version v1 = bench.store("a", "First line.\n");
      decided(bench.engine().review().approvals().approve(v1.id(), null, null, null));
      assertThat(refused(bench.engine().review().rewrites().request(v1.id())))
          .isEqualTo("article_approved");
      assertThat(bench.engine().review().escalations().ofVersion(v1.id()))
          .extracting(Escalation::reason)
          .containsExactly(Reason.APPROVED_REWRITE_ATTEMPT);
    }

    @Test
    void theEleventhRewriteIsRefusedAndEscalates() {
      Version v1 = bench.store("a", "First line.\n");
      for (int i = 0; i < 10; i++) {
        RewriteSuggestion s = rewritten(v1.id());
        decided(bench.engine().review().suggestions().reject(s.id(), null, "not yet"));
      }
      assertThat(refused(bench.engine().review().rewrites().request(v1.id())))
          .isEqualTo("rewrite_cap_reached");
      assertThat(bench.engine().review().escalations().ofVersion(v1.id()))
          .extracting(Escalation::reason)
          .containsExactly(Reason.REWRITE_CAP);
    }

    @Test
    void aSlowRewriterTimesOutAndLeavesNothing() {
      bench.close();
      bench =
          Bench.on(
              database.open(),
              Scripted.providers("1", new Held()),
              Engine.Extensions.NONE,
              FaultPoints.NONE,
              Map.of("providers.rewrite-timeout", "50ms"));
      bench.work();
      Version v1 = bench.store("a", "First line.\n");
      var cycle = decided(bench.engine().review().rewrites().request(v1.id())).cycle();
      RewriteCycle ended = awaitEnd(cycle.id());
      assertThat(ended.status()).isEqualTo(RewriteCycle.Status.TIMED_OUT);
      assertThat(bench.engine().review().rewrites().list(null, 10)).isEmpty();
    }

    private Set<Reason> stops(String source, String body) {
      return bench.evaluate(source, body).hardStops().stream()
          .map(HardStop::reason)
          .collect(java.util.stream.Collectors.toSet());
    }

    private RewriteSuggestion rewritten(UUID version) {
      var cycle = decided(bench.engine().review().rewrites().request(version)).cycle();
      assertThat(awaitEnd(cycle.id()).status()).isEqualTo(RewriteCycle.Status.SUGGESTED);
      return bench
          .engine()
          .review()
          .rewrites()
          .cycle(cycle.id())
          .orElseThrow()
          .suggestion()
          .orElseThrow();
    }

    private RewriteCycle awaitEnd(UUID cycle) {
      var rewrites = bench.engine().review().rewrites();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(() ->
              rewrites.cycle(cycle).orElseThrow().cycle().status() != RewriteCycle.Status.RUNNING);
      return rewrites.cycle(cycle).orElseThrow().cycle();
    }
  }

  /// A rewriter that never answers.
  private static final class Held implements dev.imprimatur.engine.provider.Rewriter {
    @Override
    public dev.imprimatur.engine.provider.ProviderInfo info() {
      return new dev.imprimatur.engine.provider.ProviderInfo("held", "1");
    }

    @Override
    public Outcome rewrite(dev.imprimatur.engine.document.Document text, Brief brief)
        throws dev.imprimatur.engine.provider.ProviderException {
      try {
        new java.util.concurrent.CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new dev.imprimatur.engine.provider.ProviderException("interrupted", true);
    }
  }
}
