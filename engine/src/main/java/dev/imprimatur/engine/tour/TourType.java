package dev.imprimatur.engine.tour;

/// How a tour came about (tours.md).
public enum TourType {
  /// By a plan.
  SCHEDULE,
  /// As the occasion arose.
  ADHOC
}
