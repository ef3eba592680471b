package dev.imprimatur.engine.tour;

/// How far a tour or a checkpoint has come (tours.md). Which comes after which says
/// [TransitionTable].
public enum TourStatus {
  /// Somebody's to do; where everything begins.
  ASSIGNED,
  /// Begun.
  INPROGRESS,
  /// Ended for now, with mandatory checkpoints open. Tours only.
  PARTIALLYCOMPLETED,
  /// Done.
  COMPLETED,
  /// Closed because its time was over. Tours only.
  AUTOCLOSED,
  /// Put off. Tours only.
  STANDBY,
  /// Out of order.
  MAINTENANCE
}
