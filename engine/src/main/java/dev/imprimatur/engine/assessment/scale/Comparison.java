package dev.imprimatur.engine.assessment.scale;

import org.jspecify.annotations.Nullable;

/// One decision between two texts.
///
/// @param winner the better text; of a tie, one of the two
/// @param loser the other one
/// @param judge who decided, if that is known
/// @param tie whether neither was better
/// @param first which of the two was shown first, if that is known
public record Comparison(
    String winner, String loser, @Nullable String judge, boolean tie, @Nullable String first) {

  /// @throws IllegalArgumentException if a text is compared with itself, a name is empty, or the
  ///   text shown first is neither of the two
  public Comparison {
    if (winner.isBlank() || loser.isBlank()) {
      throw new IllegalArgumentException("a text's name is empty");
    }
    if (winner.equals(loser)) {
      throw new IllegalArgumentException("'" + winner + "' is compared with itself");
    }
    if (first != null && !first.equals(winner) && !first.equals(loser)) {
      throw new IllegalArgumentException(
          "'"
              + first
              + "' was shown first, but it is neither '"
              + winner
              + "' nor '"
              + loser
              + "'");
    }
  }

  /// A text that was found better, by nobody in particular.
  public static Comparison win(String winner, String loser) {
    return new Comparison(winner, loser, null, false, null);
  }

  /// Two texts of which neither was found better, by nobody in particular.
  public static Comparison tie(String one, String other) {
    return new Comparison(one, other, null, true, null);
  }

  /// The same, decided by a judge.
  public Comparison by(String who) {
    return new Comparison(winner, loser, who, tie, first);
  }

  /// The same, with this text shown first.
  public Comparison shownFirst(String text) {
    return new Comparison(winner, loser, judge, tie, text);
  }
}
