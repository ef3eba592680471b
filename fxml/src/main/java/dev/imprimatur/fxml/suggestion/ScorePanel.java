package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.fxml.control.ScoreBar;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// How the text would score as it would be accepted, beside the version it is put into: what it
/// would come to in a sentence, then the numbers, detectors left and intents right.
final class ScorePanel extends VBox {
  private final Texts texts;
  private final Label note = new Label();
  private final Label verdict = new Label();
  private final HBox computing;
  private final GridPane detectors = grid();
  private final GridPane intents = grid();

  ScorePanel(Texts texts) {
    this.texts = texts;
    getStyleClass().add("estimate");
    var head = new Label(texts.get("estimate.head"));
    head.getStyleClass().add("card-head");
    head.setMinWidth(USE_PREF_SIZE);
    note.getStyleClass().addAll("text-muted", "text-small");
    var busy = new ProgressIndicator();
    busy.setPrefSize(14, 14);
    busy.setMaxSize(14, 14);
    busy.setAccessibleText(texts.get("estimate.computing"));
    var word = new Label(texts.get("estimate.computing"));
    word.getStyleClass().addAll("text-muted", "text-small");
    computing = new HBox(6, busy, word);
    computing.setAlignment(Pos.CENTER_LEFT);
    computing.setId("estimate-computing");
    computing.setMinWidth(USE_PREF_SIZE);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var line = new HBox(10, head, note, space, computing);
    line.setAlignment(Pos.BASELINE_LEFT);
    verdict.setId("estimate-verdict");
    verdict.setWrapText(true);
    verdict.setMinHeight(USE_PREF_SIZE);
    detectors.setId("estimate-detectors");
    intents.setId("estimate-intents");
    var grids = new HBox(20, detectors, intents);
    HBox.setHgrow(detectors, Priority.ALWAYS);
    HBox.setHgrow(intents, Priority.ALWAYS);
    getChildren().addAll(line, verdict, grids);
    setMinWidth(0);
  }

  private static GridPane grid() {
    var grid = new GridPane(5, 3);
    var name = new ColumnConstraints();
    name.setHgrow(Priority.ALWAYS);
    name.setMinWidth(60);
    grid.getColumnConstraints().add(name);
    for (int i = 0; i < 3; i++) {
      var number = new ColumnConstraints();
      number.setHalignment(HPos.RIGHT);
      grid.getColumnConstraints().add(number);
    }
    // Both take half of the width, whatever stands in them.
    grid.setPrefWidth(100);
    return grid;
  }

  /// Whether the numbers are not yet those of what is chosen now.
  void busy(boolean now) {
    computing.setVisible(now);
    pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("computing"), now);
  }

  /// Shows an estimate.
  ///
  /// @param failure why there is none, or an empty text
  void show(@Nullable Estimate estimate, SuggestionData data, String failure) {
    verdict.getStyleClass().setAll("label", "estimate-verdict");
    if (estimate == null) {
      verdict.setText(failure.isEmpty() ? "" : texts.get("estimate.failed", failure));
      detectors.getChildren().clear();
      intents.getChildren().clear();
      return;
    }
    note.setText(texts.get("estimate.note", estimate.version()));
    String text = verdict(estimate);
    boolean approved = data.opened().approved() && data.pending();
    verdict.setText(approved ? text + " " + texts.get("estimate.approved") : text);
    fill(detectors, estimate, RunPart.Kind.DETECTOR);
    fill(intents, estimate, RunPart.Kind.AEO);
  }

  private String verdict(Estimate e) {
    if (!e.finds()) {
      style("estimate-stops");
      return texts.get("estimate.place", e.version());
    }
    List<String> stops = new ArrayList<>();
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      if (e.stops(kind)) {
        stops.add(
            texts.get(
                kind == RunPart.Kind.DETECTOR ? "estimate.stop.ai" : "estimate.stop.aeo",
                number(e.average(kind).after()),
                plain(e.threshold(kind))));
      }
    }
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      BigDecimal change = e.average(kind).change();
      if (change != null && e.drops(kind)) {
        stops.add(
            texts.get(
                "estimate.stop.drop",
                texts.code("desk.kind", Code.of(kind)),
                number(change.negate()),
                plain(e.limits().drop())));
      }
    }
    if (!stops.isEmpty()) {
      style("estimate-stops");
      return texts.get(
          e.beforeStops() ? "estimate.still" : "estimate.escalates", String.join("; ", stops));
    }
    if (e.average(RunPart.Kind.DETECTOR).after() == null
        && e.average(RunPart.Kind.AEO).after() == null) {
      return texts.get("estimate.unknown");
    }
    style("estimate-passes");
    return texts.get(
        e.average(RunPart.Kind.DETECTOR).after() == null
            ? "estimate.passes.short"
            : "estimate.passes",
        plain(e.threshold(RunPart.Kind.DETECTOR)),
        plain(e.threshold(RunPart.Kind.AEO)));
  }

  private void style(String style) {
    verdict.getStyleClass().add(style);
  }

  private void fill(GridPane grid, Estimate e, RunPart.Kind kind) {
    grid.getChildren().clear();
    int row = 0;
    grid.add(quiet(texts.code("estimate.kind", Code.of(kind))), 0, row);
    grid.add(quiet(texts.get("estimate.before")), 1, row);
    grid.add(quiet(texts.get("estimate.after")), 2, row);
    grid.add(quiet(texts.get("estimate.change")), 3, row++);
    for (Estimate.Row score : e.rows(kind)) {
      add(grid, row++, score);
      if (score.average()) {
        var bar = new ScoreBar();
        bar.setMinWidth(40);
        bar.show(score.before(), score.after());
        bar.threshold(e.threshold(kind));
        bar.setAccessibleText(
            texts.get(
                "estimate.bar",
                texts.code("desk.kind", Code.of(kind)),
                number(score.after()),
                number(score.before()),
                plain(e.threshold(kind))));
        var least = quiet(texts.get("estimate.least", plain(e.threshold(kind))));
        grid.add(bar, 0, row, 2, 1);
        grid.add(least, 2, row++, 2, 1);
      }
    }
  }

  private void add(GridPane grid, int row, Estimate.Row score) {
    var name = new Label(score.average() ? texts.get("estimate.average") : score.name());
    name.setMinWidth(0);
    name.getStyleClass().add(score.average() ? "score-average" : "score-part");
    if (score.note() != null && (score.before() == null || score.after() == null)) {
      name.setTooltip(new Tooltip(score.note()));
      name.setAccessibleHelp(score.note());
    }
    var before = right(number(score.before()));
    var after = right(number(score.after()));
    if (score.average()) {
      after.getStyleClass().add("score-average");
    }
    grid.add(name, 0, row);
    grid.add(before, 1, row);
    grid.add(after, 2, row);
    grid.add(change(score.change()), 3, row);
  }

  /// With an arrow and a sign, so that it does not hang on its colour.
  private Label change(@Nullable BigDecimal change) {
    if (change == null) {
      return right("–");
    }
    int sign = change.setScale(2, RoundingMode.HALF_UP).signum();
    String number = number(change.abs());
    var label = right(sign == 0 ? "= " + number : sign > 0 ? "▲ +" + number : "▼ −" + number);
    if (sign != 0) {
      label.getStyleClass().add(sign > 0 ? "score-rose" : "score-dropped");
    }
    return label;
  }

  private static Label right(String text) {
    var label = new Label(text);
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static Label quiet(String text) {
    var label = right(text);
    label.getStyleClass().addAll("text-muted", "text-small");
    return label;
  }

  static String number(@Nullable BigDecimal value) {
    return value == null ? "–" : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
