package dev.imprimatur.engine.assessment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Chooses which pairs are asked about next. The same arguments always choose the same pairs, so
/// that a process which dies in between loses nothing.
public interface PairSelector {
  /// Chooses pairs in the order in which they are to be shown: first what connects all texts, then
  /// what tells most; no pair twice until all were used.
  ///
  /// @param texts at least two
  /// @param had the pairs there are already
  /// @param ranking of the answers there are, or null where there are none yet
  /// @param count how many to choose
  /// @param seed of the choice between what is equally good
  List<Comparison.Pair> select(
      List<UUID> texts,
      List<Comparison.Pair> had,
      Scale.@Nullable Ranking ranking,
      int count,
      long seed);
}
