package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;

/// The one place that decides how a batch goes on, for callbacks, sweeps and administrators alike
/// (assessment.md, Continuation). A function of what was read and of nothing else.
public final class Continuation {
  /// After so many more answers new pairs are sent.
  public static final int STEP = 5;

  private Continuation() {}

  /// What is to become of a batch that waits for answers. The trigger that comes every five answers
  /// only ever asks for more: it never finalises.
  public static Verdict decide(BatchFacts f) {
    if (f.texts() == 1) {
      return new Verdict(Next.FINALISE, Reason.SINGLE_TEXT);
    }
    if (f.sent() == 0) {
      return new Verdict(Next.WAIT, Reason.PAIRS_NOT_SENT);
    }
    if (f.completed() + f.failed() >= f.total()) {
      return new Verdict(Next.FINALISE, Reason.BUDGET_SPENT);
    }
    if (100L * f.completed() >= (long) f.threshold() * f.total()) {
      return new Verdict(Next.FINALISE, Reason.THRESHOLD_REACHED);
    }
    if (f.stable() && f.completed() > 0) {
      return new Verdict(Next.FINALISE, Reason.RANKING_STABLE);
    }
    if (f.sent() < f.total()) {
      if (f.completed() - f.completedAtRequest() >= STEP) {
        return new Verdict(Next.REQUEST_MORE, Reason.FIVE_MORE_COMPLETED);
      }
      if (f.outstanding() == 0) {
        return new Verdict(Next.REQUEST_MORE, Reason.NOTHING_OUTSTANDING);
      }
    }
    return new Verdict(Next.WAIT, Reason.ANSWERS_OUTSTANDING);
  }
}
