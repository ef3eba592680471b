package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Types by hours: in each square how often the lock was found held, as a number; the shade says
/// how large a share that was.
final class Heatmap {
  private static final int HOURS = 24;
  private static final double NARROWEST = 22;

  private final GridPane grid;
  private final Texts texts;
  private final LockWords words;
  private final ZoneId zone;

  Heatmap(GridPane grid, Texts texts, LockWords words, ZoneId zone) {
    this.grid = grid;
    this.texts = texts;
    this.words = words;
    this.zone = zone;
    var names = new ColumnConstraints();
    names.setMinWidth(90);
    names.setMaxWidth(150);
    grid.getColumnConstraints().add(names);
    for (int hour = 0; hour < HOURS; hour++) {
      var column = new ColumnConstraints();
      column.setMinWidth(NARROWEST);
      column.setPrefWidth(NARROWEST);
      column.setHgrow(Priority.ALWAYS);
      column.setHalignment(HPos.CENTER);
      column.setFillWidth(true);
      grid.getColumnConstraints().add(column);
    }
  }

  void show(LockStatistics statistics, Span span) {
    grid.getChildren().clear();
    for (int column = 0; column < HOURS; column++) {
      var head = new Label(hour(statistics, span, column));
      head.getStyleClass().add("heat-hour");
      grid.add(head, column + 1, 0);
    }
    List<LockStatistics.Cell> cells =
        span == Span.DAY ? statistics.byHour() : statistics.byHourOfDay(zone);
    Map<String, Integer> rows = new LinkedHashMap<>();
    List<String> spoken = new ArrayList<>();
    for (LockStatistics.Cell cell : cells) {
      int row = rows.computeIfAbsent(cell.type(), type -> addRow(type, rows.size() + 1));
      String full = words.cell(cell, hour(statistics, span, cell.column()));
      grid.add(square(cell.figures(), full), cell.column() + 1, row);
      if (cell.figures().contended() > 0 || cell.figures().timedOut() > 0) {
        spoken.add(full);
      }
    }
    grid.setAccessibleText(
        spoken.isEmpty()
            ? texts.get("locks.heat.none")
            : texts.get("locks.heat.spoken", String.join("; ", spoken)));
  }

  private int addRow(String type, int row) {
    var name = new Label(type);
    name.getStyleClass().add("heat-type");
    name.setTooltip(new Tooltip(type));
    grid.add(name, 0, row);
    for (int column = 0; column < HOURS; column++) {
      var none = new Label();
      none.getStyleClass().add("heat-cell");
      none.setMaxWidth(Double.MAX_VALUE);
      grid.add(none, column + 1, row);
    }
    return row;
  }

  private String hour(LockStatistics statistics, Span span, int column) {
    int hour =
        span == Span.WEEK
            ? column
            : statistics.now().minus(Duration.ofHours(HOURS - 1L - column)).atZone(zone).getHour();
    return texts.get("locks.hour", hour);
  }

  private Label square(LockFigures figures, String full) {
    String text = figures.contended() == 0 ? "·" : number(figures.contended());
    var square = new Label(figures.timedOut() > 0 ? text + "!" : text);
    square.getStyleClass().addAll("heat-cell", "heat-" + level(figures));
    if (figures.timedOut() > 0) {
      square.getStyleClass().add("heat-timeouts");
    }
    if (square.getText().length() > 3) {
      square.getStyleClass().add("heat-long");
    }
    square.setMaxWidth(Double.MAX_VALUE);
    square.setTooltip(new Tooltip(full));
    return square;
  }

  // A square is narrow.
  private static String number(long count) {
    if (count < 1_000) {
      return String.valueOf(count);
    }
    return count < 1_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
  }

  private static int level(LockFigures figures) {
    double percent = figures.contendedPercent();
    if (percent < 1) {
      return 0;
    }
    return percent < 10 ? 1 : percent < 40 ? 2 : 3;
  }
}
