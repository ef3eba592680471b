package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.document.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A batch to be made.
///
/// @param clientRequestId a key under which a repeat finds the batch that exists, or null
/// @param total how many comparisons there may be; null for ten per text
/// @param threshold percent of the total at which enough is answered; null for 80
public record NewBatch(
    String name,
    @Nullable String clientRequestId,
    Batch.Judging judging,
    @Nullable Integer total,
    @Nullable Integer threshold,
    List<Text> texts) {

  /// Percent of the budget that is enough where nothing else is said.
  public static final int USUAL_THRESHOLD = 80;

  /// The same, judged by others.
  public NewBatch judgedBy(Batch.Judging others) {
    return new NewBatch(name, clientRequestId, others, total, threshold, texts);
  }

  /// A text to be ranked.
  public sealed interface Text {
    /// What people call it.
    String label();

    /// A version of an article.
    record OfVersion(String label, UUID versionId) implements Text {}

    /// A text of the batch's own.
    record Own(String label, MediaType mediaType, String body) implements Text {}
  }
}
