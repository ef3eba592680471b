package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The tour that is shown, what it may become, and what is changed of it: always on the revision
/// that is in sight, and told as it is read again after the commit.
public final class TourViewModel {
  private final Tours tours;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords decisions;
  private final TourWords words;
  private final Notices notices;
  private final Look<Optional<TourView>> look;
  private final ReadOnlyObjectWrapper<@Nullable TourView> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();
  private Runnable changed = () -> {};
  private BiConsumer<CheckpointChange, List<FieldConflict>> conflicting = (change, conflicts) -> {};
  private @Nullable UUID id;

  public TourViewModel(
      Tours tours, Tasks tasks, Texts texts, DecisionWords decisions, Notices notices) {
    this.tours = tours;
    this.tasks = tasks;
    this.texts = texts;
    this.decisions = decisions;
    this.words = new TourWords(texts, decisions);
    this.notices = notices;
    trouble.set(texts.get("tours.nothing"));
    look = new Look<>(tasks, texts.get("task.tours.one"), this::next, this::arrived, this::failed);
  }

  /// What to do when something was changed.
  void onChanged(Runnable action) {
    changed = action;
  }

  /// Who asks which of two values is to stand.
  void onConflict(BiConsumer<CheckpointChange, List<FieldConflict>> action) {
    conflicting = action;
  }

  /// Shows a tour, or none.
  void open(@Nullable UUID tour) {
    if (tour == null || !tour.equals(id)) {
      id = tour;
      look.forget();
      trouble.set(tour == null ? texts.get("tours.nothing") : "");
      data.set(null);
      refresh();
    }
  }

  /// Looks again.
  void refresh() {
    if (id != null) {
      look.now();
    }
  }

  private Callable<Optional<TourView>> next() {
    UUID wanted = id;
    return () -> wanted == null ? Optional.empty() : tours.view(wanted);
  }

  private void arrived(Optional<TourView> found) {
    trouble.set(found.isEmpty() ? texts.get("tours.gone") : "");
    data.set(found.orElse(null));
  }

  private void failed(Throwable why) {
    if (data.get() == null) {
      trouble.set(texts.get("tours.unreadable", String.valueOf(why.getMessage())));
    }
  }

  /// Why each other status can't be taken; empty where it can.
  Map<TourStatus, String> closed() {
    Map<TourStatus, String> closed = new EnumMap<>(TourStatus.class);
    TourView view = data.get();
    if (view != null) {
      for (TourView.Option option : view.options()) {
        closed.put(
            option.to(),
            acting.get() ? texts.get("gate.tours.acting") : words.closed(option, view.tour()));
      }
    }
    return closed;
  }

  /// Whether an asset is to be scanned for this step.
  boolean asksForScan(TourStatus to) {
    TourView view = data.get();
    return view != null
        && view.options().stream()
            .anyMatch(o -> o.to() == to && !o.open() && o.guard() == Guard.ASSET_SCANNED);
  }

  /// Takes a tour to another status.
  ///
  /// @param view the tour as it was seen when that was asked for: what is in sight may be another
  ///   by the time a scan is typed
  /// @param scan what was scanned, or null
  void step(TourView view, TourStatus to, @Nullable String scan) {
    if (acting.get()) {
      return;
    }
    acting.set(true);
    tasks
        .run(
            texts.get("task.tours.step"),
            () -> tours.transition(view.tour().id(), to, view.tour().revision(), scan, null))
        .onEnd(this::ended)
        .onSuccess(outcome -> tell(outcome, null));
  }

  /// Changes a checkpoint.
  void change(CheckpointChange change) {
    if (acting.get()) {
      return;
    }
    acting.set(true);
    tasks
        .run(texts.get("task.tours.change"), () -> tours.updateCheckpoint(change))
        .onEnd(this::ended)
        .onSuccess(outcome -> tell(outcome, change));
  }

  private void tell(TourOutcome<TourView> outcome, @Nullable CheckpointChange change) {
    switch (outcome) {
      case TourOutcome.Done<TourView>(TourView now, boolean changedNow) -> {
        arrivedFor(now);
        notices.tell(
            new Notice(
                Notice.Kind.DONE,
                done(now, changedNow, change),
                texts.get(
                    "tours.reread",
                    words.status(now.tour().status()),
                    words.progressInFull(now.tour()),
                    now.tour().revision())));
      }
      case TourOutcome.Conflicting<TourView> c -> {
        if (change != null) {
          conflicting.accept(change, c.conflicts());
        } else {
          FieldConflict one = c.conflicts().getFirst();
          notices.tell(
              new Notice(
                  Notice.Kind.CONFLICT,
                  texts.get("tours.clash", one.by(), decisions.exactTime(one.at())),
                  texts.get("clash.kept"),
                  List.of(words.status(TourStatus.valueOf(one.mine()))),
                  List.of(words.status(TourStatus.valueOf(one.theirs())))));
        }
      }
      case TourOutcome.Invalid<TourView> i ->
          notices.tell(decisions.of(new Decision.Refused<>(i.why().refusal()), "", ""));
      case TourOutcome.Refused<TourView> r ->
          notices.tell(decisions.of(new Decision.Refused<>(r.refusal()), "", ""));
    }
  }

  private void arrivedFor(TourView now) {
    if (now.tour().id().equals(id)) {
      data.set(now);
    }
  }

  private String done(TourView now, boolean changedNow, @Nullable CheckpointChange change) {
    if (!changedNow) {
      return texts.get("tours.done.already");
    }
    if (change == null) {
      return texts.get(
          "tours.done.step", now.tour().identifier(), words.status(now.tour().status()));
    }
    String name =
        now.checkpoints().stream()
            .filter(c -> c.id().equals(change.checkpoint()))
            .map(Checkpoint::name)
            .findFirst()
            .orElse("");
    return texts.get("tours.done.change", name);
  }

  private void ended() {
    acting.set(false);
    refresh();
    changed.run();
  }

  ReadOnlyObjectProperty<@Nullable TourView> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty actingProperty() {
    return acting.getReadOnlyProperty();
  }
}
