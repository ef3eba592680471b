package dev.imprimatur.engine.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An article as a list shows it.
///
/// @param latestVersionId its latest version; null only while its first is being made
/// @param scores the latest version's last run that ended, if one has
/// @param runInProgress the latest version's run that has not ended, if there is one
/// @param approval in force, if there is one
/// @param pendingEscalations of any of its versions
/// @param rewriteRunning whether a rewrite of it is being written
/// @param pendingSuggestions that wait for a reviewer
public record ArticleRow(
    Article article,
    @Nullable UUID latestVersionId,
    @Nullable Scored scores,
    @Nullable UUID runInProgress,
    @Nullable InForce approval,
    int pendingEscalations,
    boolean rewriteRunning,
    int pendingSuggestions) {

  /// What a run that ended came to.
  ///
  /// @param status never in progress
  /// @param aiDetectorAvg 0–100; null if no detector gave a score
  /// @param aeoAvg 0–100; null if no intent was scored
  public record Scored(
      UUID runId,
      EvaluationRun.Status status,
      @Nullable BigDecimal aiDetectorAvg,
      @Nullable BigDecimal aeoAvg) {
    /// Whether its averages rest on fewer scores than were asked for.
    public boolean partial() {
      return status == EvaluationRun.Status.PARTIAL_FAILURE;
    }
  }

  /// The approval in force.
  ///
  /// @param stale what no longer is as it was when it was given; empty where nothing has changed
  public record InForce(UUID id, int versionNumber, String by, Instant at, Set<Stale> stale) {}

  /// Why an approval is stale (review.md §6).
  public enum Stale {
    /// The latest version does not say what was approved.
    TEXT_CHANGED,
    /// The providers in use are not those whose scores it rests on.
    PROVIDERS_CHANGED
  }
}
