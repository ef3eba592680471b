package dev.imprimatur.engine.board;

/// Where a brand's board stands. What is not stored is what the queue says of its job.
public enum BoardState {
  /// There is none, and none is on its way.
  NOT_GENERATED,
  /// It is on its way, and there is none that could be shown meanwhile.
  GENERATING,
  READY,
  /// What is known is too little, or too old, to make one of.
  INSUFFICIENT_EVIDENCE,
  /// Making it failed for good.
  ERROR
}
