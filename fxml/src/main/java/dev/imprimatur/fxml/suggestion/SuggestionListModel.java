package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.list.Order;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Which suggestions there are. Held as their ids in order; rows are read when they come into
/// sight.
public final class SuggestionListModel {
  /// What there is to show.
  enum State {
    LOADING,
    READY,
    EMPTY,
    NO_MATCH,
    FAILED
  }

  /// Put in order away from the FX thread.
  private record Loaded(List<UUID> ids, Order order) {
    Loaded(List<UUID> ids) {
      this(List.copyOf(ids), new Order(ids));
    }
  }

  private final Rewrites rewrites;
  private final Tasks tasks;
  private final Texts texts;
  private final LongList<SuggestionRow> list;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final SimpleObjectProperty<SuggestionQuery.Show> show =
      new SimpleObjectProperty<>(SuggestionQuery.Show.PENDING);
  private final SimpleObjectProperty<Boolean> oldestFirst = new SimpleObjectProperty<>(false);
  private final StringProperty search = new SimpleStringProperty("");
  private List<UUID> ids = List.of();
  private @Nullable SuggestionQuery shown;
  private boolean loading;
  private boolean again;

  public SuggestionListModel(Rewrites rewrites, Tasks tasks, Texts texts) {
    this.rewrites = rewrites;
    this.tasks = tasks;
    this.texts = texts;
    list = new LongList<>(tasks, texts.get("task.suggestions"), rewrites::rows);
    show.addListener((observed, before, now) -> refresh());
    oldestFirst.addListener((observed, before, now) -> refresh());
    search.addListener((observed, before, now) -> refresh());
  }

  private SuggestionQuery query() {
    return new SuggestionQuery(show.get(), search.get(), oldestFirst.get());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    SuggestionQuery wanted = query();
    tasks
        .runQuietly(texts.get("task.suggestions"), () -> new Loaded(rewrites.order(wanted)))
        .onSuccess(found -> arrived(wanted, found))
        .onFailure(this::failed);
  }

  private void arrived(SuggestionQuery wanted, Loaded found) {
    loading = false;
    if (wanted.equals(query())) {
      shown = wanted;
      failure.set("");
      ids = found.ids();
      list.reorder(found.order());
      list.reread();
      settle();
    } else {
      again = true;
    }
    if (again) {
      again = false;
      refresh();
    }
  }

  private void failed(Throwable why) {
    loading = false;
    // Not at once again: what failed will likely fail again, and the bridge calls soon enough.
    again = false;
    String message = why.getMessage();
    failure.set(message == null ? why.getClass().getSimpleName() : message);
    settle();
  }

  // What was loaded stays in sight while the database does not answer.
  private void settle() {
    boolean lost = !failure.get().isEmpty();
    if (shown == null) {
      state.set(lost ? State.FAILED : State.LOADING);
    } else if (!list.isEmpty()) {
      state.set(State.READY);
    } else {
      state.set(shown.search().isBlank() ? State.EMPTY : State.NO_MATCH);
    }
  }

  /// The ids in their order.
  List<UUID> ids() {
    return ids;
  }

  /// The same as a list that reads rows as they come into sight.
  LongList<SuggestionRow> list() {
    return list;
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  SimpleObjectProperty<SuggestionQuery.Show> showProperty() {
    return show;
  }

  SimpleObjectProperty<Boolean> oldestFirstProperty() {
    return oldestFirst;
  }

  StringProperty searchProperty() {
    return search;
  }
}
