package dev.imprimatur.engine.assessment.scale;

/// What an attempt at scores alone comes to.
public sealed interface ScoresOutcome {
  /// @param scores in logits, by the texts' numbers
  record Found(double[] scores) implements ScoresOutcome {}

  /// There are no such scores.
  record Refused(Refusal why) implements ScoresOutcome {}

  /// Whoever watched it did not want to go on.
  record Stopped() implements ScoresOutcome {}
}
