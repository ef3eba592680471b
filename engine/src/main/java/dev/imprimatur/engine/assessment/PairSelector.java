package dev.imprimatur.engine.assessment;

import java.util.List;
import java.util.UUID;

/// Chooses which pairs are asked about next. The same arguments always choose the same pairs, so
/// that a process which dies in between loses nothing.
public interface PairSelector {
  /// Chooses pairs in the order in which they are to be shown: first what connects all texts, then
  /// texts that were compared least; no pair twice until all were used.
  ///
  /// @param texts at least two
  /// @param had the pairs there are already
  /// @param count how many to choose
  /// @param seed of the choice between what is equally good
  List<Comparison.Pair> select(List<UUID> texts, List<Comparison.Pair> had, int count, long seed);
}
