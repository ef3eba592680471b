package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.document.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A batch to be made.
///
/// @param clientRequestId a key under which a repeat finds the batch that exists, or null
/// @param total how many comparisons there may be; null for ten per text
/// @param grades all there are, the lowest first; empty where none are to be projected
/// @param anchors the grades of texts whose grade is known, by their labels
/// @param threshold percent of the total at which enough is answered; null for 80
public record NewBatch(
    String name,
    @Nullable String clientRequestId,
    Batch.Judging judging,
    @Nullable Integer total,
    @Nullable Integer threshold,
    List<Text> texts,
    List<String> grades,
    Map<String, String> anchors) {

  /// Percent of the budget that is enough where nothing else is said.
  public static final int USUAL_THRESHOLD = 80;

  private static final int PER_TEXT = 10;

  /// Labels are taken without the white space around them.
  public NewBatch {
    texts = List.copyOf(texts);
    grades = grades.stream().map(String::strip).toList();
    anchors =
        anchors.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> e.getKey().strip(), e -> e.getValue().strip(), (a, b) -> b));
  }

  /// Without grades.
  public NewBatch(
      String name,
      @Nullable String clientRequestId,
      Batch.Judging judging,
      @Nullable Integer total,
      @Nullable Integer threshold,
      List<Text> texts) {
    this(name, clientRequestId, judging, total, threshold, texts, List.of(), Map.of());
  }

  /// How many comparisons are usual for so many texts: ten about each. Every text is in two places
  /// of a pair.
  public static int usualTotal(int texts) {
    return texts < 2 ? 0 : Math.max(texts - 1, texts * PER_TEXT / 2);
  }

  /// The same, judged by others.
  public NewBatch judgedBy(Batch.Judging others) {
    return new NewBatch(name, clientRequestId, others, total, threshold, texts, grades, anchors);
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
