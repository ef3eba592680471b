package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.SweepStatus.State;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
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
    add(table, "name", 126, SweepStatus::name, false).getStyleClass().add("column-first");
    add(table, "interval", 58, s -> SweepWords.duration(s.interval()), true);
    table.getColumns().add(state());
    add(
        table,
        "started",
        136,
        s -> words.time(s.last() == null ? null : s.last().started()),
        false);
    add(table, "took", 64, s -> words.took(s.last()), true);
    add(
        table,
        "found",
        66,
        s -> SweepWords.number(s.last() == null ? null : s.last().found()),
        true);
    add(table, "done", 62, s -> SweepWords.number(s.last() == null ? null : s.last().done()), true);
    add(table, "due", 136, words::due, false);
    add(table, "brief-error", 60, SweepWords::briefError, false);
  }

  void ticks(TableView<SweepRun> table) {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    add(table, "began", 149, r -> words.time(r.started()), false)
        .getStyleClass()
        .add("column-first");
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
    column.setPrefWidth(94);
    column.setMinWidth(94);
    column.setMaxWidth(94);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new StateCell());
    return column;
  }

  private <T> TableColumn<T, String> add(
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
    return column;
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
    private final MarkLabel mark = new MarkLabel();

    @Override
    protected void updateItem(@Nullable SweepStatus item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      mark.show(new Mark(words.state(item), tone(item.state()), item.state() == State.FAILING));
      setGraphic(mark);
      setAccessibleText(mark.getText());
    }

    private static Mark.Tone tone(State state) {
      return switch (state) {
        case FAILING -> Mark.Tone.BAD;
        case PAUSED -> Mark.Tone.WARN;
        case RUNNING, REQUESTED -> Mark.Tone.GOOD;
        case WAITING -> Mark.Tone.PLAIN;
      };
    }
  }
}
