package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.list.Order;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The queue as it is shown: filtered, searched and sorted by the database, held as an order of
/// ids.
public final class InboxViewModel {
  /// What there is to show.
  enum State {
    LOADING,
    READY,
    EMPTY,
    NO_MATCH,
    FAILED
  }

  /// By what, and which way round.
  record Sorting(EscalationQuery.Sort by, boolean descending) {
    static final Sorting OLDEST_FIRST = new Sorting(EscalationQuery.Sort.AGE, false);
  }

  private final Escalations escalations;
  private final Texts texts;
  private final Look<Found> look;
  private final LongList<Escalations.Detail> list;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final ObjectProperty<EscalationQuery.Show> show =
      new SimpleObjectProperty<>(EscalationQuery.Show.WAITING);
  private final ObjectProperty<Escalation.@Nullable Reason> reason = new SimpleObjectProperty<>();
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<Sorting> sorting = new SimpleObjectProperty<>(Sorting.OLDEST_FIRST);
  private final StringProperty failure = new SimpleStringProperty("");
  private @Nullable EscalationQuery shown;

  public InboxViewModel(Escalations escalations, Tasks tasks, Texts texts) {
    this.escalations = escalations;
    this.texts = texts;
    look = new Look<>(tasks, texts.get("task.inbox"), this::next, this::arrived, this::failed);
    list = new LongList<>(tasks, texts.get("task.inbox"), escalations::rows);
    show.addListener((observed, before, now) -> refresh());
    reason.addListener((observed, before, now) -> refresh());
    search.addListener((observed, before, now) -> refresh());
    sorting.addListener((observed, before, now) -> refresh());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    look.now();
  }

  private record Found(EscalationQuery query, Order order) {}

  private Callable<Found> next() {
    EscalationQuery wanted = query();
    return () -> new Found(wanted, new Order(escalations.order(wanted)));
  }

  private EscalationQuery query() {
    return new EscalationQuery(
        show.get(), reason.get(), search.get(), sorting.get().by(), sorting.get().descending());
  }

  private void arrived(Found found) {
    failure.set("");
    shown = found.query();
    list.reorder(found.order());
    list.reread();
    settle();
  }

  private void failed(Throwable why) {
    String message = why.getMessage();
    failure.set(message == null ? why.getClass().getSimpleName() : message);
    settle();
  }

  private void settle() {
    if (!failure.get().isEmpty() && list.isEmpty()) {
      // What was read stays readable; the window says that the database does not answer.
      state.set(State.FAILED);
    } else if (shown == null) {
      state.set(State.LOADING);
    } else if (!list.isEmpty()) {
      state.set(State.READY);
    } else {
      boolean narrowed =
          shown.reason() != null
              || !shown.search().isBlank()
              || shown.show() != EscalationQuery.Show.WAITING;
      state.set(narrowed ? State.NO_MATCH : State.EMPTY);
    }
  }

  /// The reason in words.
  String reasonText(Escalations.Detail detail) {
    return texts.code("reason", Code.of(detail.row().escalation().reason()));
  }

  LongList<Escalations.Detail> list() {
    return list;
  }

  /// The escalation that stands before or after another, or the first where that is gone; null
  /// where there is none.
  ///
  /// @param by 1 for the next, −1 for the one before
  public @Nullable UUID neighbour(UUID escalation, int by) {
    int here = list.place(escalation);
    int there = here < 0 ? 0 : here + by;
    return there < 0 || there >= list.size() ? null : list.get(there).id();
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  ObjectProperty<EscalationQuery.Show> showProperty() {
    return show;
  }

  ObjectProperty<Escalation.@Nullable Reason> reasonProperty() {
    return reason;
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<Sorting> sortingProperty() {
    return sorting;
  }

  StringProperty failureProperty() {
    return failure;
  }
}
