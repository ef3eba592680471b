package dev.imprimatur.engine.assessment.scale;

/// What an attempt at a fit comes to.
public sealed interface FitOutcome {
  /// Scores.
  record Fitted(Fit fit) implements FitOutcome {}

  /// There are no such scores.
  record Refused(Refusal why) implements FitOutcome {}

  /// Whoever watched it did not want to go on.
  record Stopped() implements FitOutcome {}
}
