package dev.imprimatur.fxml.metric;

import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// What this console has counted and timed since it started.
final class ProcessTable {
  private static final double ROW = 30;
  private static final double HEAD = 42;
  private static final int LEAST = 3;
  private static final int MOST = 12;

  private final TableView<Measure> table;
  private final Texts texts;

  ProcessTable(TableView<Measure> table, Texts texts) {
    this.table = table;
    this.texts = texts;
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    table.setPlaceholder(new Label(texts.get("metrics.process.none")));
    column("figure", 250, false, m -> m.meter().exposed());
    column("labels", 300, false, ProcessTable::labels).setPrefWidth(330);
    column("count", 84, true, m -> texts.get("nav.count", m.count()));
    column("average", 100, true, this::average);
    size();
  }

  private TableColumn<Measure, String> column(
      String code, double width, boolean number, Function<Measure, String> text) {
    var column = new TableColumn<Measure, String>(texts.code("metrics.column", code));
    column.setMinWidth(width);
    column.setPrefWidth(width);
    column.setSortable(false);
    if (number) {
      column.getStyleClass().add("column-number");
    }
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(text.apply(f.getValue())));
    table.getColumns().add(column);
    return column;
  }

  private static String labels(Measure measure) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < measure.labels().size(); i++) {
      pairs.add(measure.meter().labels().get(i) + "=" + measure.labels().get(i));
    }
    return String.join(", ", pairs);
  }

  private String average(Measure measure) {
    if (measure.meter().kind() != Meter.Kind.TIMER || measure.count() == 0) {
      return "–";
    }
    double millis = measure.average().toNanos() / 1e6;
    return millis < 10
        ? texts.get("metrics.unit.millis.exact", millis)
        : texts.get("metrics.unit.millis", Math.round(millis));
  }

  void show(List<Measure> measures) {
    int selected = table.getSelectionModel().getSelectedIndex();
    if (!table.getItems().equals(measures)) {
      table.getItems().setAll(measures);
      if (selected >= 0) {
        table.getSelectionModel().select(Math.min(selected, measures.size() - 1));
      }
      size();
    }
  }

  // The page scrolls; the table within it only when it is long.
  private void size() {
    double height = HEAD + ROW * Math.clamp(table.getItems().size(), LEAST, MOST);
    table.setMinHeight(height);
    table.setPrefHeight(height);
    table.setMaxHeight(height);
  }
}
