package dev.imprimatur.engine.assessment;

/// What is to become of a batch, and why.
public record Verdict(Next next, Reason reason) {
  /// What comes next.
  public enum Next {
    /// The ranking is to be made.
    FINALISE,
    /// More pairs are to be sent.
    REQUEST_MORE,
    /// Answers are waited for.
    WAIT
  }

  /// Why.
  public enum Reason {
    /// There is nothing to compare.
    SINGLE_TEXT,
    /// As many answers are in as the budget allows, and nothing is outstanding.
    BUDGET_SPENT,
    /// Enough of the budget is answered.
    THRESHOLD_REACHED,
    /// The last two re-estimates kept the order and the scores.
    RANKING_STABLE,
    /// Five more answers are in since pairs were last sent.
    FIVE_MORE_COMPLETED,
    /// Every pair that was sent is answered, and budget remains.
    NOTHING_OUTSTANDING,
    /// Pairs are still being made.
    PAIRS_NOT_SENT,
    /// Answers are still to come.
    ANSWERS_OUTSTANDING,
    /// Nothing moved for too long, and enough is in.
    STUCK_WITH_ENOUGH,
    /// Nothing moved for too long, and too little is in.
    STUCK_WITH_TOO_LITTLE,
    /// A person closed it with what there is.
    CLOSED_BY_PERSON,
    /// A person asked for pairs again.
    REREQUESTED_BY_PERSON,
    /// A person chose to wait.
    WAITED_BY_PERSON
  }
}
