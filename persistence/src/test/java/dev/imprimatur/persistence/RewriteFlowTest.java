package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Rewriter;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalation.Reason;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// From asking for a rewrite to its acceptance, refusals on the way (review.md), on both databases.
class RewriteFlowTest {
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
  }

  /// A rewriter that never answers.
  private static final class Held implements Rewriter {
    @Override
    public ProviderInfo info() {
      return new ProviderInfo("held", "1");
    }

    @Override
    public Outcome rewrite(Document text, Brief brief) throws ProviderException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new ProviderException("interrupted", true);
    }
  }
}
