package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Which suggestions there are. Held as their ids in order; a row is read when it comes into sight,
/// many at once.
public final class SuggestionListModel {
  private static final int KEPT = 500;

  /// What there is to show.
  enum State {
    LOADING,
    READY,
    EMPTY,
    NO_MATCH,
    FAILED
  }

  private record Loaded(List<UUID> ids, Map<UUID, SuggestionRow> rows) {}

  private final Rewrites rewrites;
  private final Tasks tasks;
  private final Texts texts;
  private final Executor later;
  private final ObservableList<UUID> ids = FXCollections.observableArrayList();
  private final Map<UUID, SuggestionRow> rows = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<UUID> asked = new HashSet<>();
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final SimpleObjectProperty<SuggestionQuery.Show> show =
      new SimpleObjectProperty<>(SuggestionQuery.Show.PENDING);
  private final SimpleObjectProperty<Boolean> oldestFirst = new SimpleObjectProperty<>(false);
  private final StringProperty search = new SimpleStringProperty("");
  private boolean loading;
  private boolean again;
  private boolean reading;

  /// @param later runs what it is given on the FX thread, later
  public SuggestionListModel(Rewrites rewrites, Tasks tasks, Texts texts, Executor later) {
    this.rewrites = rewrites;
    this.tasks = tasks;
    this.texts = texts;
    this.later = later;
    show.addListener((observed, before, now) -> anew());
    oldestFirst.addListener((observed, before, now) -> anew());
    search.addListener((observed, before, now) -> refresh());
  }

  private void anew() {
    ids.clear();
    state.set(State.LOADING);
    refresh();
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
    List<UUID> known = List.copyOf(rows.keySet());
    tasks
        .runQuietly(
            texts.get("task.suggestions"),
            () -> new Loaded(rewrites.order(wanted), rewrites.rows(known)))
        .onSuccess(found -> arrived(wanted, found))
        .onFailure(why -> {
          loading = false;
          again = false;
          failure.set(String.valueOf(why.getMessage()));
          state.set(State.FAILED);
        });
  }

  private void arrived(SuggestionQuery wanted, Loaded found) {
    loading = false;
    if (wanted.equals(query())) {
      failure.set("");
      boolean other =
          found.rows().entrySet().stream()
              .anyMatch(e -> !e.getValue().equals(rows.get(e.getKey())));
      rows.putAll(found.rows());
      if (!found.ids().equals(ids)) {
        ids.setAll(found.ids());
      }
      if (other) {
        changes.set(changes.get() + 1);
      }
      state.set(state(wanted));
    }
    if (again) {
      again = false;
      refresh();
    }
  }

  private State state(SuggestionQuery wanted) {
    if (!ids.isEmpty()) {
      return State.READY;
    }
    return wanted.search().isBlank() ? State.EMPTY : State.NO_MATCH;
  }

  /// What is known of a suggestion, or null: then it is read, and [#changesProperty] tells when it
  /// is there.
  @Nullable SuggestionRow row(UUID id) {
    SuggestionRow row = rows.get(id);
    if (row == null && asked.add(id) && !reading) {
      reading = true;
      // Later: what comes into sight at one time is read at once.
      later.execute(this::read);
    }
    return row;
  }

  private void read() {
    List<UUID> wanted = new ArrayList<>(asked);
    tasks
        .runQuietly(texts.get("task.suggestions"), () -> rewrites.rows(wanted))
        .onSuccess(found -> {
          reading = false;
          wanted.forEach(asked::remove);
          rows.putAll(found);
          while (rows.size() > KEPT) {
            rows.remove(rows.keySet().iterator().next());
          }
          changes.set(changes.get() + 1);
          if (!asked.isEmpty() && !reading) {
            reading = true;
            read();
          }
        })
        .onFailure(why -> {
          // The next look tells what is wrong.
          reading = false;
          asked.clear();
        });
  }

  ObservableList<UUID> ids() {
    return ids;
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Grows when rows have arrived or changed.
  ReadOnlyIntegerProperty changesProperty() {
    return changes.getReadOnlyProperty();
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
