package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.scale.quality.Analysis;
import dev.imprimatur.engine.assessment.scale.quality.Share;
import dev.imprimatur.fxml.view.Texts;
import java.util.OptionalDouble;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// How far a ranking is to be trusted, figure by figure, each with what it means.
final class ReliabilityPanel extends ScrollPane {
  private final BatchWords words;
  private final Texts texts;
  private final GridPane grid = new GridPane();
  private final Label adaptive = new Label();
  private int row;

  ReliabilityPanel(BatchWords words) {
    this.words = words;
    this.texts = words.texts();
    setFitToWidth(true);
    setId("assess-reliability");
    getStyleClass().add("assess-scroll");
    setAccessibleText(texts.get("assess.tab.reliability"));
    grid.setHgap(14);
    grid.setVgap(4);
    var name = new ColumnConstraints(150, 150, 190);
    var value = new ColumnConstraints(66, 66, 80);
    value.setHalignment(javafx.geometry.HPos.RIGHT);
    var more = new ColumnConstraints(150, 400, Double.MAX_VALUE);
    more.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(name, value, more);
    adaptive.setId("assess-adaptive");
    adaptive.setWrapText(true);
    adaptive.setMaxWidth(Double.MAX_VALUE);
    adaptive.getStyleClass().addAll("notice", "notice-is-conflict");
    adaptive.managedProperty().bind(adaptive.visibleProperty());
    adaptive.setVisible(false);
    var all = new VBox(10, adaptive, grid);
    all.getStyleClass().add("assess-page");
    setContent(all);
  }

  void show(BatchReport report) {
    grid.getChildren().clear();
    row = 0;
    Analysis analysis = report.analysis();
    adaptive.setVisible(analysis != null && analysis.adaptivity().noticeable());
    if (analysis == null) {
      var none = new Label(texts.get("assess.reliability.none"));
      none.getStyleClass().add("text-muted");
      none.setWrapText(true);
      grid.add(none, 0, 0, 3, 1);
      return;
    }
    var ratio = analysis.adaptivity().ratio();
    if (ratio.isPresent()) {
      adaptive.setText(texts.get("assess.adaptive", words.percent(ratio.getAsDouble())));
    }
    line("ssr", analysis.fit().reliability().ssr(), "");
    line("separation", analysis.fit().reliability().separation(), "");
    halves(analysis);
    share("agreement", analysis.agreement().overall(), report.judges().size() < 2 ? "one" : "none");
    share("position", analysis.position().firstWon(), "none");
    var cycles = analysis.cycles();
    line(
        "cycles",
        words.percent(cycles.value()),
        cycles.triads() == 0
            ? texts.get("assess.cycles.none")
            : texts.get("assess.cycles.of", cycles.circular(), cycles.triads()));
    line(
        "parts",
        texts.get("nav.count", report.parts()),
        report.parts() == 1 ? texts.get("assess.parts.one") : texts.get("assess.parts.several"));
  }

  private void halves(Analysis analysis) {
    var halves = analysis.halves();
    line(
        "halves",
        BatchWords.number(halves.mean()),
        halves.mean().isEmpty()
            ? texts.get("assess.halves.none")
            : texts.get(
                "assess.halves.of",
                halves.reliabilities().size(),
                BatchWords.number(halves.least()),
                BatchWords.number(halves.most())));
  }

  private void share(String name, Share share, String none) {
    line(
        name,
        words.percent(share.value()),
        share.of() == 0
            ? texts.code("assess.share", name + "." + none)
            : texts.code(
                "assess.share",
                name + ".of",
                share.count(),
                share.of(),
                words.percent(share.low()),
                words.percent(share.high())));
  }

  private void line(String name, OptionalDouble value, String more) {
    line(name, BatchWords.number(value), more);
  }

  private void line(String name, String value, String more) {
    String means = texts.code("assess.means", name);
    var head = new Label(texts.code("assess.figure", name));
    head.setWrapText(true);
    head.setId("assess-figure-" + name);
    var figure = new Label(value);
    figure.setId("assess-value-" + name);
    figure.getStyleClass().add("assess-figure");
    figure.setMinWidth(USE_PREF_SIZE);
    var text = new Label(more.isEmpty() ? means : more + " " + means);
    text.setWrapText(true);
    text.getStyleClass().addAll("text-muted", "text-small");
    text.setMinHeight(USE_PREF_SIZE);
    for (Label label : new Label[] {head, figure}) {
      var tip = new Tooltip(means);
      tip.setWrapText(true);
      tip.setMaxWidth(380);
      tip.setShowDelay(Duration.millis(250));
      label.setTooltip(tip);
    }
    figure.setAccessibleText(head.getText() + ": " + value + ". " + text.getText());
    grid.addRow(row++, head, figure, text);
    for (Label label : new Label[] {head, figure, text}) {
      GridPane.setValignment(label, javafx.geometry.VPos.TOP);
    }
  }
}
