package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Likelihood.Derivatives;

/// The information matrix [A C; Cᵀ H] of scores and the one or two parameters beyond them, taken
/// apart by its Schur complement S = H − Cᵀ A⁻¹ C: everything comes down to systems in A.
final class Bordered {
  /// A Newton step.
  ///
  /// @param rise how much the tangent promises for the whole step
  record Step(double[] scores, double[] extra, double rise) {
    double longest() {
      double longest = 0;
      for (double s : scores) {
        longest = Math.max(longest, Math.abs(s));
      }
      for (double e : extra) {
        longest = Math.max(longest, Math.abs(e));
      }
      return longest;
    }
  }

  /// A⁻¹ C, a column for each parameter beyond the scores.
  final double[][] solved;

  /// S⁻¹: the covariance of the parameters beyond the scores.
  final double[][] inverse;

  private Bordered(double[][] solved, double[][] inverse) {
    this.solved = solved;
    this.inverse = inverse;
  }

  static Bordered of(Derivatives d) {
    int extras = d.corner.length;
    double[][] solved = new double[extras][];
    for (int e = 0; e < extras; e++) {
      solved[e] = d.scores.solve(d.border[e]);
    }
    double[][] schur = new double[extras][extras];
    for (int e = 0; e < extras; e++) {
      for (int f = 0; f < extras; f++) {
        schur[e][f] = d.corner[e][f] - dot(d.border[e], solved[f]);
      }
    }
    return new Bordered(solved, inverse(schur));
  }

  static Step step(Derivatives d) {
    Bordered bordered = of(d);
    double[] scores = d.scores.solve(d.scoreGradient);
    int extras = d.corner.length;
    double[] rest = new double[extras];
    for (int e = 0; e < extras; e++) {
      rest[e] = d.extraGradient[e] - dot(bordered.solved[e], d.scoreGradient);
    }
    double[] extra = new double[extras];
    for (int e = 0; e < extras; e++) {
      extra[e] = dot(bordered.inverse[e], rest);
      for (int i = 0; i < scores.length; i++) {
        scores[i] -= bordered.solved[e][i] * extra[e];
      }
    }
    return new Step(scores, extra, dot(scores, d.scoreGradient) + dot(extra, d.extraGradient));
  }

  /// What the parameters beyond the scores add to the covariance of two texts' scores.
  double added(int one, int other) {
    double sum = 0;
    for (int e = 0; e < solved.length; e++) {
      for (int f = 0; f < solved.length; f++) {
        sum += solved[e][one] * inverse[e][f] * solved[f][other];
      }
    }
    return sum;
  }

  private static double[][] inverse(double[][] m) {
    return switch (m.length) {
      case 0 -> m;
      case 1 -> new double[][] {{1 / m[0][0]}};
      default -> {
        double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        yield new double[][] {
          {m[1][1] / determinant, -m[0][1] / determinant},
          {-m[1][0] / determinant, m[0][0] / determinant}
        };
      }
    };
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
