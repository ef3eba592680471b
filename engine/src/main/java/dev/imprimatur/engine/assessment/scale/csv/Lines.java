package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparisons;

/// Takes a file in, line by line.
interface Lines {
  void take(Line line);

  /// There are no more.
  void end();

  /// What the lines held, if nothing was wrong with them.
  Comparisons comparisons();
}
