package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.assessment.scale.quality.Analysis;
import dev.imprimatur.engine.assessment.scale.quality.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a batch's texts stand, and how far that is to be trusted.
///
/// @param basis where the standings are from
/// @param tooLarge whether nothing was reckoned because the batch is large; ask for it to have it
/// @param standings best first; empty where there is no answer
/// @param analysis of all answers that count; null where nothing was reckoned
/// @param judges in the order in which they first answered; empty where nothing was reckoned
/// @param grades there are in the batch, the lowest first
/// @param grading stored with the result
/// @param parts in how many parts the texts fall that no answer connects; 0 where nothing was
///   reckoned
public record BatchReport(
    Batch batch,
    Basis basis,
    boolean tooLarge,
    List<Standing> standings,
    @Nullable Analysis analysis,
    List<JudgeRow> judges,
    List<String> grades,
    Optional<Grading> grading,
    int parts) {
  /// What a ranking is made of.
  public enum Basis {
    /// There is no answer yet.
    NONE,
    /// The estimate that was stored when pairs were last chosen; it has no errors.
    ESTIMATE,
    /// Reckoned now, of the answers there are.
    NOW,
    /// Stored when the batch ended.
    RESULT
  }

  /// Where a text stands.
  ///
  /// @param score in logits
  /// @param se in logits, or null
  /// @param comparisons how many answers there are about it
  /// @param fit how the answers go with its score, or null
  /// @param known its grade, if that was known beforehand
  /// @param chances stored with the result, of each grade, the lowest first; or null
  public record Standing(
      UUID text,
      String label,
      int rank,
      double score,
      @Nullable Double se,
      int comparisons,
      @Nullable TextScore fit,
      @Nullable String known,
      @Nullable List<Double> chances) {}

  /// How a judge did.
  ///
  /// @param comparisons how many of their answers count
  /// @param agreement with other judges who saw the same pair
  /// @param median from fetching a pair to answering it; empty where that was not noted
  public record JudgeRow(
      String judge,
      int comparisons,
      OptionalDouble infit,
      OptionalDouble outfit,
      Share agreement,
      Optional<Duration> median) {}
}
