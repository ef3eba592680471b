package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.list.Mark.Tone;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Batches in words.
public final class BatchWords {
  /// For what can't be told.
  static final String NONE = "–";

  private final Texts texts;
  private final DecisionWords words;

  public BatchWords(Texts texts, DecisionWords words) {
    this.texts = texts;
    this.words = words;
  }

  Texts texts() {
    return texts;
  }

  Mark state(Batch batch) {
    String text = texts.code("assess.state", Code.of(batch.state()));
    return switch (batch.state()) {
      case COMPLETED -> new Mark(text, Tone.GOOD);
      case FAILED -> new Mark(text, Tone.BAD, true);
      case CANCELLED -> new Mark(text, Tone.WARN);
      default -> new Mark(text, Tone.PLAIN);
    };
  }

  String judging(Batch batch) {
    return texts.code("assess.judging", Code.of(batch.terms().judging()));
  }

  /// How far it has come, short.
  String progress(Batch batch) {
    Batch.Counts c = batch.counts();
    return texts.get("assess.progress", c.sent(), c.completed(), c.failed(), batch.terms().total());
  }

  /// How far it has come, whole.
  String counts(Batch batch) {
    Batch.Counts c = batch.counts();
    return texts.get(
        "assess.counts",
        c.completed(),
        batch.terms().total(),
        batch.percent(),
        c.sent(),
        c.failed(),
        c.outstanding(),
        batch.terms().threshold());
  }

  String activity(Batch batch) {
    return words.exactTime(batch.progress().lastActivity());
  }

  String head(Batch batch) {
    return texts.get(
        "assess.head",
        batch.terms().texts(),
        judging(batch),
        batch.createdBy(),
        words.time(batch.createdAt()));
  }

  /// Why it is where it is.
  String why(Batch batch) {
    Batch.Decided decided = batch.progress().decided();
    if (decided == null) {
      return texts.code("assess.why", "none");
    }
    String why =
        texts.code(
            "assess.why",
            Code.of(decided.verdict().reason()),
            batch.terms().threshold(),
            batch.terms().total());
    return texts.get(
        "assess.why.by",
        texts.code(
            "assess.next",
            batch.state() == Batch.State.COMPLETED ? "done" : Code.of(decided.verdict().next())),
        why,
        texts.code("assess.door", Code.of(decided.by())),
        words.exactTime(decided.at()));
  }

  /// Why it failed or was cancelled, or an empty text.
  String failure(Batch batch) {
    var why = batch.progress().diagnostics();
    if (why == null) {
      return "";
    }
    String code = why.path("error").asString("");
    String reason = why.path("reason").asString("");
    String text = texts.code("assess.failed", code);
    return reason.isEmpty() ? text : text + " " + texts.get("assess.failed.reason", reason);
  }

  static String number(double value) {
    // A minus that is as wide as a plus.
    return String.format(Locale.ENGLISH, "%.2f", value == 0 ? 0.0 : value).replace('-', '−');
  }

  static String number(@Nullable Double value) {
    return value == null ? NONE : number(value.doubleValue());
  }

  static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : NONE;
  }

  String percent(double share) {
    return texts.get("assess.percent", share * 100);
  }

  String percent(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) : NONE;
  }

  /// How long somebody took.
  String took(Duration time) {
    return time.toSeconds() < 100
        ? texts.get("assess.seconds", time.toMillis() / 1000.0)
        : texts.get("assess.minutes", time.toSeconds() / 60.0);
  }
}
