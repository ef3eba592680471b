package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tours in words and figures.
final class TourWords {
  private final Texts texts;
  private final DecisionWords times;

  TourWords(Texts texts, DecisionWords times) {
    this.texts = texts;
    this.times = times;
  }

  String status(TourStatus status) {
    return texts.code("tours.status", Code.of(status));
  }

  String time(@Nullable Instant at) {
    return at == null ? texts.get("tours.never") : times.time(at);
  }

  /// How it stands, in a word.
  Mark mark(TourStatus status) {
    Mark.Tone tone =
        switch (status) {
          case COMPLETED -> Mark.Tone.GOOD;
          case PARTIALLYCOMPLETED, MAINTENANCE -> Mark.Tone.WARN;
          case AUTOCLOSED -> Mark.Tone.BAD;
          case ASSIGNED, INPROGRESS, STANDBY -> Mark.Tone.PLAIN;
        };
    return new Mark(status(status), tone);
  }

  /// The same of a tour, with a sign where its time was over before it ended.
  Mark mark(Tour tour) {
    return tour.overdue()
        ? new Mark(texts.get("tours.overdue", status(tour.status())), Mark.Tone.BAD, true)
        : mark(tour.status());
  }

  String progress(Tour tour) {
    return texts.get("tours.progress", tour.progress().done(), tour.progress().checkpoints());
  }

  String progressInFull(Tour tour) {
    return texts.get(
        "tours.progress.full",
        tour.progress().done(),
        tour.progress().checkpoints(),
        tour.progress().mandatoryOpen());
  }

  String field(CheckpointField field) {
    return texts.code("tours.field", Code.of(field));
  }

  /// What a field holds, for people.
  String value(CheckpointField field, String value) {
    if (value.isEmpty()) {
      return texts.get("tours.none");
    }
    return field == CheckpointField.STATUS ? status(TourStatus.valueOf(value)) : value;
  }

  String mandatory(Checkpoint checkpoint) {
    return texts.get(checkpoint.mandatory() ? "tours.mandatory" : "tours.optional");
  }

  /// Why a status can't be taken; empty if it can, also where an asset is yet to be scanned: that
  /// is asked for with the step.
  String closed(TourView.Option option, Tour tour) {
    InvalidTransition why = option.refusal();
    if (why == null || why.guard() == Guard.ASSET_SCANNED) {
      return "";
    }
    if (tour.ended()) {
      return texts.get("gate.tours.ended", status(tour.status()));
    }
    return switch (why.guard()) {
      case NONE, ASSET_SCANNED ->
          texts.get("gate.tours.no-step", status(tour.status()), status(option.to()));
      case EXPIRED ->
          tour.expiresAt() == null
              ? texts.get("gate.tours.never")
              : texts.get("gate.tours.expires", time(tour.expiresAt()));
      case MANDATORY_DONE ->
          texts.get("gate.tours.mandatory-open", tour.progress().mandatoryOpen());
      case MANDATORY_OPEN -> texts.get("gate.tours.mandatory-done");
    };
  }

  /// What happened, in a line.
  String happened(AuditEntry entry) {
    String name = text(entry.after(), "name");
    String what =
        name.isEmpty()
            ? texts.code("audit", entry.action())
            : texts.get("tours.history.checkpoint", name, texts.code("audit", entry.action()));
    String from = text(entry.before(), "status");
    String to = text(entry.after(), "status");
    return from.isEmpty() || from.equals(to)
        ? what
        : texts.get("tours.history.step", what, known(from), known(to));
  }

  private String known(String status) {
    return texts.code("tours.status", status.toLowerCase(java.util.Locale.ROOT));
  }

  /// Who did it, when, and how long the lock was waited for.
  String by(AuditEntry entry) {
    return texts.get(
        entry.actor().human() ? "tours.history.person" : "tours.history.automation",
        entry.actor().id(),
        times.exactTime(entry.at()),
        entry.lockWaitMillis());
  }

  private static String text(@Nullable JsonNode node, String name) {
    return node != null && node.path(name).isString() ? node.path(name).stringValue() : "";
  }
}
