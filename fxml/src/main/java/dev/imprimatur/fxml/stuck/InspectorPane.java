package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.BatchInspection;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The batch that is inspected, in full: why it stands where it stands, and what it waits for.
final class InspectorPane extends StackPane {
  private final Texts texts;
  private final DecisionWords words;
  private final StuckWords batchWords;
  private final Label title = label("stuck-name", "card-head");
  private final MarkLabel mark = new MarkLabel();
  private final Label subtitle = label("stuck-id", "text-muted");
  private final Label trouble = label("stuck-trouble", "text-muted");
  private final Label warning = label("stuck-warning", "notice-headline");
  private final GridPane facts = new GridPane(12, 5);
  private final Hyperlink queue = new Hyperlink();
  private final PairTable pairs;
  private final Tab pairsTab = new Tab();
  private final VBox history = new VBox(7);
  private final TextArea diagnostics = new TextArea();
  private final TabPane tabs = new TabPane();
  private final VBox content;
  private @Nullable UUID shown;
  private boolean shownFailed;

  /// @param actions the buttons
  /// @param toQueue shows a batch's jobs in the queue
  InspectorPane(
      InspectorViewModel model,
      Texts texts,
      DecisionWords words,
      Node actions,
      Consumer<UUID> toQueue) {
    this.texts = texts;
    this.words = words;
    this.batchWords = new StuckWords(texts);
    pairs = new PairTable(texts, batchWords);
    mark.setId("stuck-mark");
    facts.setId("stuck-facts");
    warning.setWrapText(true);
    warning.setMinHeight(USE_PREF_SIZE);
    warning.getStyleClass().addAll("notice", "notice-is-conflict", "job-alarm");
    subtitle.getStyleClass().add("text-small");
    queue.setId("stuck-queue");
    queue.setText(texts.get("stuck.queue"));
    queue.getStyleClass().add("stuck-link");
    queue.setOnAction(event -> {
      if (shown != null) {
        toQueue.accept(shown);
      }
    });
    var left = new ScrollPane(leftBox());
    left.setFitToWidth(true);
    left.setAccessibleText(texts.get("stuck.facts"));
    left.getStyleClass().add("edge-to-edge");
    fillTabs();
    var split = new SplitPane(left, tabs);
    split.setDividerPositions(0.46);
    split.getStyleClass().add("detail-split");
    VBox.setVgrow(split, Priority.ALWAYS);
    var line = new HBox(10, title, mark);
    line.setAlignment(Pos.CENTER_LEFT);
    var head = new VBox(6, new VBox(1, line, subtitle), actions);
    head.getStyleClass().addAll("lower-head", "stuck-head");
    content = new VBox(4, head, split);
    content.setId("stuck-content");
    getChildren().addAll(content, trouble);
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.troubleProperty().addListener((observed, before, now) -> trouble.setText(now));
    trouble.setText(model.troubleProperty().get());
    show(model.dataProperty().get());
  }

  private VBox leftBox() {
    var box = new VBox(8, warning, facts, queue);
    box.getStyleClass().add("job-facts");
    return box;
  }

  private void fillTabs() {
    tabs.setId("stuck-tabs");
    tabs.setAccessibleText(texts.get("stuck.tabs"));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setMinWidth(240);
    history.setId("stuck-history");
    history.getStyleClass().add("stuck-history");
    var scroll = new ScrollPane(history);
    scroll.setFitToWidth(true);
    scroll.setAccessibleText(texts.get("stuck.history"));
    scroll.getStyleClass().add("edge-to-edge");
    diagnostics.setId("stuck-diagnostics");
    diagnostics.setEditable(false);
    diagnostics.setWrapText(true);
    diagnostics.getStyleClass().add("reading");
    diagnostics.setAccessibleText(texts.get("stuck.diagnostics"));
    pairsTab.setContent(pairs);
    tabs.getTabs()
        .setAll(
            List.of(
                pairsTab,
                new Tab(texts.get("stuck.history"), scroll),
                new Tab(texts.get("stuck.diagnostics"), diagnostics)));
  }

  private static Label label(String id, String style) {
    var label = new Label();
    label.setId(id);
    label.getStyleClass().add(style);
    return label;
  }

  private void show(@Nullable BatchInspection seen) {
    content.setVisible(seen != null);
    if (seen == null) {
      shown = null;
      return;
    }
    Batch batch = seen.batch();
    boolean failed = batch.state() == Batch.State.FAILED;
    boolean another = !batch.id().equals(shown);
    shown = batch.id();
    title.setText(batch.terms().name());
    mark.show(batchWords.mark(batch, seen.stuck()));
    subtitle.setText(
        texts.get(
            "stuck.subtitle",
            batch.id(),
            texts.code("stuck.judging", Code.of(batch.terms().judging())),
            batch.createdBy(),
            batch.progress().revision()));
    showWarning(seen);
    showFacts(seen);
    pairs.show(seen.detail());
    pairsTab.setText(texts.get("stuck.pairs.tab", pairs.getItems().size()));
    history.getChildren().setAll(seen.history().stream().map(this::moment).toList());
    String document =
        batch.progress().diagnostics() == null
            ? texts.get("stuck.diagnostics.none")
            : Json.pretty(batch.progress().diagnostics());
    if (!document.equals(diagnostics.getText())) {
      diagnostics.setText(document);
    }
    if (another || failed != shownFailed) {
      // What failed is asked why first; what waits, for what.
      tabs.getSelectionModel().select(failed ? 2 : 0);
    }
    shownFailed = failed;
  }

  private void showWarning(BatchInspection seen) {
    String text =
        seen.stuck()
            ? texts.get(
                "stuck.warning", batchWords.time(idle(seen)), batchWords.time(seen.stuckAfter()))
            : "";
    boolean shows = !text.isEmpty();
    warning.setText(text);
    warning.setVisible(shows);
    warning.setManaged(shows);
  }

  private static Duration idle(BatchInspection seen) {
    return Duration.between(seen.batch().progress().lastActivity(), seen.detail().now());
  }

  private void showFacts(BatchInspection seen) {
    facts.getChildren().clear();
    BatchDetail detail = seen.detail();
    Batch batch = seen.batch();
    Batch.Ended ended = batch.progress().ended();
    fact("state", batchWords.stands(batch, words));
    if (ended == null) {
      fact("idle", texts.get("stuck.idle", batchWords.time(idle(seen))));
    }
    Batch.Decided decided = batch.progress().decided();
    fact(
        "decision",
        decided == null
            ? texts.get("stuck.undecided")
            : texts.get(
                "stuck.decided",
                batchWords.verdict(decided.verdict()),
                texts.code("stuck.door", Code.of(decided.by())),
                words.exactTime(decided.at())));
    if (seen.now() != null) {
      fact("now", batchWords.verdict(seen.now()));
    }
    fact(
        "answers",
        texts.get(
            ended == null ? "stuck.counts" : "stuck.counts.ended",
            batchWords.answers(batch),
            batch.terms().threshold(),
            batch.counts().failed(),
            detail.outstanding().size()));
    fact(
        "rerequests",
        texts.get("stuck.rerequests", batch.progress().rerequests(), seen.rerequestLimit()));
    fact("graph", batchWords.graph(seen.parts()));
    fact("reliability", reliability(detail, ended == null));
    if (ended == null) {
      fact("jobs", batchWords.jobs(seen));
    } else {
      fact("charged", texts.get("stuck.charged", detail.charged().orElse(0), late(detail)));
    }
  }

  private String reliability(BatchDetail detail, boolean open) {
    if (detail.reliability() == null) {
      return texts.get("stuck.reliability.unknown");
    }
    String now = batchWords.reliability(detail.reliability());
    return open
        ? texts.get(
            "stuck.reliability", now, batchWords.reliability(detail.reliabilityIfCompleted()))
        : now;
  }

  private static long late(BatchDetail detail) {
    return detail.comparisons().stream()
        .map(Comparison::answered)
        .filter(answered -> answered != null && answered.late())
        .count();
  }

  private void fact(String name, String value) {
    var head = new Label(texts.code("stuck.fact", name));
    head.getStyleClass().add("text-muted");
    head.setMinWidth(USE_PREF_SIZE);
    var text = new Label(value);
    text.setId("stuck-fact-" + name);
    text.setWrapText(true);
    text.setMinHeight(USE_PREF_SIZE);
    GridPane.setValignment(head, VPos.TOP);
    facts.addRow(facts.getRowCount(), head, text);
  }

  private Node moment(AuditEntry entry) {
    var what = new Label(texts.code("audit", entry.action()));
    what.getStyleClass().add("moment-what");
    var by =
        new Label(
            texts.get(
                entry.actor().human() ? "stuck.history.person" : "stuck.history.automation",
                entry.actor().id(),
                words.exactTime(entry.at())));
    by.getStyleClass().addAll("text-muted", "text-small");
    var box = new VBox(1, what, by);
    String reason = entry.reason();
    if (reason != null && !reason.isBlank()) {
      box.getChildren().add(new Label(texts.get("clash.reason", reason)));
    }
    box.getChildren().forEach(node -> ((Label) node).setWrapText(true));
    return box;
  }

  /// The pairs.
  PairTable pairs() {
    return pairs;
  }

  /// Puts the focus on what is shown beside the facts.
  void focus() {
    pairs.requestFocus();
  }
}
