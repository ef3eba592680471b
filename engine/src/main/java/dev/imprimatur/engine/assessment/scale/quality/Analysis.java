package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitOutcome;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import java.util.Optional;

/// Scores, and everything that says how far to trust them.
///
/// @param halves split halves; with few comparisons none of them can be fitted
/// @param agreement of judges who saw the same pair
/// @param adaptivity whether pairs were chosen closer together than chance would have it
public record Analysis(
    Fit fit,
    SplitHalf halves,
    JudgeAgreement agreement,
    PositionBias position,
    CycleRate cycles,
    Adaptivity adaptivity) {
  /// So many random halves are tried.
  public static final int SPLITS = 20;

  private static final long SEED = 1;

  /// Looks at comparisons from all sides.
  ///
  /// @return empty if there are no such scores, or whoever watches stopped it
  public static Optional<Analysis> of(
      Comparisons comparisons, FitOptions options, FitProgress progress) {
    if (!(BradleyTerry.fit(comparisons, options, progress) instanceof FitOutcome.Fitted(Fit fit))) {
      return Optional.empty();
    }
    return SplitHalf.of(comparisons, options, SPLITS, SEED, progress)
        .map(halves ->
            new Analysis(
                fit,
                halves,
                JudgeAgreement.of(comparisons),
                PositionBias.of(comparisons),
                CycleRate.of(comparisons),
                Adaptivity.of(comparisons, fit.scores())));
  }
}
