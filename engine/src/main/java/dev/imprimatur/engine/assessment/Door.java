package dev.imprimatur.engine.assessment;

/// By which way a batch was carried on or ended.
public enum Door {
  /// An answer that came in.
  CALLBACK,
  /// The sweep that looks for batches whose answers are in.
  COMPLETION_SWEEP,
  /// The sweep that looks for batches in which nothing moves.
  STUCK_SWEEP,
  /// A person's decision.
  ADMINISTRATOR,
  /// The making of pairs, where there are none to make.
  PAIRS,
  /// A job that could not be done.
  WORKER
}
