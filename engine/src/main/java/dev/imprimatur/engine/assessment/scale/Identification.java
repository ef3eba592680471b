package dev.imprimatur.engine.assessment.scale;

import java.util.Map;

/// Comparisons tell differences between scores only. This says where zero is.
public sealed interface Identification {
  /// The scores sum to zero: the usual choice, as no text is singled out.
  record SumToZero() implements Identification {}

  /// A text has the score zero, and the standard error zero; those of others are of their
  /// difference from it.
  record Reference(String text) implements Identification {}

  /// Texts whose scores are known, in logits, and stay as they are.
  record Anchors(Map<String, Double> scores) implements Identification {
    /// @throws IllegalArgumentException if there is none, or a score is no finite number
    public Anchors {
      scores = Map.copyOf(scores);
      if (scores.isEmpty()) {
        throw new IllegalArgumentException("no anchor is named");
      }
      scores.forEach((text, score) -> {
        if (!Double.isFinite(score)) {
          throw new IllegalArgumentException("the anchor '" + text + "' has no finite score");
        }
      });
    }
  }
}
