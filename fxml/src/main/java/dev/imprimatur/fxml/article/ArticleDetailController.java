package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.diff.DiffView;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The selected article: its versions, how its scores have gone, who approved it, and what may be
/// done.
public final class ArticleDetailController {
  private final ArticleViewModel model;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Navigator navigator;
  private final ArticleTables tables;
  private final TrendChart chart;
  private Runnable back = () -> {};
  private Runnable evaluateSelected = this::evaluateOne;
  private int several = 1;
  private boolean filling;

  @FXML private VBox content = new VBox();
  @FXML private Label title = new Label();
  @FXML private FlowPane marks = new FlowPane();
  @FXML private GatedButton evaluate = new GatedButton();
  @FXML private GatedButton approve = new GatedButton();
  @FXML private GatedButton revoke = new GatedButton();
  @FXML private GatedButton rewrite = new GatedButton();
  @FXML private GatedButton compare = new GatedButton();
  @FXML private GatedButton escalation = new GatedButton();
  @FXML private GatedButton stop = new GatedButton();
  @FXML private HBox progress = new HBox();
  @FXML private ProgressBar progressBar = new ProgressBar();
  @FXML private Label progressText = new Label();
  @FXML private TableView<Version.Head> versions = new TableView<>();
  @FXML private TabPane tabs = new TabPane();
  @FXML private StackPane chartPlace = new StackPane();
  @FXML private Node chartBox = new VBox();
  @FXML private Label chartNone = new Label();
  @FXML private TableView<Trend.Point> runs = new TableView<>();
  @FXML private VBox approvals = new VBox();
  @FXML private Label trouble = new Label();
  @FXML private VBox comparison = new VBox();
  @FXML private Label comparing = new Label();
  @FXML private DiffView diff = new DiffView();

  public ArticleDetailController(
      ArticleViewModel model, Texts texts, DecisionWords words, Dialogs dialogs, Navigator way) {
    this.model = model;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.navigator = way;
    this.tables = new ArticleTables(model, texts, words);
    this.chart = new TrendChart(texts, tables::sentence);
  }

  @FXML
  private void initialize() {
    tables.versions(versions);
    tables.runs(runs);
    chartPlace.getChildren().add(chart);
    versions.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    versions
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (!filling && now != null) {
            model.versionProperty().set(now);
          }
        });
    model
        .versionProperty()
        .addListener((observed, before, now) -> {
          // What an action will be about is to be seen, whoever has chosen it.
          if (!Objects.equals(now, versions.getSelectionModel().getSelectedItem())) {
            selectVersion();
          }
          showProgress();
        });
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    model.troubleProperty().addListener((observed, before, now) -> blank());
    gate(model.gatesProperty().get());
    show(null);
    closeComparison();
  }

  /// What evaluating does where several articles are selected.
  void evaluateSelected(Runnable action) {
    evaluateSelected = action;
  }

  /// Where the focus goes when one leaves the article.
  void back(Runnable action) {
    back = action;
  }

  void selected(int count) {
    several = count;
    gate(model.gatesProperty().get());
  }

  void open(@Nullable UUID article) {
    ArticleData shown = model.dataProperty().get();
    if (article == null || shown == null || !shown.row().article().id().equals(article)) {
      closeComparison();
    }
    model.open(article);
    blank();
  }

  void refresh() {
    model.refresh();
  }

  void close() {
    model.close();
  }

  void focus() {
    versions.requestFocus();
  }

  private void blank() {
    boolean ready = model.dataProperty().get() != null;
    content.setVisible(ready && !comparison.isVisible());
    String told = model.troubleProperty().get();
    trouble.setVisible(!ready);
    trouble.setText(told.isEmpty() ? texts.get("articles.gate.none") : told);
  }

  private void show(@Nullable ArticleData data) {
    blank();
    if (data == null) {
      return;
    }
    title.setText(data.row().article().title());
    marks
        .getChildren()
        .setAll(StateWords.of(data.row(), texts).stream().map(ArticleColumns::mark).toList());
    if (!versions.getItems().equals(data.versions())) {
      filling = true;
      versions.getItems().setAll(data.versions());
      filling = false;
    }
    selectVersion();
    versions.refresh();
    chart.show(data.trend());
    boolean scored = !data.trend().points().isEmpty();
    chartBox.setVisible(scored);
    chartNone.setVisible(!scored);
    chart.setAccessibleText(texts.get("trend.spoken", data.trend().points().size()));
    runs.getItems().setAll(data.trend().points().reversed());
    approvals.getChildren().setAll(tables.approvals(data));
    showProgress();
  }

  private void selectVersion() {
    Version.Head chosen = model.versionProperty().get();
    if (chosen != null && !versions.getSelectionModel().getSelectedItems().contains(chosen)) {
      filling = true;
      versions.getSelectionModel().clearSelection();
      versions.getSelectionModel().select(chosen);
      filling = false;
    }
  }

  private void showProgress() {
    ArticleData data = model.dataProperty().get();
    Version.Head chosen = model.versionProperty().get();
    RunResult running = data == null || chosen == null ? null : data.running(chosen.id());
    progress.setVisible(running != null);
    progress.setManaged(running != null);
    if (running != null) {
      long ended = ArticleData.ended(running);
      int all = Math.max(1, running.parts().size());
      progressText.setText(texts.get("articles.progress", chosen.number(), ended, all));
      progressBar.setProgress((double) ended / all);
    }
  }

  private void gate(ArticleGates gates) {
    boolean one = several <= 1;
    String single = one ? "" : texts.get("articles.gate.several");
    // Many at once are evaluated whatever stands in the way of the one that is shown.
    evaluate.blockedProperty().set(one ? gates.evaluate() : "");
    evaluate.setText(evaluateText(one));
    stop.blockedProperty().set(gates.stop());
    approve.blockedProperty().set(one ? gates.approve() : single);
    revoke.blockedProperty().set(one ? gates.revoke() : single);
    rewrite.blockedProperty().set(one ? gates.rewrite() : single);
    compare.blockedProperty().set(one ? gates.compare() : single);
    escalation.blockedProperty().set(one ? gates.escalation() : single);
  }

  private String evaluateText(boolean one) {
    if (!one) {
      return texts.get("articles.evaluate.several", several);
    }
    ArticleData data = model.dataProperty().get();
    Version.Head chosen = model.versionProperty().get();
    boolean again = data != null && chosen != null && data.evaluated(chosen.id());
    return texts.get(again ? "articles.evaluate.again" : "articles.evaluate");
  }

  @FXML
  private void evaluate() {
    evaluateSelected.run();
  }

  void evaluateOne() {
    model.evaluate();
  }

  @FXML
  private void stop() {
    model.stop();
  }

  // What is asked about is taken down before the dialog opens: the screen goes on behind it.
  @FXML
  private void approve() {
    model
        .seen()
        .ifPresent(seen ->
            dialogs.approve(
                texts.get("articles.version.of", seen.title(), seen.version().number()),
                seen.escalations().size(),
                answer -> model.approve(seen, answer)));
  }

  @FXML
  private void revoke() {
    model
        .seen()
        .ifPresent(seen -> dialogs.revoke(seen.title(), reason -> model.revoke(seen, reason)));
  }

  @FXML
  private void rewrite() {
    model.rewrite();
  }

  /// Two chosen versions, or the chosen one against the one before it.
  @FXML
  private void compare() {
    ArticleData data = model.dataProperty().get();
    Version.Head chosen = model.versionProperty().get();
    if (data == null || chosen == null) {
      return;
    }
    List<Integer> numbers =
        versions.getSelectionModel().getSelectedItems().stream()
            .map(Version.Head::number)
            .sorted()
            .toList();
    int right = numbers.size() > 1 ? numbers.getLast() : Math.max(2, chosen.number());
    int left = numbers.size() > 1 ? numbers.getFirst() : right - 1;
    diff.loading();
    comparing.setText(texts.get("articles.comparing", left, right));
    comparison.setVisible(true);
    blank();
    model.compare(
        left,
        right,
        compared -> {
          diff.show(
              compared.diff(),
              texts.get("articles.version", compared.left()),
              texts.get("articles.version", compared.right()));
          diff.requestFocus();
        });
    Platform.runLater(diff::requestFocus);
  }

  @FXML
  private void closeComparison() {
    boolean was = comparison.isVisible();
    comparison.setVisible(false);
    blank();
    if (was) {
      versions.requestFocus();
    }
  }

  @FXML
  private void openEscalation() {
    ArticleData data = model.dataProperty().get();
    Version.Head chosen = model.versionProperty().get();
    if (data != null && chosen != null && !data.pending().isEmpty()) {
      // Of the chosen version if it has one, else the oldest there is.
      List<Escalations.Detail> own = data.pendingOf(chosen.id());
      Escalations.Detail one = own.isEmpty() ? data.pending().getFirst() : own.getFirst();
      navigator.openDesk(one.row().escalation().id());
    }
  }

  @FXML
  private void detailPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      if (comparison.isVisible()) {
        closeComparison();
      } else {
        back.run();
      }
      event.consume();
    }
  }

  /// A key of an action.
  ///
  /// @return whether it is one
  boolean pressed(KeyCode key, boolean shift) {
    if (comparison.isVisible()) {
      return false;
    }
    GatedButton button =
        switch (key) {
          case V -> evaluate;
          case S -> stop;
          case A -> approve;
          // As on the desk: x alone rejects there, and rejecting is not revoking.
          case X -> shift ? revoke : null;
          case R -> rewrite;
          case D -> compare;
          case E -> escalation;
          default -> null;
        };
    if (button == null) {
      return false;
    }
    button.button().fire();
    return true;
  }
}
