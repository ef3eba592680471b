package dev.imprimatur.engine.assessment.scale;

import java.util.Arrays;

/// The log likelihood of counted comparisons, less the ridge's penalty, and its derivatives.
final class Likelihood {
  /// What is estimated.
  ///
  /// @param scores by text, in logits
  /// @param extra the order effect, in logits, and the logarithm of Davidson's ν, where they belong
  ///   to the model
  record Point(double[] scores, double[] extra) {
    Point moved(double[] scoreStep, double[] extraStep, double length) {
      double[] s = scores.clone();
      for (int i = 0; i < s.length; i++) {
        s[i] += length * scoreStep[i];
      }
      double[] e = extra.clone();
      for (int i = 0; i < e.length; i++) {
        e[i] += length * extraStep[i];
      }
      return new Point(s, e);
    }
  }

  private final PairTable table;
  private final boolean order;
  private final boolean davidson;
  private final boolean[] fixed;
  private final double ridge;
  private final Outcomes outcomes;

  Likelihood(PairTable table, boolean order, boolean davidson, boolean[] fixed, double ridge) {
    this.table = table;
    this.order = order;
    this.davidson = davidson;
    this.fixed = fixed;
    this.ridge = ridge;
    this.outcomes = new Outcomes(davidson);
  }

  PairTable table() {
    return table;
  }

  boolean davidson() {
    return davidson;
  }

  int extras() {
    return (order ? 1 : 0) + (davidson ? 1 : 0);
  }

  double order(Point at) {
    return order ? at.extra[0] : 0;
  }

  double theta(Point at) {
    return davidson ? at.extra[at.extra.length - 1] : 0;
  }

  /// What a row makes likely.
  Outcomes row(int row, Point at) {
    outcomes.at(
        at.scores[table.first()[row]] - at.scores[table.second()[row]] + order(at), theta(at));
    return outcomes;
  }

  /// The log likelihood without the penalty. A tie that counts as half a win each has half of the
  /// logarithm of each.
  double logLikelihood(Point at) {
    double sum = 0;
    for (int r = 0; r < table.rows(); r++) {
      Outcomes o = row(r, at);
      sum += table.firstWins()[r] * o.logFirst + table.secondWins()[r] * o.logSecond;
      if (table.ties()[r] > 0) {
        sum += table.ties()[r] * (davidson ? o.logTie : (o.logFirst + o.logSecond) / 2);
      }
    }
    return sum;
  }

  /// The same less L/2 · Σ score² over the texts whose score is not fixed.
  double penalised(Point at) {
    return logLikelihood(at) - ridge / 2 * squares(at);
  }

  private double squares(Point at) {
    double sum = 0;
    for (int i = 0; i < at.scores.length; i++) {
      sum += fixed[i] ? 0 : at.scores[i] * at.scores[i];
    }
    return sum;
  }

  /// Gradient and negative Hessian at a point: [A C; Cᵀ H] with the scores first.
  static final class Derivatives {
    final Laplacian scores;
    final double[] scoreGradient;
    final double[] extraGradient;
    final double[][] border;
    final double[][] corner;

    Derivatives(Laplacian scores, int extras) {
      int n = scores.table().texts();
      this.scores = scores;
      this.scoreGradient = new double[n];
      this.extraGradient = new double[extras];
      this.border = new double[extras][n];
      this.corner = new double[extras][extras];
    }
  }

  /// Fills in the derivatives at a point.
  void derive(Point at, Derivatives into) {
    Arrays.fill(into.scoreGradient, 0);
    Arrays.fill(into.extraGradient, 0);
    for (int e = 0; e < extras(); e++) {
      Arrays.fill(into.border[e], 0);
      Arrays.fill(into.corner[e], 0);
    }
    double[] weights = into.scores.weights();
    for (int r = 0; r < weights.length; r++) {
      Outcomes o = row(r, at);
      int comparisons = table.comparisons(r);
      double gradient = table.firstWins()[r] + table.ties()[r] / 2.0 - comparisons * o.expected;
      double weight = comparisons * o.variance;
      weights[r] = weight;
      spread(into.scoreGradient, r, gradient);
      if (order) {
        into.extraGradient[0] += gradient;
        spread(into.border[0], r, weight);
        into.corner[0][0] += weight;
      }
      if (davidson) {
        ties(into, r, comparisons, o);
      }
    }
    for (int i = 0; i < fixed.length; i++) {
      into.scoreGradient[i] -= ridge * at.scores[i];
    }
    into.scores.changed();
    into.scores.project(into.scoreGradient);
    for (double[] column : into.border) {
      into.scores.project(column);
    }
  }

  private void ties(Derivatives into, int row, int comparisons, Outcomes o) {
    int t = extras() - 1;
    double mixed = comparisons * o.covarianceOfTie();
    into.extraGradient[t] += table.ties()[row] - comparisons * o.tie;
    into.corner[t][t] += comparisons * o.tie * (1 - o.tie);
    spread(into.border[t], row, mixed);
    if (order) {
      into.corner[0][t] += mixed;
      into.corner[t][0] += mixed;
    }
  }

  private void spread(double[] vector, int row, double amount) {
    vector[table.first()[row]] += amount;
    vector[table.second()[row]] -= amount;
  }
}
