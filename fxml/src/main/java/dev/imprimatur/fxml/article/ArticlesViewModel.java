package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The articles as they are listed: an order of ids from the database, and the rows that have come
/// into sight.
public final class ArticlesViewModel {
  private final FoundList<ArticleQuery, ArticleRow> found;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<ArticleQuery.Show> show =
      new SimpleObjectProperty<>(ArticleQuery.Show.ALL);
  private final ObjectProperty<ArticleQuery.Sort> sort =
      new SimpleObjectProperty<>(ArticleQuery.Sort.IMPORTED);
  private final BooleanProperty descending = new SimpleBooleanProperty(true);
  private final ObjectProperty<@Nullable UUID> revealed = new SimpleObjectProperty<>();

  public ArticlesViewModel(Articles articles, Tasks tasks, Texts texts) {
    found =
        new FoundList<>(
            tasks,
            texts.get("task.articles"),
            this::query,
            articles::order,
            query -> query.show() != ArticleQuery.Show.ALL || !query.search().isBlank(),
            articles::rows);
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
    found.refresh();
  }

  /// Shows an article whatever the filter: one that hides it is taken off.
  void reveal(UUID id) {
    if (list().place(id) < 0) {
      search.set("");
      show.set(ArticleQuery.Show.ALL);
      refresh();
    }
    revealed.set(id);
  }

  /// The ids in their order.
  List<UUID> ids() {
    return found.rows().ids();
  }

  /// The same as a list that reads rows as they come into sight.
  LongList<ArticleRow> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
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

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }
}
