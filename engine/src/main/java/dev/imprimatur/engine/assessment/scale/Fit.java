package dev.imprimatur.engine.assessment.scale;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Scores by maximum likelihood, and how far to trust them.
///
/// @param texts in order of first appearance
/// @param judges in order of first appearance
/// @param logLikelihood without the ridge's penalty; a tie that counts as half a win each has half
///   of each logarithm
/// @param deviance −2 · log likelihood: what each single decision leaves unexplained
/// @param pairs the same by pair, for a test of fit
/// @param reliability from scores that sum to zero, whatever the constraint; with anchors, over the
///   other texts
/// @param iterations Newton steps
/// @param constraint where zero is, and the ridge, in words
/// @param orderEffect if it was asked for
/// @param tieParameter if ties are an outcome of their own, and there are any
/// @param covariance of the scores, unless there are too many texts
/// @param samples how many vectors the standard errors were estimated from; 0 if they are exact
public record Fit(
    List<TextScore> texts,
    List<JudgeFit> judges,
    double logLikelihood,
    double deviance,
    PairFit pairs,
    Reliability reliability,
    int iterations,
    String constraint,
    Optional<Estimate> orderEffect,
    Optional<Estimate> tieParameter,
    Optional<Covariance> covariance,
    int samples) {

  /// A parameter beyond the scores: the order effect in logits (positive where the first text shown
  /// is favoured), or the logarithm of Davidson's ν.
  ///
  /// @param se its standard error
  public record Estimate(double value, double se) {}

  /// How well the scores explain how often each text of a pair won.
  ///
  /// @param deviance 2 · (log likelihood of each pair's own shares less that of the scores)
  /// @param degreesOfFreedom how many figures there were to explain, less the parameters
  public record PairFit(double deviance, int degreesOfFreedom) {}

  /// A text's place in [#texts].
  public OptionalInt place(String text) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).name().equals(text)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// The scores, in the order of [#texts].
  public double[] scores() {
    return texts.stream().mapToDouble(TextScore::score).toArray();
  }
}
