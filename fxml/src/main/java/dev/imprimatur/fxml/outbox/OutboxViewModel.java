package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxQuery;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The events as they are listed, and the outbox in figures.
public final class OutboxViewModel {
  private final FoundList<OutboxQuery, Evidence> found;
  private final Look<Figures> figuresLook;
  private final ObjectProperty<@Nullable String> subscriber = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable DeliveryState> state = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable String> type = new SimpleObjectProperty<>();
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<@Nullable Figures> figures = new ReadOnlyObjectWrapper<>();
  private boolean figuresDue;

  /// What there is, beside the list.
  record Figures(OutboxCounters counters, List<String> subscribers, List<String> types) {}

  public OutboxViewModel(Outbox outbox, Tasks tasks, Texts texts) {
    found =
        new FoundList<>(
            tasks,
            texts.get("task.outbox"),
            this::query,
            outbox::order,
            query -> !query.equals(OutboxQuery.ALL),
            outbox::rows);
    figuresLook =
        new Look<>(
            tasks,
            texts.get("task.outbox.figures"),
            () -> () -> new Figures(outbox.counters(), outbox.subscribers(), outbox.types()),
            figures::set,
            // The list tells that the database does not answer.
            why -> figuresDue = true);
    subscriber.addListener((observed, before, now) -> found.refresh());
    state.addListener((observed, before, now) -> found.refresh());
    type.addListener((observed, before, now) -> found.refresh());
    search.addListener((observed, before, now) -> found.refresh());
  }

  private OutboxQuery query() {
    return new OutboxQuery(subscriber.get(), state.get(), type.get(), search.get());
  }

  /// Looks again. The figures are counted over whole tables, and wait for [#lookAtFigures].
  void refresh() {
    figuresDue = true;
    found.refresh();
  }

  /// Counts anew if something has changed since it was counted last. To be called now and then.
  void lookAtFigures() {
    if (figuresDue) {
      figuresDue = false;
      figuresLook.now();
    }
  }

  LongList<Evidence> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateOfListProperty() {
    return found.stateProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }

  /// The figures as they were counted last, or null.
  ReadOnlyObjectProperty<@Nullable Figures> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  ObjectProperty<@Nullable String> subscriberProperty() {
    return subscriber;
  }

  ObjectProperty<@Nullable DeliveryState> stateProperty() {
    return state;
  }

  ObjectProperty<@Nullable String> typeProperty() {
    return type;
  }

  StringProperty searchProperty() {
    return search;
  }
}
