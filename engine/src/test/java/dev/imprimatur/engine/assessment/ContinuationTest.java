package dev.imprimatur.engine.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;
import org.junit.jupiter.api.Test;

class ContinuationTest {
  private static BatchFacts facts(int total, int threshold, int sent, int completed, int failed) {
    return new BatchFacts(5, total, threshold, sent, completed, failed, 0, false);
  }

  private static Verdict decide(BatchFacts facts) {
    return Continuation.decide(facts);
  }

  @Test
  void aSingleTextIsRankedAtOnce() {
    assertThat(decide(new BatchFacts(1, 0, 80, 0, 0, 0, 0, false)))
        .isEqualTo(new Verdict(Next.FINALISE, Reason.SINGLE_TEXT));
  }

  @Test
  void nothingIsDecidedBeforePairsAreSent() {
    assertThat(decide(facts(10, 1, 0, 0, 0)))
        .isEqualTo(new Verdict(Next.WAIT, Reason.PAIRS_NOT_SENT));
  }

  @Test
  void tenComparisonsAtEightyPercentFinaliseAtEightAndNotBefore() {
    for (int completed = 0; completed <= 10; completed++) {
      Next next = decide(facts(10, 80, 10, completed, 0)).next();
      assertThat(next)
          .as("%d of 10", completed)
          .isEqualTo(completed < 8 ? Next.WAIT : Next.FINALISE);
    }
  }

  @Test
  void theThresholdIsNotReachedByRounding() {
    assertThat(decide(facts(101, 80, 101, 80, 0)).next()).isEqualTo(Next.WAIT);
    assertThat(decide(facts(101, 80, 101, 81, 0)))
        .isEqualTo(new Verdict(Next.FINALISE, Reason.THRESHOLD_REACHED));
    assertThat(decide(facts(1_000_000, 100, 1_000_000, 999_999, 0)).next()).isEqualTo(Next.WAIT);
  }

  @Test
  void aSpentBudgetWithNothingOutstandingFinalisesBelowTheThreshold() {
    assertThat(decide(facts(10, 80, 10, 4, 6)))
        .isEqualTo(new Verdict(Next.FINALISE, Reason.BUDGET_SPENT));
    assertThat(decide(facts(10, 80, 10, 4, 5)).next()).isEqualTo(Next.WAIT);
  }

  @Test
  void aStableRankingFinalises() {
    assertThat(decide(new BatchFacts(5, 100, 80, 30, 20, 0, 20, true)))
        .isEqualTo(new Verdict(Next.FINALISE, Reason.RANKING_STABLE));
  }

  @Test
  void fiveMoreAnswersAskForMorePairsAndNeverFinalise() {
    for (int completed = 0; completed < 79; completed++) {
      var verdict = decide(new BatchFacts(5, 100, 80, 95, completed, 0, 0, false));
      assertThat(verdict.next())
          .as("%d completed", completed)
          .isEqualTo(completed < 5 ? Next.WAIT : Next.REQUEST_MORE);
    }
    assertThat(decide(new BatchFacts(5, 100, 80, 20, 14, 0, 10, false)).next())
        .isEqualTo(Next.WAIT);
    assertThat(decide(new BatchFacts(5, 100, 80, 20, 15, 0, 10, false)))
        .isEqualTo(new Verdict(Next.REQUEST_MORE, Reason.FIVE_MORE_COMPLETED));
  }

  @Test
  void withoutBudgetNothingMoreIsAskedFor() {
    assertThat(decide(facts(10, 80, 10, 5, 0)))
        .isEqualTo(new Verdict(Next.WAIT, Reason.ANSWERS_OUTSTANDING));
  }

  @Test
  void aBatchThatHasNothingOutAndBudgetLeftGoesOn() {
    assertThat(decide(facts(10, 80, 3, 1, 2)))
        .isEqualTo(new Verdict(Next.REQUEST_MORE, Reason.NOTHING_OUTSTANDING));
  }
}
