package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person's word that a version may go out. Never changed; a revocation is a fact of its own.
///
/// @param contentHash of the version's text, as approved
/// @param runs the runs it was based on: ids of the version's finished runs, in no particular order
/// @param fingerprint of the latest of those runs, if there was one
/// @param revocation if it was taken back
public record Approval(
    UUID id,
    UUID articleId,
    UUID versionId,
    String contentHash,
    @Nullable String note,
    List<UUID> runs,
    @Nullable String fingerprint,
    String by,
    Instant at,
    @Nullable Revocation revocation) {

  /// That an approval was taken back.
  public record Revocation(String reason, String by, Instant at) {}

  /// Whether it holds.
  public boolean inForce() {
    return revocation == null;
  }
}
