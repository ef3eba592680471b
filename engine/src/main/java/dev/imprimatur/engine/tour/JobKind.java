package dev.imprimatur.engine.tour;

/// What a tour job is.
public enum JobKind {
  /// A parent.
  TOUR,
  /// A child of a tour.
  CHECKPOINT
}
