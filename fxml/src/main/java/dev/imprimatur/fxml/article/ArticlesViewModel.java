package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The articles as they are listed: an order of ids from the database, and the rows that have come
/// into sight.
public final class ArticlesViewModel {
  /// So many rows are kept; more than any screen shows.
  private static final int KEPT = 600;

  /// So many are read together with an order, before anybody asks for them.
  private static final int AHEAD = 60;

  /// What there is to show.
  enum State {
    LOADING,
    READY,
    EMPTY,
    NO_MATCH,
    FAILED
  }

  private record Loaded(List<UUID> order, Map<UUID, ArticleRow> rows) {}

  private final Articles articles;
  private final Tasks tasks;
  private final Texts texts;
  private final Executor later;
  private final ObservableList<UUID> ids = FXCollections.observableArrayList();
  private final LinkedHashMap<UUID, ArticleRow> rows = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<UUID> wanted = new LinkedHashSet<>();
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final ReadOnlyIntegerWrapper pulse = new ReadOnlyIntegerWrapper();
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<ArticleQuery.Show> show =
      new SimpleObjectProperty<>(ArticleQuery.Show.ALL);
  private final ObjectProperty<ArticleQuery.Sort> sort =
      new SimpleObjectProperty<>(ArticleQuery.Sort.IMPORTED);
  private final BooleanProperty descending = new SimpleBooleanProperty(true);
  private final StringProperty failure = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable UUID> revealed = new SimpleObjectProperty<>();
  private boolean everLoaded;
  private boolean loading;
  private boolean again;
  private boolean fetching;

  /// @param later runs what it is given on the FX thread, when what happens there now is over
  public ArticlesViewModel(Articles articles, Tasks tasks, Texts texts, Executor later) {
    this.articles = articles;
    this.tasks = tasks;
    this.texts = texts;
    this.later = later;
    search.addListener((observed, before, now) -> refresh());
    show.addListener((observed, before, now) -> refresh());
    sort.addListener((observed, before, now) -> refresh());
    descending.addListener((observed, before, now) -> refresh());
  }

  ArticleQuery query() {
    return new ArticleQuery(show.get(), search.get(), sort.get(), descending.get());
  }

  /// Orders by another column, or by the same the other way round.
  void sort(ArticleQuery.Sort by, boolean down) {
    if (sort.get() != by) {
      sort.set(by);
    }
    descending.set(down);
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    ArticleQuery query = query();
    // What was seen last is read anew with the order, so that one look changes both.
    List<UUID> seen =
        new ArrayList<>(rows.sequencedKeySet().reversed()).stream().limit(AHEAD).toList();
    tasks
        .runQuietly(texts.get("task.articles"), () -> load(query, seen))
        .onSuccess(loaded -> arrived(query, loaded))
        .onFailure(this::failed);
  }

  private Loaded load(ArticleQuery query, List<UUID> seen) {
    List<UUID> order = articles.order(query);
    Set<UUID> first = new LinkedHashSet<>(order.subList(0, Math.min(AHEAD, order.size())));
    first.addAll(seen);
    return new Loaded(order, articles.rows(first));
  }

  private void arrived(ArticleQuery query, Loaded loaded) {
    loading = false;
    if (query.equals(query())) {
      everLoaded = true;
      failure.set("");
      rows.clear();
      rows.putAll(loaded.rows());
      // An order that is as it was is left alone: the selection and the scrolling stay.
      if (!ids.equals(loaded.order())) {
        ids.setAll(loaded.order());
      }
      settle();
      tell();
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
    // Not at once: what failed will likely fail again, and the bridge calls soon enough.
    again = false;
    failure.set(String.valueOf(why.getMessage()));
    settle();
  }

  private void settle() {
    if (!failure.get().isEmpty()) {
      state.set(State.FAILED);
    } else if (!everLoaded) {
      state.set(State.LOADING);
    } else if (!ids.isEmpty()) {
      state.set(State.READY);
    } else {
      boolean all = show.get() == ArticleQuery.Show.ALL && search.get().isBlank();
      state.set(all ? State.EMPTY : State.NO_MATCH);
    }
  }

  /// The row of an article that is in sight; null until it has been read.
  @Nullable ArticleRow row(UUID id) {
    ArticleRow row = rows.get(id);
    if (row == null && wanted.add(id) && !fetching) {
      fetching = true;
      // All that come into sight at once are read at once.
      later.execute(this::fetch);
    }
    return row;
  }

  private void fetch() {
    List<UUID> these = List.copyOf(wanted);
    tasks
        .runQuietly(texts.get("task.articles"), () -> articles.rows(these))
        .onSuccess(found -> {
          fetching = false;
          these.forEach(wanted::remove);
          rows.putAll(found);
          while (rows.size() > KEPT) {
            rows.remove(rows.keySet().iterator().next());
          }
          tell();
        })
        .onFailure(why -> {
          fetching = false;
          wanted.clear();
          failed(why);
        });
  }

  private void tell() {
    pulse.set(pulse.get() + 1);
  }

  /// Shows an article whatever the filter: one that hides it is taken off.
  void reveal(UUID id) {
    if (!ids.contains(id)) {
      search.set("");
      show.set(ArticleQuery.Show.ALL);
      refresh();
    }
    revealed.set(id);
  }

  /// The ids in their order.
  ObservableList<UUID> ids() {
    return ids;
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Another number whenever rows have been read.
  ReadOnlyIntegerProperty pulseProperty() {
    return pulse.getReadOnlyProperty();
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<ArticleQuery.Show> showProperty() {
    return show;
  }

  ObjectProperty<ArticleQuery.Sort> sortProperty() {
    return sort;
  }

  BooleanProperty descendingProperty() {
    return descending;
  }

  /// The article that somebody was led to; null once it is selected.
  ObjectProperty<@Nullable UUID> revealedProperty() {
    return revealed;
  }

  StringProperty failureProperty() {
    return failure;
  }
}
