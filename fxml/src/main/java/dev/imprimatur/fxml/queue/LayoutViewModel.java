package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The queue's layout: which is in force, how far its two layouts agree, and the next step.
public final class LayoutViewModel {
  /// So many jobs that differ are listed; how many there are is counted all the same.
  static final int LISTED = 500;

  private final Engine engine;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final LayoutWords told;
  private final Notices notices;
  private final Look<Seen> look;
  private final ReadOnlyObjectWrapper<@Nullable Seen> seen = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates = new ReadOnlyObjectWrapper<>(Gates.SHUT);
  private boolean acting;
  private boolean due;

  /// What was read at one moment.
  ///
  /// @param backfill the sweep that copies, or null where no worker has made it known yet
  /// @param sweeps why whoever is signed in may not ask for it
  /// @param written how often this console has written both layouts, and could not
  record Seen(
      QueueLayouts.Report report,
      @Nullable SweepStatus backfill,
      Optional<Refusal> sweeps,
      Written written) {
    QueueLayout layout() {
      return report.layout();
    }

    /// The step back, if there is one.
    Optional<QueueLayout> before() {
      return beside(-1);
    }

    /// The step on, if there is one.
    Optional<QueueLayout> after() {
      return beside(1);
    }

    private Optional<QueueLayout> beside(int by) {
      int place = layout().ordinal() + by;
      return place < 0 || place >= QueueLayout.values().length
          ? Optional.empty()
          : Optional.of(QueueLayout.values()[place]);
    }
  }

  /// Transactions of this console that wrote both layouts.
  record Written(long succeeded, long failed) {}

  /// Why each button can't be pressed, or an empty text.
  record Gates(String before, String after, String copy) {
    static final Gates SHUT = new Gates("…", "…", "…");
  }

  public LayoutViewModel(
      Engine engine, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.engine = engine;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.told = new LayoutWords(texts, words);
    this.notices = notices;
    look =
        new Look<>(tasks, texts.get("task.layout"), () -> this::read, this::arrived, this::failed);
  }

  /// Looks now.
  void look() {
    due = false;
    look.now();
  }

  /// Something has changed. Both layouts are compared whole, so that waits for [#lookIfDue].
  void changed() {
    due = true;
  }

  /// Looks again if something has changed since. To be called now and then.
  void lookIfDue() {
    if (due) {
      look();
    }
  }

  private Seen read() {
    return new Seen(
        engine.queueLayouts().report(LISTED),
        engine.sweeps().find(QueueLayouts.BACKFILL).orElse(null),
        engine.sweeps().refusal(),
        new Written(written("succeeded"), written("failed")));
  }

  private long written(String outcome) {
    return engine.metrics().process().stream()
        .filter(m -> m.meter() == Meter.QUEUE_DUAL_WRITE && m.labels().getLast().equals(outcome))
        .mapToLong(Measure::count)
        .sum();
  }

  private void arrived(Seen found) {
    failure.set("");
    seen.set(found);
    state.set(ListState.READY);
    gate();
  }

  // What was read stays in sight; that the database does not answer is said above.
  private void failed(Throwable why) {
    due = true;
    failure.set(String.valueOf(why.getMessage()));
    if (seen.get() == null) {
      state.set(ListState.FAILED);
    }
  }

  private void gate() {
    Seen now = seen.get();
    if (now == null || acting) {
      gates.set(
          acting
              ? new Gates(
                  texts.get("gate.queue.acting"),
                  texts.get("gate.queue.acting"),
                  texts.get("gate.queue.acting"))
              : Gates.SHUT);
      return;
    }
    gates.set(new Gates(gate(now, now.before()), gate(now, now.after()), copyGate(now)));
  }

  private String gate(Seen now, Optional<QueueLayout> wanted) {
    if (wanted.isEmpty()) {
      return texts.get("gate.layout.last");
    }
    Refusal why = now.report().refusals().get(wanted.get());
    return why == null ? "" : told.why(why, wanted.get());
  }

  private String copyGate(Seen now) {
    SweepStatus sweep = now.backfill();
    if (now.layout() != QueueLayout.DUAL) {
      return texts.get("gate.layout.not-both");
    }
    if (now.report().counts().onlyOld() == 0) {
      return texts.get("gate.layout.all-copied");
    }
    if (sweep == null) {
      return texts.get("gate.layout.no-worker");
    }
    if (now.sweeps().isPresent()) {
      return told.refused(now.sweeps().get());
    }
    return sweep.requestedBy() == null
        ? ""
        : texts.get("sweeps.gate.requested", sweep.requestedBy());
  }

  /// Takes a step, if the engine still lets it be taken.
  void step(QueueLayout wanted) {
    String name = texts.code("layout.name", wanted.code());
    act(
        texts.get("layout.wanted", name),
        () -> engine.queueLayouts().set(wanted),
        texts.get("layout.done", name),
        refusal -> told.why(refusal, wanted));
  }

  /// Asks for what is missing in the new layout to be copied now.
  void copy() {
    act(
        texts.get("layout.copy"),
        () -> engine.sweeps().runNow(QueueLayouts.BACKFILL),
        texts.code("sweeps.done", "run", QueueLayouts.BACKFILL),
        Refusal::unblock);
  }

  private void act(
      String what, Supplier<Decision<?>> call, String done, Function<Refusal, String> why) {
    if (acting) {
      return;
    }
    acting = true;
    gate();
    tasks
        .<Decision<?>>run(what, call::get)
        .onSuccess(decision -> {
          notices.tell(
              decision instanceof Decision.Refused<?> r
                  ? new Notice(
                      Notice.Kind.REFUSED,
                      texts.get("layout.refused", what),
                      why.apply(r.refusal()))
                  : words.of(decision, done, what));
        })
        .onEnd(() -> {
          acting = false;
          gate();
          look();
        });
  }

  /// What was read last, or null.
  ReadOnlyObjectProperty<@Nullable Seen> seenProperty() {
    return seen.getReadOnlyProperty();
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
