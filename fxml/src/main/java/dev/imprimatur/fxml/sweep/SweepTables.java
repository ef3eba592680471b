package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.SweepStatus.State;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The columns of both tables.
final class SweepTables {
  private static final double ROW = 32;

  private final Texts texts;
  private final SweepWords words;

  SweepTables(Texts texts, SweepWords words) {
    this.texts = texts;
    this.words = words;
  }

  void sweeps(TableView<SweepStatus> table) {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    add(table, "name", 116, SweepStatus::name, false);
    add(table, "interval", 62, s -> SweepWords.duration(s.interval()), true);
    table.getColumns().add(state());
    add(
        table,
        "started",
        126,
        s -> words.time(s.last() == null ? null : s.last().started()),
        false);
    add(table, "took", 66, s -> words.took(s.last()), true);
    add(
        table,
        "found",
        66,
        s -> SweepWords.number(s.last() == null ? null : s.last().found()),
        true);
    add(table, "done", 60, s -> SweepWords.number(s.last() == null ? null : s.last().done()), true);
    add(table, "due", 126, words::due, false);
    add(table, "error", 90, SweepWords::briefError, false);
  }

  void ticks(TableView<SweepRun> table) {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    add(table, "began", 126, r -> words.time(r.started()), false);
    add(table, "took", 66, words::took, true);
    add(table, "found", 66, r -> SweepWords.number(r.found()), true);
    add(table, "done", 60, r -> SweepWords.number(r.done()), true);
    add(
        table,
        "why",
        84,
        r -> texts.get(r.requested() ? "sweeps.why.requested" : "sweeps.why.tick"),
        false);
    add(table, "worker", 130, SweepRun::worker, false);
    add(table, "came", 160, words::came, false);
  }

  private TableColumn<SweepStatus, SweepStatus> state() {
    var column = new TableColumn<SweepStatus, SweepStatus>(texts.get("sweeps.column.state"));
    column.setPrefWidth(88);
    column.setMinWidth(88);
    column.setMaxWidth(88);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new StateCell());
    return column;
  }

  private <T> void add(
      TableView<T> table, String name, double width, Function<T, String> value, boolean number) {
    var column = new TableColumn<T, String>(texts.code("sweeps.column", name));
    column.setPrefWidth(width);
    column.setMinWidth(width);
    column.setSortable(false);
    if (number) {
      column.setMaxWidth(width);
      column.getStyleClass().add("column-number");
    }
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(value.apply(f.getValue())));
    column.setCellFactory(c -> new ToldCell<>());
    table.getColumns().add(column);
  }

  /// Tells in full what it may have to cut short.
  private static final class ToldCell<T> extends TableCell<T, String> {
    @Override
    protected void updateItem(@Nullable String item, boolean empty) {
      super.updateItem(item, empty);
      String line = empty || item == null ? null : item.replace('\n', ' ');
      setText(line);
      setTooltip(line == null || line.isEmpty() ? null : new Tooltip(item));
    }
  }

  /// The state as a word on a mark.
  private final class StateCell extends TableCell<SweepStatus, SweepStatus> {
    private final Label mark = new Label();

    @Override
    protected void updateItem(@Nullable SweepStatus item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      mark.setText(words.state(item));
      mark.getStyleClass().setAll("label", "state-mark");
      String style = style(item.state());
      if (!style.isEmpty()) {
        mark.getStyleClass().add(style);
      }
      setGraphic(mark);
      setAccessibleText(mark.getText());
    }

    private static String style(State state) {
      return switch (state) {
        case FAILING -> "state-bad";
        case PAUSED -> "state-warn";
        case RUNNING, REQUESTED -> "state-good";
        case WAITING -> "";
      };
    }
  }
}
