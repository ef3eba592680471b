package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReports;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The batch that is selected: how far it is and why, and how its texts and judges stand.
final class BatchPane extends StackPane {
  private final BatchViewModel model;
  private final BatchWords words;
  private final Texts texts;
  private final PathChooser chooser;
  private final Label name = label("assess-name", "card-head");
  private final Label head = label("assess-head", "text-muted");
  private final MarkLabel state = new MarkLabel();
  private final ProgressTrack track = new ProgressTrack();
  private final Label counts = label("assess-counts", "text-small");
  private final Label why = label("assess-why", "text-small");
  private final Label basis = label("assess-basis", "text-muted");
  private final Label trouble = label("assess-trouble", "text-muted");
  private final GatedButton ranking = new GatedButton();
  private final GatedButton comparisons = new GatedButton();
  private final Button reckon = new Button();
  private final TabPane tabs = new TabPane();
  private final TableView<BatchReport.Standing> table = new TableView<>();
  private final RankingTable standings;
  private final ReliabilityPanel reliability;
  private final JudgesPanel judges;
  private final GradesPanel grades;
  private final VBox content;

  BatchPane(BatchViewModel model, BatchWords words, PathChooser chooser) {
    this.model = model;
    this.words = words;
    this.texts = words.texts();
    this.chooser = chooser;
    standings = new RankingTable(table, words);
    reliability = new ReliabilityPanel(words);
    judges = new JudgesPanel(model, words);
    grades = new GradesPanel(model, words);
    table.setId("assess-ranking");
    table.setAccessibleText(texts.get("assess.tab.ranking"));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setId("assess-tabs");
    tabs.setAccessibleText(texts.get("assess.tabs"));
    tab("ranking", table);
    tab("reliability", reliability);
    tab("judges", judges);
    tab("grades", grades);
    VBox.setVgrow(tabs, Priority.ALWAYS);
    content = new VBox(6, top(), tabs);
    content.setId("assess-content");
    getChildren().addAll(content, trouble);
    model.reportProperty().addListener((observed, before, now) -> show(now));
    model.troubleProperty().addListener((observed, before, now) -> trouble.setText(now));
    model.reckoningProperty().addListener((observed, before, now) -> reckon.setDisable(now));
    show(model.reportProperty().get());
  }

  private static Label label(String id, String style) {
    var label = new Label();
    label.setId(id);
    label.getStyleClass().add(style);
    return label;
  }

  private void tab(String code, Node node) {
    var tab = new Tab(texts.code("assess.tab", code), node);
    tab.setId("assess-tab-" + code);
    tabs.getTabs().add(tab);
  }

  private VBox top() {
    name.setMinWidth(60);
    head.getStyleClass().add("text-small");
    state.setId("assess-state");
    ranking.setId("assess-export-ranking");
    ranking.setText(texts.get("assess.export.ranking"));
    ranking.setMinWidth(Region.USE_PREF_SIZE);
    ranking.setOnAction(event -> save("ranking", model::exportRanking));
    comparisons.setId("assess-export-comparisons");
    comparisons.setText(texts.get("assess.export.comparisons"));
    comparisons.setMinWidth(Region.USE_PREF_SIZE);
    comparisons.setOnAction(event -> save("comparisons", model::exportComparisons));
    reckon.setId("assess-reckon");
    reckon.setText(texts.get("assess.reckon"));
    reckon.setMinWidth(Region.USE_PREF_SIZE);
    reckon.managedProperty().bind(reckon.visibleProperty());
    reckon.setOnAction(event -> model.reckon());
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var line = new HBox(10, name, state, space, reckon, ranking, comparisons);
    line.setAlignment(Pos.CENTER_LEFT);
    track.setId("assess-track");
    for (Label label : new Label[] {counts, why, basis}) {
      label.setWrapText(true);
      label.setMinHeight(Region.USE_PREF_SIZE);
    }
    basis.getStyleClass().add("text-small");
    var top = new VBox(3, line, head, track, counts, why, basis);
    top.getStyleClass().add("assess-top");
    return top;
  }

  private void save(String what, Consumer<Path> then) {
    BatchReport report = model.reportProperty().get();
    if (report != null) {
      String file =
          report.batch().terms().name().replaceAll("[^\\p{L}\\p{N}]+", "-") + "-" + what + ".csv";
      chooser.save(texts.get("assess.export.title"), file, getScene().getWindow()).ifPresent(then);
    }
  }

  private void show(@Nullable BatchReport report) {
    content.setVisible(report != null);
    trouble.setVisible(report == null);
    if (report == null) {
      return;
    }
    Batch batch = report.batch();
    name.setText(batch.terms().name());
    head.setText(words.head(batch));
    state.show(words.state(batch));
    track.show(batch);
    track.setAccessibleText(words.counts(batch));
    counts.setText(words.counts(batch));
    String failure = words.failure(batch);
    why.setText(failure.isEmpty() ? words.why(batch) : failure + " " + words.why(batch));
    basis.setText(basis(report));
    reckon.setVisible(report.tooLarge());
    boolean none = report.standings().isEmpty();
    ranking.blockedProperty().set(none ? texts.get("assess.export.none") : "");
    comparisons
        .blockedProperty()
        .set(batch.counts().completed() == 0 ? texts.get("assess.export.none") : "");
    standings.show(report);
    reliability.show(report);
    judges.show(report);
    grades.show(report);
  }

  private String basis(BatchReport report) {
    String text =
        texts.code(
            "assess.basis",
            Code.of(report.basis()),
            report.batch().counts().completed(),
            report.standings().size());
    return report.tooLarge()
        ? text
            + " "
            + texts.get("assess.toolarge", BatchReports.LIVE_TEXTS, BatchReports.LIVE_ANSWERS)
        : text;
  }

  /// Puts the focus on the tabs: arrows change between them, Tab leads into the one that is open.
  void focus() {
    tabs.requestFocus();
  }
}
