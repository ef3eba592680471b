package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What people decide on an article: approve, edit, insert, revoke, and on which revision
/// (review.md), on both databases.
class DecisionFlowTest {
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

  abstract static class Contract extends ReviewContract {
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
  }
}
