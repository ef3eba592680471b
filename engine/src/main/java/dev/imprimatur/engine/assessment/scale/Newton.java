package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Likelihood.Derivatives;
import dev.imprimatur.engine.assessment.scale.Likelihood.Point;

/// Newton's method with a line search: the log likelihood is concave, so that it finds the maximum
/// from anywhere, if there is one. Each step is a system of linear equations over the pairs that
/// were compared, never over all.
final class Newton {
  private static final int MOST = 100;

  // A step of this many logits is the last: the next one would be about its square.
  private static final double ENOUGH = 1e-8;
  private static final double SUFFICIENT = 1e-4;

  /// An order effect or log ν beyond this means odds of 10¹³ to one; no comparisons there are tell
  /// it from infinity.
  private static final double BEYOND_REASON = 30;

  /// How far it came.
  sealed interface Result {
    /// The maximum, and the derivatives there.
    record Found(Point at, Derivatives derivatives, int iterations) implements Result {}

    record NotFound(int iterations) implements Result {}

    record Stopped() implements Result {}
  }

  private Newton() {}

  static Result maximise(
      Likelihood likelihood, Laplacian laplacian, Point start, FitProgress progress) {
    Point at = start;
    double value = likelihood.penalised(at);
    var derivatives = new Derivatives(laplacian, likelihood.extras());
    for (int iteration = 1; iteration <= MOST; iteration++) {
      if (!progress.proceed(FitProgress.Stage.SCORES, iteration, 0)) {
        return new Result.Stopped();
      }
      likelihood.derive(at, derivatives);
      Bordered.Step step = Bordered.step(derivatives);
      double rise = step.rise();
      if (!Double.isFinite(rise)) {
        return new Result.NotFound(iteration);
      }
      double length = 1;
      Point next = at.moved(step.scores(), step.extra(), length);
      double nextValue = likelihood.penalised(next);
      // Where the rise is lost in the rounding of the sum, the full step is the better judge.
      boolean visible = rise > 1e-12 * Math.max(1, Math.abs(value));
      while (visible && !(nextValue >= value + SUFFICIENT * length * rise) && length > 1e-10) {
        length /= 2;
        next = at.moved(step.scores(), step.extra(), length);
        nextValue = likelihood.penalised(next);
      }
      at = next;
      value = nextValue;
      if (unreasonable(at)) {
        return new Result.NotFound(iteration);
      }
      if (length == 1 && step.longest() < ENOUGH) {
        likelihood.derive(at, derivatives);
        return new Result.Found(at, derivatives, iteration);
      }
    }
    return new Result.NotFound(MOST);
  }

  private static boolean unreasonable(Point at) {
    for (double extra : at.extra()) {
      if (!(Math.abs(extra) < BEYOND_REASON)) {
        return true;
      }
    }
    return false;
  }
}
