package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.document.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A text of a batch: a version of an article, or one of the batch's own. Never changes.
///
/// @param position 1, 2, … in the order in which they were given
/// @param label what people call it; unique in the batch
/// @param versionId the version it is, or null
/// @param mediaType of its own body, or null
/// @param body its own, or null
/// @param grade what is known of it beforehand: one of its batch's grades, or null
public record BatchText(
    UUID batchId,
    UUID id,
    int position,
    String label,
    @Nullable UUID versionId,
    @Nullable MediaType mediaType,
    @Nullable String body,
    @Nullable String grade) {

  /// A text without its body.
  public record Head(
      UUID id, int position, String label, @Nullable UUID versionId, @Nullable String grade) {}
}
