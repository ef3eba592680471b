package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.provider.EvidenceSpan;
import java.util.List;

/// The points one feature of the rubric gave.
///
/// @param feature stable name
/// @param points from 0 to `most`, or from `-most` to 0 for a penalty
/// @param most the most it can give or take
/// @param found how much of the feature was found, in its own unit
/// @param evidence where
record RubricPoints(
    String feature, double points, double most, double found, List<EvidenceSpan> evidence) {

  /// How steeply points rise before they level off.
  private static final double STEEPNESS = 2;

  private static final int MOST_EVIDENCE = 5;

  RubricPoints {
    evidence = evidence.stream().limit(MOST_EVIDENCE).toList();
  }

  /// Points that rise with what was found and level off at `enough`, so that piling up one feature
  /// buys little.
  static RubricPoints saturating(
      String feature, double most, double found, double enough, List<EvidenceSpan> evidence) {
    double part = StrictMath.min(1, found / enough);
    double points =
        most * (1 - StrictMath.exp(-STEEPNESS * part)) / (1 - StrictMath.exp(-STEEPNESS));
    return new RubricPoints(feature, points, most, found, evidence);
  }

  /// A share of the most.
  static RubricPoints share(
      String feature, double most, double share, List<EvidenceSpan> evidence) {
    double bounded = StrictMath.max(0, StrictMath.min(1, share));
    return new RubricPoints(feature, most * bounded, most, share, evidence);
  }
}
