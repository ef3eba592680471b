package dev.imprimatur.engine.provider.local.fitting;

/// L2-regularised logistic regression by Newton's method (iteratively reweighted least squares).
/// The intercept is not penalised; each class has the same total weight.
final class LogisticFit {
  private static final int MOST_STEPS = 100;
  private static final double CONVERGED = 1e-12;

  private LogisticFit() {}

  /// @param x standardised rows
  /// @param y true for machine
  /// @param penalty strength of the L2 penalty, above 0
  /// @return the intercept, then one weight per column
  static double[] fit(double[][] x, boolean[] y, double penalty) {
    int n = x.length;
    int size = x[0].length + 1;
    double positives = 0;
    for (boolean label : y) {
      positives += label ? 1 : 0;
    }
    double[] beta = new double[size];
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = new double[size];
      double[][] hessian = new double[size][size];
      for (int i = 0; i < n; i++) {
        double weight = y[i] ? n / (2 * positives) : n / (2 * (n - positives));
        double p = 1 / (1 + StrictMath.exp(-dot(beta, x[i])));
        double error = weight * ((y[i] ? 1 : 0) - p);
        double curve = weight * p * (1 - p);
        for (int j = 0; j < size; j++) {
          double xj = j == 0 ? 1 : x[i][j - 1];
          gradient[j] += error * xj;
          for (int k = 0; k < size; k++) {
            hessian[j][k] += curve * xj * (k == 0 ? 1 : x[i][k - 1]);
          }
        }
      }
      for (int j = 1; j < size; j++) {
        gradient[j] -= penalty * beta[j];
        hessian[j][j] += penalty;
      }
      double[] move = solve(hessian, gradient);
      double largest = 0;
      for (int j = 0; j < size; j++) {
        beta[j] += move[j];
        largest = StrictMath.max(largest, StrictMath.abs(move[j]));
      }
      if (largest < CONVERGED) {
        return beta;
      }
    }
    throw new IllegalStateException("the fit did not converge in " + MOST_STEPS + " steps");
  }

  private static double dot(double[] beta, double[] row) {
    double sum = beta[0];
    for (int j = 0; j < row.length; j++) {
      sum += beta[j + 1] * row[j];
    }
    return sum;
  }

  /// Gaussian elimination with partial pivoting.
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int col = 0; col < n; col++) {
      int pivot = col;
      for (int row = col + 1; row < n; row++) {
        if (StrictMath.abs(a[row][col]) > StrictMath.abs(a[pivot][col])) {
          pivot = row;
        }
      }
      double[] swap = a[col];
      a[col] = a[pivot];
      a[pivot] = swap;
      double value = b[col];
      b[col] = b[pivot];
      b[pivot] = value;
      for (int row = col + 1; row < n; row++) {
        double factor = a[row][col] / a[col][col];
        b[row] -= factor * b[col];
        for (int k = col; k < n; k++) {
          a[row][k] -= factor * a[col][k];
        }
      }
    }
    double[] x = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = b[row];
      for (int k = row + 1; k < n; k++) {
        sum -= a[row][k] * x[k];
      }
      x[row] = sum / a[row][row];
    }
    return x;
  }
}
