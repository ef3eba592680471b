package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReport.JudgeRow;
import dev.imprimatur.engine.assessment.scale.quality.WithoutJudge;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The judges of a batch, and what the order would be without one of them.
final class JudgesPanel extends VBox {
  private final BatchViewModel model;
  private final BatchWords words;
  private final Texts texts;
  private final TableView<JudgeRow> table = new TableView<>();
  private final GatedButton leave = new GatedButton();
  private final TableView<WithoutJudge.Moved> moved = new TableView<>();
  private final Label outcome = new Label();
  private final VBox preview;

  JudgesPanel(BatchViewModel model, BatchWords words) {
    super(8);
    this.model = model;
    this.words = words;
    this.texts = words.texts();
    getStyleClass().add("assess-tables");
    table.setId("assess-judges");
    table.setAccessibleText(texts.get("assess.tab.judges"));
    table.setPlaceholder(new Label(texts.get("assess.judges.none")));
    table.setMinHeight(64);
    var columns = new Columns<>(table, name -> texts.code("assess.judge", name));
    columns.text("name", 120, 4_000, JudgeRow::judge).setPrefWidth(220);
    columns.number("comparisons", 96, 130, j -> texts.get("nav.count", j.comparisons()));
    columns.number("infit", 66, 90, j -> BatchWords.number(j.infit()));
    columns.number("outfit", 66, 90, j -> BatchWords.number(j.outfit()));
    columns.number("agreement", 100, 130, j -> words.percent(j.agreement().value()));
    columns.number("median", 110, 140, j -> j.median().map(words::took).orElse(BatchWords.NONE));
    table.managedProperty().bind(table.visibleProperty());
    leave.setId("assess-leave-out");
    leave.setText(texts.get("assess.leave"));
    leave.setOnAction(event -> leaveOut());
    outcome.setId("assess-without");
    outcome.setWrapText(true);
    outcome.setMaxWidth(Double.MAX_VALUE);
    outcome.setMinHeight(Region.USE_PREF_SIZE);
    moved.setId("assess-moved");
    moved.setAccessibleText(texts.get("assess.moved"));
    moved.setPlaceholder(new Label(texts.get("assess.moved.none")));
    var places = new Columns<>(moved, name -> texts.code("assess.moved", name));
    places.text("text", 140, 4_000, WithoutJudge.Moved::text).setPrefWidth(260);
    places.number("before", 100, 120, m -> String.valueOf(m.before()));
    places.number("after", 124, 140, m -> String.valueOf(m.after()));
    places.number("by", 80, 100, m -> by(m.before() - m.after()));
    places.number("score", 130, 150, m -> BatchWords.number(m.scoreChange()));
    var back = new Button(texts.get("assess.without.close"));
    back.setId("assess-without-close");
    back.setMinWidth(USE_PREF_SIZE);
    back.setOnAction(event -> {
      model.takeBack();
      table.requestFocus();
    });
    var line = new HBox(12, outcome, back);
    HBox.setHgrow(outcome, Priority.ALWAYS);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().addAll("notice", "banner-plain", "assess-preview");
    preview = new VBox(6, line, moved);
    VBox.setVgrow(moved, Priority.ALWAYS);
    preview.setId("assess-preview");
    preview.managedProperty().bind(preview.visibleProperty());
    preview.setVisible(false);
    var bar = new HBox(8, leave);
    bar.getStyleClass().add("assess-bar");
    bar.managedProperty().bind(bar.visibleProperty());
    bar.visibleProperty().bind(preview.visibleProperty().not());
    // The judges make room for what is looked at.
    table.visibleProperty().bind(preview.visibleProperty().not());
    getChildren().addAll(table, bar, preview);
    VBox.setVgrow(table, Priority.ALWAYS);
    VBox.setVgrow(preview, Priority.ALWAYS);
    table.getSelectionModel().selectedItemProperty().addListener((observed, before, now) -> gate());
    model.withoutProperty().addListener((observed, before, now) -> show(now));
    gate();
  }

  private static String by(int places) {
    return places > 0 ? "▲ " + places : "▼ " + -places;
  }

  void show(BatchReport report) {
    Columns.replace(table, report.judges(), JudgeRow::judge);
    gate();
    if (model.withoutProperty().get() != null) {
      show(model.withoutProperty().get());
    }
  }

  private void gate() {
    leave
        .blockedProperty()
        .set(
            table.getItems().size() < 2
                ? texts.get("assess.leave.one")
                : table.getSelectionModel().getSelectedItem() == null
                    ? texts.get("assess.leave.choose")
                    : "");
  }

  private void leaveOut() {
    JudgeRow judge = table.getSelectionModel().getSelectedItem();
    if (judge != null) {
      model.leaveOut(judge.judge());
    }
  }

  private void show(@Nullable WithoutJudge without) {
    preview.setVisible(without != null);
    String since = model.withoutIsStale() ? " " + texts.get("assess.stale") : "";
    switch (without) {
      case null -> {}
      case WithoutJudge.Reordered r -> {
        outcome.setText(
            texts.get(
                    "assess.without",
                    r.judge(),
                    r.decisions(),
                    r.moved().size(),
                    BatchWords.number(r.spearman()))
                + since);
        moved.getItems().setAll(r.moved());
      }
      case WithoutJudge.Inestimable i -> {
        outcome.setText(
            texts.get("assess.without.inestimable", i.judge(), i.decisions(), i.why().message()));
        moved.getItems().setAll(List.of());
      }
    }
  }
}
