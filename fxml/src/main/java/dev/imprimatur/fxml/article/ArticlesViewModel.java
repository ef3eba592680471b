package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.list.Order;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The articles as they are listed: an order of ids from the database, and the rows that have come
/// into sight.
public final class ArticlesViewModel {
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

  private final Articles articles;
  private final Tasks tasks;
  private final Texts texts;
  private final LongList<ArticleRow> list;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<ArticleQuery.Show> show =
      new SimpleObjectProperty<>(ArticleQuery.Show.ALL);
  private final ObjectProperty<ArticleQuery.Sort> sort =
      new SimpleObjectProperty<>(ArticleQuery.Sort.IMPORTED);
  private final BooleanProperty descending = new SimpleBooleanProperty(true);
  private final StringProperty failure = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable UUID> revealed = new SimpleObjectProperty<>();
  private List<UUID> ids = List.of();
  private @Nullable ArticleQuery shown;
  private boolean loading;
  private boolean again;

  public ArticlesViewModel(Articles articles, Tasks tasks, Texts texts) {
    this.articles = articles;
    this.tasks = tasks;
    this.texts = texts;
    list = new LongList<>(tasks, texts.get("task.articles"), articles::rows);
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
    tasks
        .runQuietly(texts.get("task.articles"), () -> new Loaded(articles.order(query)))
        .onSuccess(loaded -> arrived(query, loaded))
        .onFailure(this::failed);
  }

  private void arrived(ArticleQuery query, Loaded loaded) {
    loading = false;
    if (query.equals(query())) {
      shown = query;
      failure.set("");
      ids = loaded.ids();
      // What stands where it stood is left alone: the selection and the scrolling stay.
      list.reorder(loaded.order());
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
    // Not at once: what failed will likely fail again, and the bridge calls soon enough.
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
      boolean all = shown.show() == ArticleQuery.Show.ALL && shown.search().isBlank();
      state.set(all ? State.EMPTY : State.NO_MATCH);
    }
  }

  /// Shows an article whatever the filter: one that hides it is taken off.
  void reveal(UUID id) {
    if (list.place(id) < 0) {
      search.set("");
      show.set(ArticleQuery.Show.ALL);
      refresh();
    }
    revealed.set(id);
  }

  /// The ids in their order.
  List<UUID> ids() {
    return ids;
  }

  /// The same as a list that reads rows as they come into sight.
  LongList<ArticleRow> list() {
    return list;
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
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
