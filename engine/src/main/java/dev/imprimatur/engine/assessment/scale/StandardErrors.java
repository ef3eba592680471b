package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Likelihood.Derivatives;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Variances of the scores: the diagonal of the inverse of the information matrix at the maximum.
///
/// Up to a number of texts the whole inverse is computed. Above, its diagonal is estimated from a
/// sample of vectors with that covariance, by the Rao–Blackwell estimator of Sidén, Lindgren, Bolin
/// and Villani (2018): the variance of a score given its neighbours is known exactly, and only what
/// the neighbours' own uncertainty adds is sampled. The sample's vectors solve A x = Σ √w · (±1) ·
/// (eᵢ − eⱼ) over the pairs, which have the covariance A⁻¹ (Spielman and Srivastava 2011).
final class StandardErrors {
  /// What was found.
  ///
  /// @param variances of the scores under the fit's constraint
  /// @param centred of the scores that sum to zero; with fixed scores the same
  /// @param matrix the full one, if it was computed
  /// @param samples how many vectors the variances were estimated from; 0 if none
  record Found(double[] variances, double[] centred, Optional<Covariance> matrix, int samples) {}

  private static final int FEWEST = 64;
  private static final int MOST = 256;
  private static final long BUDGET = 64_000_000;

  private final Laplacian scores;
  private final Bordered bordered;
  private final int texts;

  StandardErrors(Derivatives derivatives) {
    this.scores = derivatives.scores;
    this.bordered = Bordered.of(derivatives);
    this.texts = scores.table().texts();
  }

  /// The covariance of the parameters beyond the scores.
  double[][] extras() {
    return bordered.inverse;
  }

  /// @param reference the text that others are compared with; -1 for none
  /// @return empty if the information matrix is not positive definite, as far as arithmetic can
  ///   tell
  Optional<Found> full(int reference) {
    int[] free = free();
    var matrix = new DMatrixRMaj(free.length, free.length);
    int[] place = new int[texts];
    for (int f = 0; f < free.length; f++) {
      place[free[f]] = f;
    }
    double shift = fill(matrix, place);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(free.length);
    if (!solver.setA(matrix)) {
      return Optional.empty();
    }
    var inverse = new DMatrixRMaj(free.length, free.length);
    solver.invert(inverse);
    double[] all = new double[texts * texts];
    for (int f = 0; f < free.length; f++) {
      for (int g = 0; g < free.length; g++) {
        all[free[f] * texts + free[g]] =
            inverse.get(f, g) - shift + bordered.added(free[f], free[g]);
      }
    }
    Covariance centred = Covariance.of(all, texts);
    Covariance constrained = reference < 0 ? centred : centred.against(reference);
    return Optional.of(
        new Found(diagonal(constrained), diagonal(centred), Optional.of(constrained), 0));
  }

  private double[] diagonal(Covariance covariance) {
    double[] diagonal = new double[texts];
    for (int i = 0; i < texts; i++) {
      diagonal[i] = Math.max(0, covariance.of(i, i));
    }
    return diagonal;
  }

  // Where scores sum to zero, c/n is added everywhere, so that there is an inverse; what it adds to
  // that is known.
  private double fill(DMatrixRMaj matrix, int[] place) {
    double c = 0;
    if (scores.centred()) {
      for (int i = 0; i < texts; i++) {
        c += scores.diagonal(i) / texts;
      }
      matrix.fill(c / texts);
    }
    for (int i = 0; i < texts; i++) {
      if (!scores.isFixed(i)) {
        matrix.add(place[i], place[i], scores.diagonal(i));
      }
    }
    PairTable table = scores.table();
    for (int r = 0; r < table.rows(); r++) {
      int i = table.first()[r];
      int j = table.second()[r];
      if (!scores.isFixed(i) && !scores.isFixed(j)) {
        matrix.add(place[i], place[j], -scores.weights()[r]);
        matrix.add(place[j], place[i], -scores.weights()[r]);
      }
    }
    return scores.centred() ? 1 / (texts * (c + scores.ridge())) : 0;
  }

  private int[] free() {
    int[] free = new int[texts];
    int count = 0;
    for (int i = 0; i < texts; i++) {
      if (!scores.isFixed(i)) {
        free[count++] = i;
      }
    }
    return Arrays.copyOf(free, count);
  }

  /// @param reference the text that others are compared with; -1 for none
  /// @return empty if whoever watches wants to stop
  Optional<Found> sampled(int reference, long seed, FitProgress progress) {
    int samples = (int) Math.clamp(BUDGET / Math.max(1, scores.table().rows()), FEWEST, MOST);
    double[] squares = new double[texts];
    var random = new SplittableRandom(seed);
    double[] around = new double[texts];
    for (int s = 0; s < samples; s++) {
      if (!progress.proceed(FitProgress.Stage.STANDARD_ERRORS, s, samples)) {
        return Optional.empty();
      }
      scores.neighbours(scores.solve(noise(random), Laplacian.ROUGH), around);
      for (int i = 0; i < texts; i++) {
        squares[i] += around[i] * around[i] / samples;
      }
    }
    double[] centred = new double[texts];
    for (int i = 0; i < texts; i++) {
      centred[i] = scores.isFixed(i) ? 0 : variance(i, squares[i]) + bordered.added(i, i);
    }
    double[] constrained = reference < 0 ? centred : against(reference, centred);
    return Optional.of(new Found(constrained, centred, Optional.empty(), samples));
  }

  // With M the covariance, D the diagonal of A and W its neighbours' weights: D²·M = D + E(Wx)²,
  // less what summing to zero takes.
  private double variance(int text, double square) {
    double d = scores.diagonal(text);
    double taken = scores.centred() ? (2 * d - scores.ridge()) / texts : 0;
    return (square + d - taken) / (d * d);
  }

  private double[] noise(SplittableRandom random) {
    double[] noise = new double[texts];
    PairTable table = scores.table();
    long bits = 0;
    for (int r = 0; r < table.rows(); r++) {
      bits = r % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
      double root = Math.sqrt(scores.weights()[r]);
      double signed = (bits & 1) == 0 ? root : -root;
      noise[table.first()[r]] += signed;
      noise[table.second()[r]] -= signed;
    }
    double root = Math.sqrt(scores.ridge());
    for (int i = 0; root > 0 && i < texts; i++) {
      noise[i] += random.nextBoolean() ? root : -root;
    }
    return noise;
  }

  // The reference's column is solved exactly, so that only single variances are sampled.
  private double[] against(int reference, double[] centred) {
    double[] unit = new double[texts];
    unit[reference] = 1;
    double[] column = scores.solve(unit);
    double own = column[reference] + bordered.added(reference, reference);
    double[] against = new double[texts];
    for (int i = 0; i < texts; i++) {
      double with = column[i] + bordered.added(i, reference);
      against[i] = i == reference ? 0 : Math.max(0, centred[i] + own - 2 * with);
    }
    return against;
  }
}
