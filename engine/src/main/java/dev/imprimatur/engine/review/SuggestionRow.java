package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A suggestion as it stands in a list: without its text.
///
/// @param cycle the number of the rewrite cycle within the article
/// @param baseVersion the number of the version it was made from
/// @param latestVersion the number of the article's latest version
/// @param decision what a person decided, if somebody did
public record SuggestionRow(
    UUID id,
    int cycle,
    UUID articleId,
    String articleTitle,
    int baseVersion,
    int latestVersion,
    RewriteSuggestion.Status status,
    long revision,
    Instant createdAt,
    RewriteSuggestion.@Nullable Choice decision) {

  /// Whether the article has a newer version than the one it was made from.
  public boolean movedOn() {
    return latestVersion != baseVersion;
  }
}
