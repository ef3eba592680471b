package dev.imprimatur.engine.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A pair of texts that a judge is asked about. Its answer is recorded once.
///
/// @param correlationId names it towards judges
/// @param number 1, 2, … within the batch
/// @param first the text that is shown first
/// @param judge who is asked, or who answered
/// @param requests how often it was asked about, from 1
/// @param sentAt when it was asked about last
/// @param givenAt when a judge fetched it last, or null
/// @param answered its answer, or null while it is outstanding
public record Comparison(
    UUID correlationId,
    UUID batchId,
    int number,
    UUID first,
    UUID second,
    String judge,
    int requests,
    Instant sentAt,
    @Nullable Instant givenAt,
    @Nullable Answered answered) {

  /// What a judge may say.
  public enum Answer {
    FIRST,
    SECOND,
    TIE,
    /// The judge could not say.
    ERROR
  }

  /// An answer as recorded.
  ///
  /// @param confidence from 0 to 1, or null
  /// @param late whether it came after the ranking was begun: kept, and not counted
  /// @param by who handed it in
  public record Answered(
      Answer answer, @Nullable BigDecimal confidence, boolean late, String by, Instant at) {}

  /// A pair that is to be sent.
  public record Pair(UUID first, UUID second) {}

  /// Whether its answer counts in the ranking.
  public boolean counts() {
    Answered a = answered;
    return a != null && a.answer() != Answer.ERROR && !a.late();
  }
}
