package dev.imprimatur.engine.assessment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a ranking of answers. The same answers always make the same ranking.
public interface Scale {
  /// An answer.
  ///
  /// @param firstShare 1 if the first won, 0 if the second did, 0.5 for a tie
  record Judged(UUID first, UUID second, double firstShare) {
    /// The answer that a comparison has, which must count.
    static Judged of(Comparison comparison) {
      Comparison.Answered answered = comparison.answered();
      if (answered == null) {
        throw new IllegalArgumentException(comparison.correlationId() + " has no answer");
      }
      double share =
          switch (answered.answer()) {
            case FIRST -> 1;
            case SECOND -> 0;
            case TIE -> 0.5;
            case ERROR ->
                throw new IllegalArgumentException(comparison.correlationId() + " failed");
          };
      return new Judged(comparison.first(), comparison.second(), share);
    }
  }

  /// Where a text stands.
  ///
  /// @param rank 1 for the best; no two texts have the same
  /// @param score on the logit scale
  /// @param se its standard error, or null where it has none
  /// @param comparisons how many answers there are about it
  record Place(UUID text, int rank, double score, @Nullable Double se, int comparisons) {}

  /// A ranking, best first.
  ///
  /// @param reliability scale separation reliability: 1 − mean(se²) / var(score); null where the
  ///   scores don't differ
  record Ranking(List<Place> places, @Nullable Double reliability) {}

  /// A ranking with grades.
  ///
  /// @param grading null where none was asked for
  record Graded(Ranking ranking, @Nullable Grading grading) {}

  /// Ranks all texts, and projects grades where some are known.
  ///
  /// @param texts in a fixed order, which decides between equal scores
  Graded grade(List<UUID> texts, List<Judged> answers, Grades grades);

  /// Ranks all texts, those without an answer too.
  ///
  /// @param texts in a fixed order, which decides between equal scores
  Ranking rank(List<UUID> texts, List<Judged> answers);

  /// What the reliability would be if these pairs were answered as the ranking expects.
  ///
  /// @return null where it can't be told
  @Nullable Double reliabilityWith(
      Ranking ranking, List<Judged> answers, List<Comparison.Pair> outstanding);
}
