package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A proposed text. It changes nothing until a person accepts it.
///
/// @param versionId the version it was made from
/// @param changes the rewriter's reasons: `[{"rule","why"}, …]`
/// @param revision raised by every change
/// @param decision what a person decided, if somebody did
public record RewriteSuggestion(
    UUID id,
    UUID cycleId,
    UUID articleId,
    UUID versionId,
    Status status,
    String title,
    String body,
    JsonNode changes,
    long revision,
    Instant createdAt,
    @Nullable Choice decision) {

  /// Where it is; all but the first are final.
  public enum Status {
    PENDING,
    ACCEPTED,
    REJECTED
  }

  /// What was decided.
  ///
  /// @param reason given when it was rejected
  /// @param hunks the numbers of the accepted hunks, such as `1,3`
  public record Choice(String by, Instant at, @Nullable String reason, @Nullable String hunks) {}
}
