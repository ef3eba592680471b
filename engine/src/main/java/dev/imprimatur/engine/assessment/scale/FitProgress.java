package dev.imprimatur.engine.assessment.scale;

/// Hears how far a fit has come, and may stop it.
@FunctionalInterface
public interface FitProgress {
  /// What a fit is at.
  enum Stage {
    /// Looking for the scores that make the comparisons most likely.
    SCORES,
    /// Working out their standard errors.
    STANDARD_ERRORS
  }

  /// Goes on whatever happens.
  FitProgress SILENT = (stage, done, total) -> true;

  /// Called every few milliseconds of work.
  ///
  /// @param total how much there is to do at this stage; 0 where that is not known
  /// @return false to stop
  boolean proceed(Stage stage, int done, int total);
}
