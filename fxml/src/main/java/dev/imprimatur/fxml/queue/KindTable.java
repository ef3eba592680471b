package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// How many jobs there are, by kind and status.
final class KindTable {
  private final TableView<Row> table;
  private final Texts texts;

  /// The counts of one kind.
  record Row(String kind, Map<JobStatus, Long> counts) {}

  KindTable(TableView<Row> table, Texts texts) {
    this.table = table;
    this.texts = texts;
    table.setFixedCellSize(30);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    var kind = new TableColumn<Row, String>(texts.get("queue.column.kind"));
    kind.setCellValueFactory(f -> new ReadOnlyStringWrapper(f.getValue().kind()));
    kind.setPrefWidth(220);
    kind.getStyleClass().add("column-first");
    table.getColumns().add(kind);
    for (JobStatus status : JobStatus.values()) {
      var column = new TableColumn<Row, String>(texts.code("queue.status", Code.of(status)));
      column.setCellValueFactory(f ->
          new ReadOnlyStringWrapper(
              texts.get("nav.count", f.getValue().counts().getOrDefault(status, 0L))));
      column.setMinWidth(96);
      column.getStyleClass().add("column-number");
      table.getColumns().add(column);
    }
    table.getColumns().forEach(column -> column.setSortable(false));
  }

  void show(List<JobCount> counts) {
    Map<String, Map<JobStatus, Long>> kinds = new TreeMap<>();
    for (JobCount count : counts) {
      kinds
          .computeIfAbsent(count.kind(), k -> new EnumMap<>(JobStatus.class))
          .put(count.status(), count.jobs());
    }
    List<Row> rows = kinds.entrySet().stream().map(e -> new Row(e.getKey(), e.getValue())).toList();
    if (!rows.equals(table.getItems())) {
      table.getItems().setAll(rows);
    }
  }
}
