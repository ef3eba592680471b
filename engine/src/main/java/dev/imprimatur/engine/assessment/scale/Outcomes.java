package dev.imprimatur.engine.assessment.scale;

/// What comparing two texts may come to, and how likely it is: Bradley & Terry (1952), with
/// Davidson's (1970) ties if there are any. With d the first text's score less the second's, plus
/// the order effect, in logits, and ν = exp(θ): P(first) : P(second) : P(tie) = exp(d/2) :
/// exp(−d/2) : ν. It is an exponential family, so the log likelihood is concave in all parameters.
/// Order and ties together follow Davidson & Beaver (1977), whose ν is ours times the square root
/// of their γ.
///
/// An object of this class is filled in anew for each pair, so that no memory is taken for millions
/// of them.
final class Outcomes {
  private final boolean davidson;

  /// The probabilities of the three outcomes, and their logarithms. Without Davidson's ties, a tie
  /// has none.
  double first;

  double second;
  double tie;
  double logFirst;
  double logSecond;
  double logTie;

  /// The expected result for the first text, where a win is 1, a tie ½, a loss 0, and its variance.
  /// The variance is also the information on d.
  double expected;

  double variance;

  Outcomes(boolean davidson) {
    this.davidson = davidson;
  }

  /// Fills in what a difference makes likely.
  ///
  /// @param d the difference in logits
  /// @param theta the logarithm of Davidson's ν; unused without
  void at(double d, double theta) {
    double gap = Math.abs(d);
    double low = Math.exp(-gap);
    double even = davidson ? Math.exp(theta - gap / 2) : 0;
    double sum = 1 + low + even;
    double log = Math.log1p(low + even);
    double better = 1 / sum;
    double worse = low / sum;
    tie = even / sum;
    logTie = theta - gap / 2 - log;
    if (d >= 0) {
      first = better;
      second = worse;
      logFirst = -log;
      logSecond = -gap - log;
    } else {
      first = worse;
      second = better;
      logFirst = -gap - log;
      logSecond = -log;
    }
    expected = first + tie / 2;
    // The products are exact where one of the probabilities is nearly one; a difference of squares
    // would not be.
    variance = first * second + tie * (first + second) / 4;
  }

  /// How the indicator of a tie goes together with the result for the first text.
  double covarianceOfTie() {
    return -tie * (first - second) / 2;
  }

  /// The squared standardised residual of a result.
  ///
  /// @param result 1, ½ or 0 for the first text
  double squaredResidual(double result) {
    if (variance == 0) {
      return 0;
    }
    double residual = result - expected;
    return residual * residual / variance;
  }
}
