package dev.imprimatur.engine.assessment.scale;

/// How comparisons are turned into scores.
///
/// @param ties what a tie is taken for
/// @param orderEffect whether being shown first is given a parameter of its own, in logits
/// @param ridge L in L/2 · Σ score², which is added to the negative log likelihood; 0 for none
/// @param identification where zero is
/// @param fullCovarianceUpTo with more texts than this, standard errors are estimated from a sample
/// @param seed for that sample
public record FitOptions(
    Ties ties,
    boolean orderEffect,
    double ridge,
    Identification identification,
    int fullCovarianceUpTo,
    long seed) {
  /// With more texts than this, the full covariance matrix is not computed unless one asks for it.
  public static final int FULL_COVARIANCE = 2_000;

  /// Ties as half wins, no order effect, no ridge, scores that sum to zero.
  public static final FitOptions DEFAULT =
      new FitOptions(Ties.HALF, false, 0, new Identification.SumToZero(), FULL_COVARIANCE, 1);

  /// @throws IllegalArgumentException if the ridge is negative or no number
  public FitOptions {
    if (!(ridge >= 0) || Double.isInfinite(ridge)) {
      throw new IllegalArgumentException("the ridge must be 0 or more, not " + ridge);
    }
  }

  /// With ties taken for this.
  public FitOptions withTies(Ties other) {
    return new FitOptions(other, orderEffect, ridge, identification, fullCovarianceUpTo, seed);
  }

  /// With an order effect, or without.
  public FitOptions withOrderEffect(boolean wanted) {
    return new FitOptions(ties, wanted, ridge, identification, fullCovarianceUpTo, seed);
  }

  /// With another ridge.
  public FitOptions withRidge(double other) {
    return new FitOptions(ties, orderEffect, other, identification, fullCovarianceUpTo, seed);
  }

  /// With zero elsewhere.
  public FitOptions withIdentification(Identification other) {
    return new FitOptions(ties, orderEffect, ridge, other, fullCovarianceUpTo, seed);
  }

  /// With another limit for the full covariance matrix.
  public FitOptions withFullCovarianceUpTo(int texts) {
    return new FitOptions(ties, orderEffect, ridge, identification, texts, seed);
  }

  /// With another seed.
  public FitOptions withSeed(long other) {
    return new FitOptions(ties, orderEffect, ridge, identification, fullCovarianceUpTo, other);
  }
}
