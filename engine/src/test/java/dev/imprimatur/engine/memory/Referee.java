package dev.imprimatur.engine.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Sees every row that a commit changes, whatever code changed it.
@FunctionalInterface
public interface Referee {
  /// Sees nothing amiss.
  Referee NONE = (who, at, before, after) -> {};

  /// One row of one commit.
  ///
  /// @param who committed
  /// @param at by the database's clock
  /// @param before null for a new row
  void changed(String who, Instant at, @Nullable Object before, Object after);
}
