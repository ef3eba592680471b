package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.fxml.diff.TextDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in the list of hunks.
sealed interface Card {
  /// Reasons of the rewriter that can't be told to belong to some hunk.
  record Reasons(List<String> why) implements Card {}

  /// One hunk.
  ///
  /// @param diff what it replaces against what it puts there, word by word
  /// @param above the nearest line above that it leaves as it is
  /// @param below the nearest line below that it leaves as it is
  /// @param why the reasons that can be told to belong to it
  record OfHunk(
      Hunks.Hunk hunk,
      TextDiff diff,
      @Nullable Context above,
      @Nullable Context below,
      List<String> why)
      implements Card {}

  /// A line of the base.
  ///
  /// @param line its number from 1
  record Context(int line, String text) {}
}
