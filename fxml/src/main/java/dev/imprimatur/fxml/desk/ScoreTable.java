package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.fxml.control.ScoreBar;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/// Scores as numbers and bars, each kind under its average.
final class ScoreTable {
  private ScoreTable() {}

  static void fill(GridPane grid, DeskData data, Texts texts) {
    grid.getChildren().clear();
    if (data.scores().isEmpty()) {
      grid.add(muted(texts.get("desk.scores.none")), 0, 0, 5, 1);
      return;
    }
    int row = 0;
    grid.add(head(texts.get("desk.column.score")), 0, row);
    grid.add(right(head(texts.get("desk.column.before"))), 2, row);
    grid.add(right(head(texts.get("desk.column.now"))), 3, row);
    grid.add(right(head(texts.get("desk.column.change"))), 4, row++);
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      for (ScoreRow score : data.scores(kind)) {
        add(grid, row++, score, texts);
      }
    }
  }

  private static void add(GridPane grid, int shown, ScoreRow score, Texts texts) {
    var name =
        new Label(score.average() ? texts.code("desk.kind", Code.of(score.kind())) : score.name());
    name.getStyleClass().add(score.average() ? "score-average" : "score-part");
    name.setMinWidth(Label.USE_PREF_SIZE);
    var bar = new ScoreBar();
    bar.show(score.comparable() ? score.before() : null, score.now());
    grid.add(name, 0, shown);
    grid.add(bar, 1, shown);
    grid.add(right(new Label(number(score.before()))), 2, shown);
    grid.add(right(new Label(number(score.now()))), 3, shown);
    grid.add(right(change(score, texts)), 4, shown);
    if (score.average()) {
      // The average stands apart from the parts of the kind before it.
      grid.getChildren().stream()
          .filter(n -> GridPane.getRowIndex(n) == shown)
          .forEach(n -> GridPane.setMargin(n, new Insets(8, 0, 0, 0)));
    }
    bar.setAccessibleText(
        texts.get("desk.bar", name.getText(), number(score.now()), number(score.before())));
    if (score.now() == null && score.note() != null) {
      name.setTooltip(new Tooltip(score.note()));
    }
  }

  private static Label change(ScoreRow score, Texts texts) {
    if (!score.comparable()) {
      var label = muted(texts.get("desk.incomparable"));
      label.setTooltip(new Tooltip(texts.get("why.incomparable")));
      return label;
    }
    BigDecimal change = score.change();
    if (change == null) {
      return muted("–");
    }
    int sign = change.signum();
    var label = new Label((sign > 0 ? "+" : sign < 0 ? "−" : "") + number(change.abs()));
    if (sign != 0) {
      label.getStyleClass().add(sign > 0 ? "score-rose" : "score-dropped");
    }
    return label;
  }

  static String number(@Nullable BigDecimal value) {
    return value == null ? "–" : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static Label head(String text) {
    var label = muted(text);
    label.getStyleClass().add("text-small");
    return label;
  }

  private static Label muted(String text) {
    var label = new Label(text);
    label.getStyleClass().addAll(List.of("text-muted"));
    return label;
  }

  private static Label right(Label label) {
    GridPane.setHalignment(label, HPos.RIGHT);
    label.setMinWidth(Label.USE_PREF_SIZE);
    return label;
  }
}
