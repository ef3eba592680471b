package dev.imprimatur.engine.board;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that was seen in a brand's world. It is never changed.
///
/// @param sourceKey who it is, across imports
/// @param summary may be empty
/// @param publishedAt as its source says, or null
/// @param importedAt by the database's clock
public record EvidenceItem(
    UUID id,
    String sourceKey,
    Format format,
    String title,
    String summary,
    @Nullable String url,
    @Nullable Instant publishedAt,
    Instant importedAt) {
  /// What it was read from.
  public enum Format {
    JSONL,
    CSV,
    FEED
  }

  /// When it is of: when it was published, or else when it came in.
  public Instant at() {
    return publishedAt == null ? importedAt : publishedAt;
  }

  /// An item to be stored; texts are clean and within their limits.
  ///
  /// @param sourceKey at most 512 characters
  /// @param title at most 300 characters, never blank
  /// @param summary at most 4,000 characters
  /// @param url at most 2,000 characters, or null
  public record Draft(
      String sourceKey,
      Format format,
      String title,
      String summary,
      @Nullable String url,
      @Nullable Instant publishedAt) {}
}
