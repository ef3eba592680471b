package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Fit.PairFit;
import dev.imprimatur.engine.assessment.scale.Likelihood.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// How far decisions are from what the scores let expect (Wright & Masters 1982): infit is Σ
/// residual² / Σ variance, outfit the mean of residual² / variance.
final class FitStatistics {
  /// Sums over decisions that belong to a text or a judge.
  static final class Sums {
    private final double[] residuals;
    private final double[] variances;
    private final double[] standardised;
    private final int[] count;

    Sums(int size) {
      residuals = new double[size];
      variances = new double[size];
      standardised = new double[size];
      count = new int[size];
    }

    void add(int owner, int times, double result, Outcomes o) {
      double residual = result - o.expected;
      residuals[owner] += times * residual * residual;
      variances[owner] += times * o.variance;
      standardised[owner] += times * o.squaredResidual(result);
      count[owner] += times;
    }

    int count(int owner) {
      return count[owner];
    }

    OptionalDouble infit(int owner) {
      return variances[owner] > 0
          ? OptionalDouble.of(residuals[owner] / variances[owner])
          : OptionalDouble.empty();
    }

    OptionalDouble outfit(int owner) {
      return variances[owner] > 0
          ? OptionalDouble.of(standardised[owner] / count[owner])
          : OptionalDouble.empty();
    }
  }

  private final Likelihood likelihood;
  private final Point at;

  FitStatistics(Likelihood likelihood, Point at) {
    this.likelihood = likelihood;
    this.at = at;
  }

  Sums texts() {
    PairTable table = likelihood.table();
    var sums = new Sums(table.texts());
    for (int r = 0; r < table.rows(); r++) {
      Outcomes o = likelihood.row(r, at);
      // What surprises of the one text surprises as much of the other.
      for (int text : new int[] {table.first()[r], table.second()[r]}) {
        sums.add(text, table.firstWins()[r], 1, o);
        sums.add(text, table.secondWins()[r], 0, o);
        sums.add(text, table.ties()[r], 0.5, o);
      }
    }
    return sums;
  }

  List<JudgeFit> judges(Comparisons comparisons) {
    List<String> names = comparisons.judges();
    if (names.isEmpty()) {
      return List.of();
    }
    var sums = new Sums(names.size());
    var o = new Outcomes(likelihood.davidson());
    for (int k = 0; k < comparisons.size(); k++) {
      int judge = comparisons.judge(k);
      if (judge != Comparisons.NOBODY) {
        double order = likelihood.order(at) * (comparisons.winnerFirst(k) ? 1 : -1);
        double gap = at.scores()[comparisons.winner(k)] - at.scores()[comparisons.loser(k)];
        o.at(gap + order, likelihood.theta(at));
        sums.add(judge, 1, comparisons.tie(k) ? 0.5 : 1, o);
      }
    }
    List<JudgeFit> fits = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      fits.add(new JudgeFit(names.get(j), sums.count(j), sums.infit(j), sums.outfit(j)));
    }
    return List.copyOf(fits);
  }

  /// @param ownParameters how many numbers the fit was free to choose
  PairFit pairs(int ownParameters) {
    PairTable table = likelihood.table();
    double saturated = 0;
    for (int r = 0; r < table.rows(); r++) {
      double n = table.comparisons(r);
      double ties = table.ties()[r];
      double shared = likelihood.davidson() ? 0 : ties / 2;
      saturated +=
          share(table.firstWins()[r] + shared, n) + share(table.secondWins()[r] + shared, n);
      saturated += likelihood.davidson() ? share(ties, n) : 0;
    }
    int figures = table.rows() * (likelihood.davidson() ? 2 : 1);
    return new PairFit(2 * (saturated - likelihood.logLikelihood(at)), figures - ownParameters);
  }

  private static double share(double count, double of) {
    return count == 0 ? 0 : count * Math.log(count / of);
  }
}
