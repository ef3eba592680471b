package dev.imprimatur.engine.tour;

/// What guards look at.
///
/// @param scanned whether an asset was scanned
/// @param expired whether the tour's time is over, by the database's clock
/// @param expiresAt when that is or was; empty where it never is
/// @param mandatoryOpen how many mandatory checkpoints are not completed
public record TourFacts(boolean scanned, boolean expired, String expiresAt, int mandatoryOpen) {
  /// For checkpoints, whose transitions no guard keeps back.
  static final TourFacts NONE = new TourFacts(false, false, "", 0);
}
