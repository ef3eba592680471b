package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// One event with its evidence, and what may be done about the delivery that is selected.
public final class EventViewModel {
  private static final int HISTORY = 50;

  private final Engine engine;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final Look<Optional<Data>> look;
  private final ReadOnlyObjectWrapper<@Nullable Data> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates;
  private final ObjectProperty<@Nullable String> subscriber = new SimpleObjectProperty<>();
  private Runnable changed = () -> {};
  private @Nullable UUID id;
  private boolean acting;
  private long dead;

  /// @param history what people did about it, newest first
  record Data(Evidence evidence, List<AuditEntry> history) {}

  /// What stands in the way of each action; an empty text is an open gate.
  record Gates(String replay, String skip, String replayDead) {}

  public EventViewModel(
      Engine engine, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.engine = engine;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.look = new Look<>(tasks, texts.get("task.event"), this::next, this::arrived, this::failed);
    this.gates = new ReadOnlyObjectWrapper<>(gate());
    subscriber.addListener((observed, before, now) -> gates.set(gate()));
  }

  /// What to do when something was done.
  void onChanged(Runnable action) {
    changed = action;
  }

  /// Shows an event, or none.
  void open(@Nullable UUID event) {
    if (event != null && event.equals(id)) {
      return;
    }
    id = event;
    look.forget();
    trouble.set("");
    data.set(null);
    subscriber.set(null);
    gates.set(gate());
    refresh();
  }

  /// Looks again.
  void refresh() {
    if (id != null) {
      look.now();
    }
  }

  /// How many deliveries are dead in all.
  void dead(long count) {
    dead = count;
    gates.set(gate());
  }

  private Callable<Optional<Data>> next() {
    UUID wanted = id;
    if (wanted == null) {
      return Optional::empty;
    }
    return () ->
        engine
            .outbox()
            .evidence(wanted)
            .map(found ->
                new Data(found, engine.audit().list(Outbox.ENTITY, wanted.toString(), HISTORY)));
  }

  private void arrived(Optional<Data> found) {
    if (found.isEmpty()) {
      data.set(null);
      trouble.set(id == null ? "" : texts.get("outbox.gone"));
    } else if (!found.get().equals(data.get())) {
      trouble.set("");
      data.set(found.get());
    }
    gates.set(gate());
  }

  private void failed(Throwable why) {
    if (data.get() == null) {
      trouble.set(texts.get("outbox.failed", String.valueOf(why.getMessage())));
    }
  }

  private Optional<Delivery> selected() {
    Data shown = data.get();
    return shown == null
        ? Optional.empty()
        : shown.evidence().deliveries().stream()
            .filter(d -> d.subscriber().equals(subscriber.get()))
            .findFirst();
  }

  private Gates gate() {
    String none = dead == 0 ? texts.get("gate.outbox.nothing-dead") : "";
    if (acting) {
      String busy = texts.get("gate.outbox.acting");
      return new Gates(busy, busy, busy);
    }
    Delivery delivery = selected().orElse(null);
    if (delivery == null) {
      String choose = texts.get("gate.outbox.choose");
      return new Gates(choose, choose, none);
    }
    boolean pending = delivery.state() == DeliveryState.PENDING;
    return new Gates(
        pending ? texts.get("gate.outbox.pending", delivery.subscriber()) : "",
        delivery.state() == DeliveryState.DEAD
            ? ""
            : texts.get("gate.outbox.not-dead", delivery.subscriber()),
        none);
  }

  /// Delivers the event again to the subscriber that is selected.
  void replay() {
    UUID event = id;
    String to = subscriber.get();
    if (event == null || to == null || !gates.get().replay().isEmpty()) {
      return;
    }
    act(
        texts.get("task.outbox.replay"),
        () -> engine.outbox().replay(event, to),
        texts.get("outbox.replayed", to),
        texts.get("outbox.replay.wanted", to));
  }

  /// Gives the dead delivery that is selected up.
  void skip(String reason) {
    UUID event = id;
    String to = subscriber.get();
    if (event == null || to == null) {
      return;
    }
    act(
        texts.get("task.outbox.skip"),
        () -> engine.outbox().skip(event, to, reason),
        texts.get("outbox.skipped", to),
        texts.get("outbox.skip.wanted", to));
  }

  /// Delivers all that is dead again.
  ///
  /// @param only to this subscriber, or null for all
  void replayDead(@Nullable String only) {
    act(
        texts.get("task.outbox.replay"),
        () -> engine.outbox().replayDead(only),
        texts.get("outbox.replayed.dead"),
        texts.get("outbox.replay-dead"));
  }

  private <T> void act(String name, Callable<Decision<T>> call, String done, String wanted) {
    acting = true;
    gates.set(gate());
    tasks
        .run(name, call)
        .onSuccess(decision -> notices.tell(words.of(decision, done, wanted)))
        .onEnd(() -> {
          acting = false;
          gates.set(gate());
          refresh();
          changed.run();
        });
  }

  @Nullable UUID id() {
    return id;
  }

  ReadOnlyObjectProperty<@Nullable Data> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  /// Whose delivery is selected, or null.
  ObjectProperty<@Nullable String> subscriberProperty() {
    return subscriber;
  }
}
