package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.List;

/// Takes a file in, line by line.
interface Lines {
  void take(Line line);

  /// There are no more.
  void end();

  /// What the lines held, if nothing was wrong with them.
  Comparisons comparisons();

  /// What someone should know about how they were read.
  default List<String> remarks() {
    return List.of();
  }
}
