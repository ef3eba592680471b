package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The articles as they are shown.
public final class ArticlesViewModel {
  private static final int LIMIT = 5000;

  private final Articles articles;
  private final Tasks tasks;
  private final Texts texts;
  private final ObservableList<Article> loaded = FXCollections.observableArrayList();
  private final FilteredList<Article> shown = new FilteredList<>(loaded);
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper blank = new ReadOnlyStringWrapper();
  private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
  private boolean loading;
  private boolean again;

  public ArticlesViewModel(Articles articles, Tasks tasks, Texts texts) {
    this.articles = articles;
    this.tasks = tasks;
    this.texts = texts;
    blank.set(texts.get("articles.loading"));
    search.addListener((observed, before, now) -> filter(now));
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    tasks
        .runQuietly(texts.get("task.articles"), () -> articles.list(LIMIT))
        .onSuccess(this::arrived)
        .onFailure(why -> {
          loading = false;
          blank.set(texts.get("articles.failed", String.valueOf(why.getMessage())));
        });
  }

  private void arrived(List<Article> found) {
    loading = false;
    if (!found.equals(loaded)) {
      loaded.setAll(found);
    }
    count.set(found.size());
    settle();
    if (again) {
      again = false;
      refresh();
    }
  }

  private void filter(String wanted) {
    String part = wanted.strip().toLowerCase(Locale.ROOT);
    shown.setPredicate(a -> a.title().toLowerCase(Locale.ROOT).contains(part));
    settle();
  }

  private void settle() {
    if (loaded.isEmpty()) {
      blank.set(texts.get("articles.empty"));
    } else {
      blank.set(shown.isEmpty() ? texts.get("articles.nomatch") : "");
    }
  }

  FilteredList<Article> shown() {
    return shown;
  }

  StringProperty searchProperty() {
    return search;
  }

  /// What to say instead of a table, or an empty text.
  ReadOnlyStringProperty blankProperty() {
    return blank.getReadOnlyProperty();
  }

  /// How many articles there are.
  public ReadOnlyIntegerProperty countProperty() {
    return count.getReadOnlyProperty();
  }
}
