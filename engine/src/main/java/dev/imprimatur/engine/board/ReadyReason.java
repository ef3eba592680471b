package dev.imprimatur.engine.board;

import java.util.Locale;

/// Why a board is ready: a closed set, which the database holds too.
public enum ReadyReason {
  /// It has opportunities.
  GENERATED,
  /// The gates were passed, and nothing in the evidence belongs to a pillar.
  GATES_ONLY_NO_SYNTHESIS,
  /// There were candidates, and each was rejected.
  NO_VALID_CANDIDATES,
  /// The brand has no pillars, or no personas.
  EMPTY_BRAND_CONTEXT;

  /// The name used by databases and programs, such as `no_valid_candidates`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The reason with this code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ReadyReason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
