package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Which suggestions there are. Held as their ids in order; rows are read when they come into
/// sight.
public final class SuggestionListModel {
  private final FoundList<SuggestionQuery, SuggestionRow> found;
  private final SimpleObjectProperty<SuggestionQuery.Show> show =
      new SimpleObjectProperty<>(SuggestionQuery.Show.PENDING);
  private final SimpleObjectProperty<Boolean> oldestFirst = new SimpleObjectProperty<>(false);
  private final StringProperty search = new SimpleStringProperty("");

  public SuggestionListModel(Rewrites rewrites, Tasks tasks, Texts texts) {
    found =
        new FoundList<>(
            tasks,
            texts.get("task.suggestions"),
            this::query,
            rewrites::order,
            query -> !query.search().isBlank(),
            rewrites::rows);
    show.addListener((observed, before, now) -> refresh());
    oldestFirst.addListener((observed, before, now) -> refresh());
    search.addListener((observed, before, now) -> refresh());
  }

  private SuggestionQuery query() {
    return new SuggestionQuery(show.get(), search.get(), oldestFirst.get());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    found.refresh();
  }

  /// The ids in their order.
  List<UUID> ids() {
    return found.rows().ids();
  }

  /// The same as a list that reads rows as they come into sight.
  LongList<SuggestionRow> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
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
