package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Judged;
import dev.imprimatur.engine.assessment.HumanDesk.Skip;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.fxml.judging.Deeds.Deed;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One person who judges: the pair in sight, the one after it, and what was decided last.
public final class JudgingViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(JudgingViewModel.class);

  private final HumanDesk desk;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final OwnNotice notice;
  private final LongSupplier nanos;
  private final Sight sight;
  private final Deeds deeds;
  private final TakingBack takingBack;
  private final Look<Seen> look;
  private final ObservableList<JudgingProgress> batches = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Place> place = new ReadOnlyObjectWrapper<>(Place.LOADING);
  private final ReadOnlyObjectWrapper<@Nullable JudgingProgress> progress =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private @Nullable UUID batch;
  private long keptAt;
  private boolean fetching;
  private int era;

  private record Seen(List<JudgingProgress> open, Optional<JudgingProgress> mine) {}

  private record Fetched(Decision<Optional<ShownPair>> next, Optional<JudgingProgress> progress) {}

  /// @param nanos a clock for lengths, such as `System::nanoTime`
  public JudgingViewModel(
      HumanDesk desk,
      Tasks tasks,
      Texts texts,
      DecisionWords words,
      Notices notices,
      LongSupplier nanos) {
    this.desk = desk;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notice = new OwnNotice(notices);
    this.nanos = nanos;
    this.sight = new Sight(nanos);
    this.deeds = new Deeds(desk, tasks, texts.get("task.judge"), this::stored);
    this.takingBack = new TakingBack(desk, tasks, texts, words, notice, this::again);
    this.look =
        new Look<>(
            tasks,
            texts.get("task.judging"),
            () -> {
              UUID of = batch;
              return () ->
                  of == null
                      ? new Seen(desk.open(), Optional.empty())
                      : new Seen(List.of(), desk.progress(of));
            },
            this::seen,
            this::failed);
  }

  /// Looks again, and hands in what waits.
  void refresh() {
    deeds.send();
    look.now();
  }

  /// Some time has passed: pairs run out without anything being written, and the one in sight is
  /// kept for longer.
  void tick() {
    ShownPair shown = sight.pairProperty().get();
    if (shown != null && nanos.getAsLong() - keptAt > shown.keptFor().toNanos() / 3) {
      keptAt = nanos.getAsLong();
      Set<UUID> mine = held();
      tasks
          .runQuietly(texts.get("task.judging"), () -> desk.keep(mine))
          .onFailure(why -> trouble.set(String.valueOf(why.getMessage())));
    }
    if (place.get() != Place.PAIR && place.get() != Place.CHOOSE
        || deeds.countProperty().get() > 0) {
      refresh();
    }
  }

  private void seen(Seen seen) {
    trouble.set("");
    if (batch == null) {
      batches.setAll(seen.open());
      place.set(seen.open().isEmpty() ? Place.EMPTY : Place.CHOOSE);
      return;
    }
    JudgingProgress now = seen.mine().orElse(null);
    progress.set(now);
    if (now == null) {
      leave();
    } else if (over(now)) {
      stop(now);
    } else if (sight.lacking() && now.free() > held().size()) {
      fetch();
    } else if (blank() && !fetching) {
      place.set(Place.of(now));
    }
  }

  private static boolean over(JudgingProgress now) {
    return now.batch().terminal() || now.batch().state() == Batch.State.SCORING;
  }

  /// No more answers are needed: nobody is to judge for nothing.
  private void stop(JudgingProgress now) {
    sight.clear();
    takingBack.last(null);
    place.set(Place.of(now));
  }

  private boolean blank() {
    return sight.pairProperty().get() == null;
  }

  private void failed(Throwable why) {
    trouble.set(String.valueOf(why.getMessage()));
    if (batch == null ? batches.isEmpty() : blank()) {
      place.set(Place.FAILED);
    }
  }

  /// Begins with a batch.
  void begin(UUID wanted) {
    forget();
    batch = wanted;
    place.set(Place.FETCHING);
    fetch();
  }

  /// Leaves the batch for the list of all; the pairs that were not judged go back to the others.
  void leave() {
    Set<UUID> mine = held();
    mine.removeAll(deeds.pairs());
    forget();
    batch = null;
    place.set(batches.isEmpty() ? Place.LOADING : Place.CHOOSE);
    if (!mine.isEmpty()) {
      tasks
          .runQuietly(
              texts.get("task.judging"),
              () -> {
                desk.release(mine);
                return true;
              })
          // They run out by themselves.
          .onFailure(why -> trouble.set(String.valueOf(why.getMessage())));
    }
    refresh();
  }

  private void forget() {
    era++;
    look.forget();
    fetching = false;
    takingBack.forget();
    sight.clear();
    progress.set(null);
    trouble.set("");
  }

  private Set<UUID> held() {
    Set<UUID> held = sight.pairs();
    held.addAll(deeds.pairs());
    return held;
  }

  private void fetch() {
    UUID of = batch;
    if (of == null || fetching || !sight.lacking()) {
      return;
    }
    fetching = true;
    keptAt = nanos.getAsLong();
    int mine = era;
    Set<UUID> except = held();
    tasks
        .runQuietly(
            texts.get("task.judging"), () -> new Fetched(desk.next(of, except), desk.progress(of)))
        .onSuccess(fetched -> {
          if (mine == era) {
            fetching = false;
            trouble.set("");
            arrived(fetched);
          }
        })
        .onFailure(why -> {
          if (mine == era) {
            fetching = false;
            failed(why);
          }
        });
  }

  private void arrived(Fetched fetched) {
    JudgingProgress now = fetched.progress().orElse(null);
    progress.set(now);
    if (fetched.next() instanceof Decision.Refused<?>) {
      trouble.set(words.of(fetched.next(), "", "").headline());
      place.set(Place.REFUSED);
      return;
    }
    if (now != null && over(now)) {
      stop(now);
      return;
    }
    ShownPair next =
        fetched.next() instanceof Decision.Decided<Optional<ShownPair>>(Optional<ShownPair> found)
            ? found.orElse(null)
            : null;
    if (next != null && !held().contains(next.correlationId())) {
      if (blank()) {
        sight.show(next);
        place.set(Place.PAIR);
        fetch();
      } else if (sight.lacking()) {
        sight.follow(next);
      }
    } else if (blank()) {
      place.set(now == null ? Place.FAILED : Place.of(now));
    }
  }

  /// Whether the pair in sight may be decided: it has been there for long enough, and nothing that
  /// was decided before could not be stored.
  boolean decidable() {
    return place.get() == Place.PAIR
        && sight.readable()
        && !takingBack.busy()
        && deeds.troubleProperty().get().isEmpty();
  }

  /// Decides the pair in sight; nothing happens where it may not be decided yet.
  void decide(Answer answer) {
    ShownPair shown = sight.pairProperty().get();
    if (shown != null && decidable()) {
      takingBack.last(null);
      done(
          new Deed.Answered(
              shown.batchId(),
              new Given(
                  shown.correlationId(),
                  answer,
                  sight.surenessProperty().get().confidence(),
                  sight.millis())));
    }
  }

  /// Passes over the pair in sight.
  ///
  /// @param reason why, or null
  void skip(@Nullable String reason) {
    ShownPair shown = sight.pairProperty().get();
    if (shown != null && decidable()) {
      done(new Deed.Skipped(new Skip(UUID.randomUUID(), shown.correlationId(), reason)));
    }
  }

  private void done(Deed deed) {
    boolean next = sight.advance();
    deeds.add(deed);
    place.set(next ? Place.PAIR : Place.FETCHING);
    fetch();
  }

  private void stored(Deed deed, Decision<?> decision) {
    // It was about the pair before.
    notice.clear();
    if (deed instanceof Deed.Answered answered) {
      if (answered.batch().equals(batch)
          && decision instanceof Decision.Decided<?>(Judged judged)
          && !judged.undo().isZero()) {
        takingBack.last(deed.pair());
      }
      if (decision instanceof Decision.Refused<?>) {
        notice.tell(words.of(decision, "", texts.get("judging.wanted")));
      }
    }
    if (deeds.countProperty().get() == 0) {
      takingBack.stored();
    }
    look.now();
  }

  /// Takes back the last answer; its pair is in sight again.
  void undo() {
    if (batch != null) {
      takingBack.ask(deeds.countProperty().get() > 0);
    }
  }

  /// What was in sight meanwhile comes next.
  private void again(ShownPair undone) {
    sight.showBefore(undone);
    place.set(Place.PAIR);
    look.now();
  }

  /// Says how sure one is, in turn.
  void nextSureness() {
    if (place.get() == Place.PAIR) {
      sight.nextSureness();
    }
  }

  /// Whether what is shown is out of sight: that time is no decision time.
  void away(boolean now) {
    sight.away(now);
  }

  /// Batches that wait for people, those begun first.
  ObservableList<JudgingProgress> batches() {
    return batches;
  }

  ReadOnlyObjectProperty<Place> placeProperty() {
    return place.getReadOnlyProperty();
  }

  /// The pair in sight, or null.
  ReadOnlyObjectProperty<@Nullable ShownPair> pairProperty() {
    return sight.pairProperty();
  }

  /// How far the batch has come that is judged, or null.
  ReadOnlyObjectProperty<@Nullable JudgingProgress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Sureness> surenessProperty() {
    return sight.surenessProperty();
  }

  /// The answer that can be taken back, or null.
  ReadOnlyObjectProperty<@Nullable UUID> lastProperty() {
    return takingBack.lastProperty();
  }

  /// How many answers and skips are not stored yet.
  ReadOnlyIntegerProperty unstoredProperty() {
    return deeds.countProperty();
  }

  /// Why they could not be stored, or an empty text.
  ReadOnlyStringProperty unstoredTroubleProperty() {
    return deeds.troubleProperty();
  }

  /// Why the last look failed, or an empty text.
  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  /// Hands in a last time what could not be stored, before the window goes, and gives the pairs in
  /// sight back to the others. Not on the FX thread, and only when its calls have ended.
  ///
  /// @return a line that tells what is lost, or none
  public List<String> last() {
    List<String> lost = deeds.last(texts);
    Set<UUID> mine = sight.pairs();
    // Where the database does not answer nobody is to wait for this.
    if (lost.isEmpty() && trouble.get().isEmpty() && !mine.isEmpty()) {
      try {
        desk.release(mine);
      } catch (RuntimeException e) {
        LOG.info("{} pairs could not be given back, and run out by themselves", mine.size(), e);
      }
    }
    return lost;
  }
}
