package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Problem;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Reading;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a file. The first ones are kept, the others counted.
final class Problems {
  /// Said of what stands where a tie is told of by yes or no.
  static final String NEITHER_TIED_NOR_NOT =
      "' in the column of ties is neither yes nor no, neither 1 nor 0";

  private static final int KEPT = 20;

  // With so many, it is another kind of file, and reading on tells nothing.
  private static final int HOPELESS = 100_000;

  private final List<Problem> kept = new ArrayList<>();
  private long total;

  void add(long line, String what) {
    if (kept.size() < KEPT) {
      kept.add(new Problem(line, what));
    }
    total++;
  }

  /// Puts what explains the others before them.
  void first(Problem problem) {
    kept.addFirst(problem);
    if (kept.size() > KEPT) {
      kept.removeLast();
    }
    total++;
  }

  boolean any() {
    return total > 0;
  }

  boolean hopeless() {
    return total >= HOPELESS;
  }

  Reading malformed() {
    return new Reading.Malformed(List.copyOf(kept), total);
  }
}
