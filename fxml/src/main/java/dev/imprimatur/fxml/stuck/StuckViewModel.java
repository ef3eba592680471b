package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.StuckBatches;
import dev.imprimatur.engine.assessment.StuckBatches.Row;
import dev.imprimatur.engine.assessment.StuckBatches.Show;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;

/// The batches as they are listed: those that are stuck, all that are open, or those that failed.
public final class StuckViewModel {
  private final StuckBatches batches;
  private final FoundList<Show, Row> found;
  private final ObjectProperty<Show> show = new SimpleObjectProperty<>(Show.STUCK);

  public StuckViewModel(StuckBatches batches, Tasks tasks, Texts texts) {
    this.batches = batches;
    found =
        new FoundList<>(
            tasks,
            texts.get("task.stuck"),
            show::get,
            batches::order,
            // Open batches that move may be left out of those that are stuck.
            shown -> shown != Show.OPEN,
            batches::rows);
    show.addListener((observed, before, now) -> found.refresh());
  }

  /// Looks again: a batch becomes stuck though nothing changes.
  void refresh() {
    found.refresh();
  }

  /// How long nothing may move in a batch before it is stuck.
  java.time.Duration limit() {
    return batches.stuckAfter();
  }

  LongList<Row> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }

  ObjectProperty<Show> showProperty() {
    return show;
  }
}
