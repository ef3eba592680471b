package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One rewrite that was asked for, whatever became of it; each counts towards the cap.
///
/// @param number 1, 2, … within the article
/// @param error what went wrong, if something did
public record RewriteCycle(
    UUID id,
    UUID articleId,
    UUID versionId,
    int number,
    Status status,
    String provider,
    String model,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String error) {

  /// Where a cycle is; all but the first are final.
  public enum Status {
    RUNNING,
    SUGGESTED,
    /// The rewriter found nothing to better.
    NOTHING_TO_CHANGE,
    TIMED_OUT,
    FAILED,
    SUPERSEDED_BY_APPROVAL
  }
}
