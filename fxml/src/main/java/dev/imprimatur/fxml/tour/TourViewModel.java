package dev.imprimatur.fxml.tour;

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
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tour that is shown, what it may become, and what is changed of it: always on the revision
/// that is in sight, and told as it is read again after the commit.
public final class TourViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(TourViewModel.class);

  private final Tours tours;
  private final Tasks tasks;
  private final Texts texts;
  private final TourWords words;
  private final Notices notices;
  private final Look<Optional<TourView>> look;
  private final ReadOnlyObjectWrapper<@Nullable TourView> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();
  private Runnable changed = () -> {};
  private Conflict conflicting = (change, conflicts, again) -> {};
  private @Nullable UUID id;

  /// Who asks which of two values is to stand.
  @FunctionalInterface
  interface Conflict {
    /// @param again asks anew for the whole change, if what is chosen is not written either
    void ask(CheckpointChange wanted, List<FieldConflict> conflicts, Consumer<String> again);
  }

  public TourViewModel(
      Tours tours, Tasks tasks, Texts texts, DecisionWords decisions, Notices notices) {
    this.tours = tours;
    this.tasks = tasks;
    this.texts = texts;
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
  void onConflict(Conflict action) {
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
  /// @param again asks anew, with why it was not written: what was typed is not to be lost
  void step(TourView view, TourStatus to, @Nullable String scan, Consumer<String> again) {
    if (acting.get()) {
      again.accept(texts.get("gate.tours.acting"));
      return;
    }
    acting.set(true);
    tasks
        .run(
            texts.get("task.tours.step"),
            () -> tours.transition(view.tour().id(), to, view.tour().revision(), scan, null))
        .onEnd(this::ended)
        .onSuccess(outcome -> tell(outcome, null, again))
        .onFailure(why -> failed(why, again));
  }

  /// Changes a checkpoint.
  ///
  /// @param again asks anew, with why it was not written: what was typed is not to be lost
  void change(CheckpointChange change, Consumer<String> again) {
    if (acting.get()) {
      again.accept(texts.get("gate.tours.acting"));
      return;
    }
    acting.set(true);
    tasks
        .run(texts.get("task.tours.change"), () -> tours.updateCheckpoint(change))
        .onEnd(this::ended)
        .onSuccess(outcome -> tell(outcome, change, again))
        .onFailure(why -> failed(why, again));
  }

  /// It may have been written all the same, if the answer alone was lost: a repeat then changes
  /// nothing.
  private void failed(Throwable why, Consumer<String> again) {
    LOG.error("a tour could not be changed", why);
    String told = String.valueOf(why.getMessage());
    notices.tell(
        new Notice(
            Notice.Kind.REFUSED, texts.get("tours.failed", told), texts.get("tours.failed.more")));
    again.accept(told);
  }

  private void refuse(Notice notice, Consumer<String> again) {
    notices.tell(notice);
    again.accept(notice.headline());
  }

  private void tell(
      TourOutcome<TourView> outcome, @Nullable CheckpointChange change, Consumer<String> again) {
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
          conflicting.ask(change, c.conflicts(), again);
        } else {
          notices.tell(words.clash(c.conflicts().getFirst()));
        }
      }
      case TourOutcome.Invalid<TourView> i -> refuse(words.refused(i.why()), again);
      case TourOutcome.Refused<TourView> r -> refuse(words.refused(r.refusal()), again);
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
