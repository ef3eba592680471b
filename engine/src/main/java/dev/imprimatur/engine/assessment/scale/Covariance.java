package dev.imprimatur.engine.assessment.scale;

/// The full covariance matrix of the scores, in squared logits, under the constraint of the fit.
public final class Covariance {
  private static final int NONE = -1;

  private final double[] matrix;
  private final int texts;
  private final int reference;

  private Covariance(double[] matrix, int texts, int reference) {
    this.matrix = matrix;
    this.texts = texts;
    this.reference = reference;
  }

  /// @param matrix of scores that sum to zero, or of ones some of which are fixed; row by row
  static Covariance of(double[] matrix, int texts) {
    return new Covariance(matrix, texts, NONE);
  }

  /// The same scores less that of a text.
  Covariance against(int text) {
    return new Covariance(matrix, texts, text);
  }

  /// The covariance of two texts' scores; of a text with itself, its variance.
  public double of(int one, int other) {
    return reference == NONE
        ? at(one, other)
        : at(one, other) - at(one, reference) - at(reference, other) + at(reference, reference);
  }

  /// The standard error of the difference between two texts' scores, in logits. Not that of two
  /// independent scores: texts share opponents.
  public double standardErrorOfDifference(int one, int other) {
    return Math.sqrt(Math.max(0, at(one, one) + at(other, other) - 2 * at(one, other)));
  }

  private double at(int one, int other) {
    return matrix[one * texts + other];
  }
}
