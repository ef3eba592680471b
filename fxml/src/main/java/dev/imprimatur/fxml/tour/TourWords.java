package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tours in words and figures.
final class TourWords {
  /// Refusals that are told here in words of the window.
  private static final Set<String> KNOWN = Set.of("tour_busy", "lock_lost", "tour_ended");

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
    return reason(why);
  }

  private String reason(InvalidTransition why) {
    return switch (why.guard()) {
      case NONE -> texts.get("gate.tours.no-step", status(why.from()), status(why.to()));
      case ASSET_SCANNED -> texts.get("gate.tours.scan");
      case EXPIRED -> {
        String at = String.valueOf(why.facts().getOrDefault("expires_at", ""));
        yield at.isEmpty()
            ? texts.get("gate.tours.never")
            : texts.get("gate.tours.expires", time(Instant.parse(at)));
      }
      case MANDATORY_DONE ->
          texts.get("gate.tours.mandatory-open", why.facts().getOrDefault("mandatory_open", 0));
      case MANDATORY_OPEN -> texts.get("gate.tours.mandatory-done");
    };
  }

  /// The notice of a step that may not be taken.
  Notice refused(InvalidTransition why) {
    return new Notice(
        Notice.Kind.REFUSED,
        texts.get("tours.invalid", why.of().name(), status(why.from()), status(why.to())),
        reason(why));
  }

  /// The notice of what is not allowed for another reason, or not now.
  Notice refused(Refusal refusal) {
    return KNOWN.contains(refusal.code())
        ? new Notice(
            Notice.Kind.REFUSED,
            texts.code("tours.refused", refusal.code()),
            texts.code("tours.refused.more", refusal.code()))
        : times.of(new Decision.Refused<>(refusal), "", "");
  }

  /// The notice of a step that another took elsewhere, or with another scan, with both.
  Notice clash(FieldConflict conflict) {
    boolean scan = conflict.field() == CheckpointField.SCAN;
    String at = times.exactTime(conflict.at());
    return new Notice(
        Notice.Kind.CONFLICT,
        scan
            ? texts.get("tours.clash.scan", conflict.by(), at)
            : texts.get("tours.clash", conflict.by(), at),
        texts.get(scan ? "tours.clash.scan.kept" : "clash.kept"),
        List.of(clashing(conflict.field(), conflict.mine())),
        List.of(clashing(conflict.field(), conflict.theirs())));
  }

  private String clashing(CheckpointField field, String value) {
    return field == CheckpointField.STATUS
        ? value(field, value)
        : texts.get("tours.why", field(field), value(field, value));
  }

  /// Says at the head of a form why what was typed there is not written yet.
  Label notWritten(String why) {
    var label = new Label(texts.get("tours.not-written", why));
    label.setId("tours-not-written");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().add("tours-not-written");
    return label;
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
