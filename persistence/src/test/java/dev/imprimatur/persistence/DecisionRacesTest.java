package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Suggestions.Accepted;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Decisions of people and rewrites at the same moment, with real connections, each often enough to
/// mean something.
@Execution(ExecutionMode.CONCURRENT)
class DecisionRacesTest {
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

  abstract static class Contract extends RacesContract {
    @Test
    void anApprovalAgainstARewriteInFlightWins() throws Exception {
      bench.work(4);
      var rewrites = bench.engine().review().rewrites();
      for (int round = 0; round < 60; round++) {
        Version version = bench.store("a" + round, "First line.\n");
        UUID cycle = decided(rewrites.request(version.id())).cycle().id();
        // The rewriter answers at the moment the approval is given.
        Together.run(
            2,
            side -> {
              if (side == 0) {
                gate.open.release();
              } else {
                decided(
                    bench.engine().review().approvals().approve(version.id(), null, null, null));
              }
            });
        RewriteCycle ended = awaitEnd(cycle);
        Approvals.Standing approval =
            bench.engine().review().approvals().latest(version.articleId()).orElseThrow();
        Rewrites.CycleResult result = rewrites.cycle(cycle).orElseThrow();
        if (result.suggestion().isPresent()) {
          assertThat(ended.status()).isEqualTo(RewriteCycle.Status.SUGGESTED);
          assertThat(result.suggestion().get().createdAt())
              .isBeforeOrEqualTo(approval.approval().at());
        } else {
          assertThat(ended.status()).isEqualTo(RewriteCycle.Status.SUPERSEDED_BY_APPROVAL);
        }
      }
      assertInvariants();
    }

    @Test
    void anApprovalGivenWhileTheRewriterWritesSupersedesIt() {
      bench.work(2);
      Version version = bench.store("a", "First line.\n");
      UUID cycle = decided(bench.engine().review().rewrites().request(version.id())).cycle().id();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gate.open.hasQueuedThreads());
      decided(bench.engine().review().approvals().approve(version.id(), null, null, null));
      gate.open.release();
      assertThat(awaitEnd(cycle).status()).isEqualTo(RewriteCycle.Status.SUPERSEDED_BY_APPROVAL);
      assertThat(bench.engine().review().rewrites().list(null, 10)).isEmpty();
    }

    @Test
    void twoReviewersDecideOneEscalationOnce() throws Exception {
      bench.work(4);
      for (int round = 0; round < 100; round++) {
        RunResult run = bench.evaluate("a" + round, "aeo=10 ");
        UUID id = java.util.Objects.requireNonNull(run.hardStops().getFirst().escalationId());
        long revision =
            bench
                .engine()
                .review()
                .escalations()
                .find(id)
                .orElseThrow()
                .row()
                .escalation()
                .revision();
        var outcomes = List.of(Escalation.Outcome.OVERRIDE, Escalation.Outcome.REJECTED);
        var answers =
            Together.call(
                2,
                side ->
                    () ->
                        bench
                            .engine()
                            .review()
                            .escalations()
                            .resolve(id, revision, outcomes.get(side), "side " + side));
        assertThat(answers.stream().filter(a -> a instanceof Decision.Decided<?>)).hasSize(1);
        assertThat(answers.stream().filter(a -> a instanceof Decision.AlreadyDecided<?>))
            .hasSize(1);
        assertThat(
                database.count(
                    "SELECT count(*) FROM outbox_event WHERE event_key = 'escalation:"
                        + id
                        + ":resolved'"))
            .isEqualTo(1);
      }
      assertInvariants();
    }

    @Test
    void twoReviewersAcceptOneSuggestionOnce() throws Exception {
      bench.work(4);
      gate.open.release(100);
      for (int round = 0; round < 30; round++) {
        Version version = bench.store("a" + round, "First line.\n");
        UUID cycle = decided(bench.engine().review().rewrites().request(version.id())).cycle().id();
        awaitEnd(cycle);
        UUID suggestion =
            bench
                .engine()
                .review()
                .rewrites()
                .cycle(cycle)
                .orElseThrow()
                .suggestion()
                .orElseThrow()
                .id();
        List<Decision<Accepted>> answers =
            Together.call(
                3,
                side ->
                    () ->
                        bench
                            .engine()
                            .review()
                            .suggestions()
                            .accept(suggestion, 1L, null, IfMovedOn.REFUSE));
        assertThat(answers.stream().filter(a -> a instanceof Decision.Decided<?>)).hasSize(1);
        assertThat(bench.engine().review().articles().versions(version.articleId())).hasSize(2);
      }
      assertInvariants();
    }

    @Test
    void theEleventhRewriteIsNeverStarted() throws Exception {
      bench.work(2);
      gate.open.release(1000);
      for (int round = 0; round < 5; round++) {
        Version version = bench.store("a" + round, "First line.\n");
        for (int i = 0; i < 9; i++) {
          awaitEnd(decided(bench.engine().review().rewrites().request(version.id())).cycle().id());
        }
        List<String> tenth = ask(version, 12);
        assertThat(tenth).containsOnlyOnce("started");
        UUID last = bench.engine().review().rewrites().cycles(version.articleId()).getLast().id();
        awaitEnd(last);
        assertThat(ask(version, 12)).containsOnly("rewrite_cap_reached");
        assertThat(bench.engine().review().rewrites().cycles(version.articleId())).hasSize(10);
        assertThat(bench.engine().review().escalations().ofVersion(version.id())).hasSize(1);
      }
      assertInvariants();
    }
  }
}
