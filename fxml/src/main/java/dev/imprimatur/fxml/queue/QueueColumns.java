package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobQuery.Sort;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotColumns;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.queue.QueueViewModel.Sorting;
import dev.imprimatur.fxml.view.Texts;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The table's columns. Each but the error is sorted by the database.
final class QueueColumns {
  private QueueColumns() {}

  static void fill(
      TableView<Slot<JobRow>> table,
      QueueViewModel model,
      Texts texts,
      DecisionWords words,
      Remembered remembered) {
    var columns = new SlotColumns<>(table, name -> texts.code("queue.column", name));
    by(
        Sort.STATUS,
        columns.mark(
            "status",
            116,
            170,
            row -> JobMarks.of(row.status(), row.health(), row.cancelRequested(), texts)));
    by(Sort.KIND, columns.text("kind", 126, 260, JobRow::kind));
    by(Sort.WORKSPACE, columns.text("workspace", 97, 200, row -> row.key().workspaceId()));
    by(
        Sort.ATTEMPTS,
        columns.number(
            "attempts",
            88,
            100,
            row -> texts.get("queue.attempts", row.attempts(), row.maxAttempts())));
    by(
        Sort.HEARTBEAT,
        columns.number("heartbeat", 94, 120, row -> Ages.of(row.heartbeatAge(), texts)));
    by(
        Sort.PROGRESS,
        columns.number("progress", 90, 120, row -> Ages.of(row.progressAge(), texts)));
    columns
        .text(
            "error",
            60,
            4_000,
            row -> row.lastError() == null ? "" : row.lastError().lines().findFirst().orElse(""))
        .setPrefWidth(120);
    by(Sort.ENQUEUED, columns.text("enqueued", 128, 150, row -> words.exactTime(row.enqueuedAt())));
    remembered.columns("queue", table);
    // Giving a table its items forgets how it was sorted.
    table.setItems(model.list());
    table.setSortPolicy(t -> {
      sort(t, model);
      return true;
    });
  }

  private static void by(Sort sort, TableColumn<?, ?> column) {
    column.setUserData(sort);
    column.setSortable(true);
  }

  private static void sort(TableView<Slot<JobRow>> table, QueueViewModel model) {
    if (table.getSortOrder().isEmpty()) {
      model.sortingProperty().set(Sorting.NEWEST);
      return;
    }
    TableColumn<?, ?> column = table.getSortOrder().getFirst();
    var by = (Sort) column.getUserData();
    boolean down = column.getSortType() == TableColumn.SortType.DESCENDING;
    // What was heard of long ago has the greatest age.
    boolean age = by == Sort.HEARTBEAT || by == Sort.PROGRESS;
    model.sortingProperty().set(new Sorting(by, age ? !down : down));
  }
}
