package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the screen says of batches and of how far they have come.
final class JudgingWords {
  private final Texts texts;

  JudgingWords(Texts texts) {
    this.texts = texts;
  }

  /// How many answers begin the ranking at the latest.
  static int enough(Batch batch) {
    return Math.ceilDiv(batch.terms().threshold() * batch.terms().total(), 100);
  }

  String answers(Batch batch) {
    return texts.get(
        "judging.row.answers", batch.counts().completed(), batch.terms().total(), enough(batch));
  }

  String free(JudgingProgress progress) {
    return texts.get("judging.row.free", progress.free());
  }

  String mine(JudgingProgress progress) {
    return texts.get("judging.row.mine", progress.mine().answers());
  }

  String spoken(JudgingProgress progress) {
    return texts.get(
        "judging.row.spoken",
        progress.batch().terms().name(),
        answers(progress.batch()),
        mine(progress),
        free(progress));
  }

  String progress(JudgingProgress progress) {
    Batch batch = progress.batch();
    return texts.get(
        "judging.progress", batch.counts().completed(), batch.terms().total(), enough(batch));
  }

  /// What this person has judged, and how long it took.
  String pace(JudgingProgress progress) {
    OptionalLong median = progress.mine().medianMillis();
    int mine = progress.mine().answers();
    return median.isEmpty()
        ? texts.get("judging.mine", mine)
        : texts.get("judging.mine.median", mine, length(Duration.ofMillis(median.getAsLong())));
  }

  /// To a tenth of a second below a minute.
  String length(Duration length) {
    return length.toMinutes() == 0
        ? texts.get(
            "judging.seconds", String.format(Locale.ENGLISH, "%.1f", length.toMillis() / 1000.0))
        : texts.get("judging.minutes", length.toMinutes(), length.toSecondsPart());
  }

  String blankHead(Place place) {
    return texts.code("judging.blank", Code.of(place));
  }

  String blankText(Place place, @Nullable JudgingProgress progress, String trouble) {
    return switch (place) {
      case FAILED -> texts.get("judging.blank.failed.more", trouble);
      case REFUSED -> trouble;
      case OUT -> progress == null ? "" : out(progress);
      case ENDED ->
          progress == null
              ? ""
              : texts.get(
                  "judging.blank.ended.more",
                  progress.batch().counts().completed(),
                  progress.mine().answers());
      default -> texts.code("judging.blank.more", Code.of(place));
    };
  }

  private String out(JudgingProgress progress) {
    Duration free = progress.nextFree();
    return texts.get(
        "judging.blank.out.more",
        progress.out(),
        length(free == null || free.isNegative() ? Duration.ZERO : free));
  }
}
