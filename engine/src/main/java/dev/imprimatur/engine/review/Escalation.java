package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A question that only a person can answer.
///
/// @param details the arithmetic behind the reason
/// @param runId the run it was raised by, if any
/// @param claimedBy who works on it; void once `claimExpiresAt` has passed
/// @param revision raised by every change
/// @param resolution how it was decided, if it was
public record Escalation(
    UUID id,
    UUID articleId,
    UUID versionId,
    Reason reason,
    Status status,
    JsonNode details,
    @Nullable UUID runId,
    Instant raisedAt,
    @Nullable String claimedBy,
    @Nullable Instant claimExpiresAt,
    @Nullable Instant snoozedUntil,
    long revision,
    @Nullable Resolution resolution) {

  /// Why it was raised (review.md §3).
  public enum Reason {
    SCORE_REGRESSION,
    LIKELY_AI_GENERATED,
    POOR_QUALITY,
    REWRITE_CAP,
    APPROVED_REWRITE_ATTEMPT
  }

  /// Where it is; the last is final.
  public enum Status {
    PENDING,
    RESOLVED
  }

  /// What a person decided.
  public enum Outcome {
    /// The scores are right and the text may go out all the same.
    OVERRIDE,
    /// A newer version mends what was wrong.
    FIXED,
    /// The scores are wrong.
    FALSE_ALARM,
    /// The text must not go out.
    REJECTED
  }

  /// A decision.
  public record Resolution(Outcome outcome, String reason, String by, Instant at) {}

  /// Who holds a claim in force at this time, or null.
  public @Nullable String claimHolder(Instant now) {
    return claimedBy != null && claimExpiresAt != null && now.isBefore(claimExpiresAt)
        ? claimedBy
        : null;
  }

  /// Whether it is out of sight at this time.
  public boolean snoozed(Instant now) {
    return snoozedUntil != null && now.isBefore(snoozedUntil);
  }

  /// A remark.
  public record Comment(String text, String by, Instant at) {}

  /// An escalation with what a queue shows beside it.
  ///
  /// @param aiDetectorAvg of the run that raised it, if there is one
  /// @param aeoAvg likewise
  public record Row(
      Escalation escalation,
      String articleTitle,
      int versionNumber,
      java.math.@Nullable BigDecimal aiDetectorAvg,
      java.math.@Nullable BigDecimal aeoAvg) {}
}
