package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.Sweeps;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// All sweeps, the ticks of the one that is chosen, and what may be decided on it.
public final class SweepsViewModel {
  private static final int TICKS = 200;

  private final Sweeps sweeps;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final Look<Seen> look;
  private final ObservableList<SweepStatus> all = FXCollections.observableArrayList();
  private final ObservableList<SweepRun> ticks = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable String> chosen = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates = new ReadOnlyObjectWrapper<>(Gates.SHUT);
  private @Nullable Refusal refusal;
  private boolean deciding;

  /// Why each button can't be pressed, or an empty text.
  ///
  /// @param role why none of them can be, whatever the sweep
  record Gates(String run, String pause, String resume, String interval, String role) {
    static final Gates SHUT = new Gates("…", "…", "…", "…", "");
  }

  private record Seen(
      List<SweepStatus> all,
      @Nullable String of,
      List<SweepRun> ticks,
      Optional<Refusal> refusal) {}

  public SweepsViewModel(
      Sweeps sweeps, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.sweeps = sweeps;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.look =
        new Look<>(tasks, texts.get("task.sweeps"), this::next, this::arrived, this::failed);
    chosen.addListener((observed, before, now) -> chosenAnother());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    look.now();
  }

  private Callable<Seen> next() {
    String of = chosen.get();
    return () -> {
      List<SweepStatus> found = sweeps.list();
      String shown = of != null || found.isEmpty() ? of : found.getFirst().name();
      List<SweepRun> history = shown == null ? List.of() : sweeps.history(shown, TICKS);
      return new Seen(found, shown, history, sweeps.refusal());
    };
  }

  private void arrived(Seen seen) {
    failure.set("");
    refusal = seen.refusal().orElse(null);
    all.setAll(seen.all());
    state.set(seen.all().isEmpty() ? ListState.EMPTY : ListState.READY);
    if (chosen.get() == null && seen.of() != null) {
      chosen.set(seen.of());
    }
    if (seen.of() != null && seen.of().equals(chosen.get())) {
      ticks.setAll(seen.ticks());
    }
    gate();
  }

  private void failed(Throwable why) {
    failure.set(String.valueOf(why.getMessage()));
    if (all.isEmpty()) {
      state.set(ListState.FAILED);
    }
  }

  private void chosenAnother() {
    ticks.clear();
    gate();
    refresh();
  }

  /// The one that is chosen, as it was read last.
  Optional<SweepStatus> current() {
    return all.stream().filter(s -> s.name().equals(chosen.get())).findFirst();
  }

  private void gate() {
    SweepStatus s = current().orElse(null);
    if (s == null || deciding) {
      gates.set(Gates.SHUT);
      return;
    }
    String role =
        refusal == null
            ? ""
            : words.of(new Decision.Refused<>(refusal), "", "").headline()
                + " "
                + refusal.unblock();
    gates.set(
        new Gates(
            !role.isEmpty() || s.requestedBy() == null
                ? role
                : texts.get("sweeps.gate.requested", s.requestedBy()),
            !role.isEmpty() || !s.paused() ? role : texts.get("sweeps.gate.paused"),
            !role.isEmpty() || s.paused() ? role : texts.get("sweeps.gate.unpaused"),
            role,
            role));
  }

  void runNow() {
    decide("run", sweeps::runNow);
  }

  void pause() {
    decide("pause", sweeps::pause);
  }

  void resume() {
    decide("resume", sweeps::resume);
  }

  /// @param interval null for its default
  void setInterval(@Nullable Duration interval) {
    decide("interval", name -> sweeps.setInterval(name, interval));
  }

  @FunctionalInterface
  private interface Act {
    Decision<SweepStatus> on(String name);
  }

  private void decide(String what, Act act) {
    String name = chosen.get();
    if (name == null || deciding) {
      return;
    }
    deciding = true;
    gate();
    String wanted = texts.code("sweeps.wanted", what, name);
    tasks
        .run(wanted, () -> act.on(name))
        .onSuccess(decision -> {
          deciding = false;
          notices.tell(words.of(decision, texts.code("sweeps.done", what, name), wanted));
          gate();
          refresh();
        })
        .onFailure(why -> {
          deciding = false;
          gate();
          refresh();
        });
  }

  ObservableList<SweepStatus> all() {
    return all;
  }

  ObservableList<SweepRun> ticks() {
    return ticks;
  }

  /// The name of the one that is chosen, or null.
  ObjectProperty<@Nullable String> chosenProperty() {
    return chosen;
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Why the last look failed, or an empty text.
  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }
}
