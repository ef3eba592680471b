package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.document.MediaType;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A pair as a person sees it: two texts, and nothing that says which is which.
///
/// @param number of the pair within its batch
/// @param keptFor how long it is kept from others, from now on
public record ShownPair(
    UUID correlationId,
    UUID batchId,
    String batch,
    int number,
    Side first,
    Side second,
    Duration keptFor) {
  /// One text. The label it has in its batch is left out: a file's name may name its author.
  ///
  /// @param title of an article's version; null for a text of the batch's own
  public record Side(@Nullable String title, MediaType mediaType, String body) {}
}
