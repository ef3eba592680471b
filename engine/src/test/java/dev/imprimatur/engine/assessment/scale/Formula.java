package dev.imprimatur.engine.assessment.scale;

/// The model written down once more, comparison by comparison and without any cleverness, to check
/// the quick one by. The parameters are the scores, then the order effect, then log ν.
final class Formula {
  private final Comparisons comparisons;
  private final FitOptions options;
  private final int texts;

  Formula(Comparisons comparisons, FitOptions options) {
    this.comparisons = comparisons;
    this.options = options;
    this.texts = comparisons.texts().size();
  }

  double[] parameters(Fit fit) {
    double[] at = new double[texts + (order() ? 1 : 0) + (davidson() ? 1 : 0)];
    System.arraycopy(fit.scores(), 0, at, 0, texts);
    int next = texts;
    if (order()) {
      at[next++] = fit.orderEffect().orElseThrow().value();
    }
    if (davidson()) {
      at[next] = fit.tieParameter().orElseThrow().value();
    }
    return at;
  }

  double logLikelihood(double[] at) {
    double sum = 0;
    for (int k = 0; k < comparisons.size(); k++) {
      double shift = order() ? (comparisons.winnerFirst(k) ? at[texts] : -at[texts]) : 0;
      double winner = Math.exp((at[comparisons.winner(k)] + shift) / 2);
      double loser = Math.exp(at[comparisons.loser(k)] / 2);
      // With strengths of squares: winner² : loser² : ν winner loser.
      double even = davidson() ? Math.exp(at[at.length - 1]) * winner * loser : 0;
      double all = winner * winner + loser * loser + even;
      if (!comparisons.tie(k)) {
        sum += Math.log(winner * winner / all);
      } else if (davidson()) {
        sum += Math.log(even / all);
      } else {
        sum += (Math.log(winner * winner / all) + Math.log(loser * loser / all)) / 2;
      }
    }
    return sum;
  }

  private double penalised(double[] at) {
    double squares = 0;
    for (int i = 0; i < texts; i++) {
      squares += at[i] * at[i];
    }
    return logLikelihood(at) - options.ridge() / 2 * squares;
  }

  double slope(double[] at, int i) {
    double h = 1e-5;
    return (penalised(moved(at, i, h)) - penalised(moved(at, i, -h))) / (2 * h);
  }

  /// The inverse of the negative second derivatives, where scores sum to zero: the last score is
  /// the negative sum of the others.
  double[][] covariance(double[] at) {
    int n = at.length;
    double h = 1e-3;
    double[][] information = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        information[i][j] =
            -(penalised(moved(moved(at, i, h), j, h))
                    - penalised(moved(moved(at, i, h), j, -h))
                    - penalised(moved(moved(at, i, -h), j, h))
                    + penalised(moved(moved(at, i, -h), j, -h)))
                / (4 * h * h);
      }
    }
    // P⁻ᵀ: what the free parameters are to all of them.
    double[][] free = new double[n][n - 1];
    for (int f = 0; f < n - 1; f++) {
      if (f < texts - 1) {
        free[f][f] = 1;
        free[texts - 1][f] = -1;
      } else {
        free[f + 1][f] = 1;
      }
    }
    double[][] reduced = times(times(transposed(free), information), free);
    return times(times(free, inverse(reduced)), transposed(free));
  }

  private static double[] moved(double[] at, int i, double by) {
    double[] moved = at.clone();
    moved[i] += by;
    return moved;
  }

  private boolean order() {
    return options.orderEffect();
  }

  private boolean davidson() {
    return options.ties() == Ties.DAVIDSON;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  // Gauss and Jordan, with the largest pivot.
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, a[i], 0, n);
      a[i][n + i] = 1;
    }
    for (int p = 0; p < n; p++) {
      int best = p;
      for (int i = p + 1; i < n; i++) {
        best = Math.abs(a[i][p]) > Math.abs(a[best][p]) ? i : best;
      }
      double[] swap = a[p];
      a[p] = a[best];
      a[best] = swap;
      double pivot = a[p][p];
      for (int j = 0; j < 2 * n; j++) {
        a[p][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : a[i][p];
        for (int j = 0; factor != 0 && j < 2 * n; j++) {
          a[i][j] -= factor * a[p][j];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(a[i], n, inverse[i], 0, n);
    }
    return inverse;
  }
}
