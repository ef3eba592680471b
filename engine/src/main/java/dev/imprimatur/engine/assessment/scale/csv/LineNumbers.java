package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Problem;
import java.util.Optional;

/// Watches a column of counts for one that numbers the lines. Taken for counts, the last line of a
/// thousand would weigh a thousand times the first.
final class LineNumbers {
  /// So many in order are no chance.
  private static final int ENOUGH = 8;

  private boolean inOrder = true;
  private int lines;

  void see(int count) {
    inOrder &= count == ++lines;
  }

  /// What is wrong, in words.
  ///
  /// @param column its name
  Optional<Problem> wrong(String column) {
    return inOrder && lines >= ENOUGH
        ? Optional.of(
            new Problem(
                1,
                "the column "
                    + column
                    + " would say how often each line counts, and it numbers the lines. Call it nr if it does"))
        : Optional.empty();
  }
}
