package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.BatchReports;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The batches as they are listed.
public final class AssessmentsViewModel {
  private final FoundList<BatchQuery, Batch> found;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<BatchQuery.Show> show =
      new SimpleObjectProperty<>(BatchQuery.Show.ALL);

  public AssessmentsViewModel(BatchReports reports, Tasks tasks, Texts texts) {
    found =
        new FoundList<>(
            tasks,
            texts.get("task.assessments"),
            () -> new BatchQuery(show.get(), search.get()),
            reports::order,
            query -> query.show() != BatchQuery.Show.ALL || !query.search().isBlank(),
            reports::rows);
    search.addListener((observed, before, now) -> refresh());
    show.addListener((observed, before, now) -> refresh());
  }

  /// Looks again.
  void refresh() {
    found.refresh();
  }

  /// Shows everything, so that what was made is among it.
  void showAll() {
    search.set("");
    show.set(BatchQuery.Show.ALL);
  }

  LongList<Batch> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<BatchQuery.Show> showProperty() {
    return show;
  }
}
