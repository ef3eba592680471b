package dev.imprimatur.engine.assessment.scale;

import java.util.Arrays;

/// The information matrix of the scores: a weighted Laplacian of the graph of pairs, plus the ridge
/// on its diagonal. Only its rows of pairs are kept. Texts with a fixed score have no row and no
/// column.
///
/// Without ridge and fixed scores it is singular, as scores may all be shifted together; everything
/// here then works within the vectors that sum to zero.
final class Laplacian {
  /// As exact as doubles allow.
  static final double EXACT = 1e-12;

  /// Enough for samples, which are rough anyway.
  static final double ROUGH = 1e-5;

  private final PairTable table;
  private final boolean[] fixed;
  private final boolean centred;
  private final double ridge;
  private final double[] weight;
  private final double[] diagonal;

  /// @param fixed which texts have a fixed score
  /// @param centred whether scores sum to zero
  Laplacian(PairTable table, boolean[] fixed, boolean centred, double ridge) {
    this.table = table;
    this.fixed = fixed;
    this.centred = centred;
    this.ridge = ridge;
    this.weight = new double[table.rows()];
    this.diagonal = new double[table.texts()];
  }

  /// The information in each row on the difference of its two texts. Whoever changes it calls
  /// [#changed].
  double[] weights() {
    return weight;
  }

  /// Takes in that weights have changed.
  void changed() {
    Arrays.fill(diagonal, ridge);
    for (int r = 0; r < weight.length; r++) {
      diagonal[table.first()[r]] += weight[r];
      diagonal[table.second()[r]] += weight[r];
    }
  }

  PairTable table() {
    return table;
  }

  boolean isFixed(int text) {
    return fixed[text];
  }

  boolean centred() {
    return centred;
  }

  double ridge() {
    return ridge;
  }

  double diagonal(int text) {
    return diagonal[text];
  }

  /// Sets y to W x, where W holds the weights between different texts.
  void neighbours(double[] x, double[] y) {
    Arrays.fill(y, 0);
    int[] first = table.first();
    int[] second = table.second();
    for (int r = 0; r < weight.length; r++) {
      y[first[r]] += weight[r] * x[second[r]];
      y[second[r]] += weight[r] * x[first[r]];
    }
    clearFixed(y);
  }

  /// Takes out what a vector must not have: anything at fixed texts, a mean where scores sum to
  /// zero.
  void project(double[] x) {
    clearFixed(x);
    if (centred) {
      double mean = Arrays.stream(x).sum() / x.length;
      for (int i = 0; i < x.length; i++) {
        x[i] -= mean;
      }
    }
  }

  /// Solves A x = b by conjugate gradients with the diagonal as preconditioner. Where scores sum to
  /// zero, for the part of b that does.
  double[] solve(double[] b) {
    return solve(b, EXACT);
  }

  /// The same to a tolerance, relative to b.
  double[] solve(double[] b, double tolerance) {
    int n = b.length;
    double[] x = new double[n];
    double[] residual = b.clone();
    project(residual);
    double[] z = new double[n];
    double[] direction = new double[n];
    double[] image = new double[n];
    double rz = precondition(residual, z);
    double goal = rz * tolerance * tolerance;
    System.arraycopy(z, 0, direction, 0, n);
    // In exact arithmetic n steps do; a long chain of texts needs more in ours.
    for (int step = 0; step < 4 * n + 100 && rz > goal; step++) {
      neighbours(direction, image);
      double curvature = 0;
      for (int i = 0; i < n; i++) {
        image[i] = diagonal[i] * direction[i] - image[i];
        curvature += direction[i] * image[i];
      }
      if (!(curvature > 0)) {
        break;
      }
      double length = rz / curvature;
      for (int i = 0; i < n; i++) {
        x[i] += length * direction[i];
        residual[i] -= length * image[i];
      }
      double next = precondition(residual, z);
      double share = next / rz;
      rz = next;
      for (int i = 0; i < n; i++) {
        direction[i] = z[i] + share * direction[i];
      }
    }
    project(x);
    return x;
  }

  private double precondition(double[] residual, double[] z) {
    double product = 0;
    for (int i = 0; i < z.length; i++) {
      z[i] = fixed[i] || diagonal[i] == 0 ? 0 : residual[i] / diagonal[i];
      product += z[i] * residual[i];
    }
    return product;
  }

  private void clearFixed(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (fixed[i]) {
        x[i] = 0;
      }
    }
  }
}
