package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobDetail;
import dev.imprimatur.engine.queue.JobHealth;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.util.Objects;
import javafx.geometry.Pos;
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
import tools.jackson.databind.JsonNode;

/// The job that is selected, in full.
final class JobPane extends StackPane {
  private final Texts texts;
  private final DecisionWords words;
  private final Label title = label("job-kind", "card-head");
  private final MarkLabel mark = new MarkLabel();
  private final Label subtitle = label("job-id", "text-muted");
  private final Label alarm = label("job-alarm", "notice-headline");
  private final Label trouble = label("job-trouble", "text-muted");
  private final GridPane facts = new GridPane(12, 3);
  private final TextArea error = area("job-error");
  private final Label errorHead = label("job-error-head", "text-muted");
  private final VBox history = new VBox(3);
  private final TextArea payload = area("job-payload");
  private final TextArea result = area("job-result");
  private final TextArea diagnostics = area("job-diagnostics");
  private final ScrollPane left;
  private final VBox content;

  JobPane(JobViewModel model, Texts texts, DecisionWords words) {
    this.texts = texts;
    this.words = words;
    mark.setId("job-mark");
    alarm.setWrapText(true);
    alarm.setMinHeight(USE_PREF_SIZE);
    alarm.getStyleClass().addAll("notice", "notice-is-refused", "job-alarm");
    facts.setId("job-facts");
    history.setId("job-history");
    errorHead.setText(texts.get("queue.fact.error"));
    errorHead.setLabelFor(error);
    errorHead.getStyleClass().addAll("text-small");
    error.setPrefRowCount(4);
    error.setMinHeight(70);
    error.getStyleClass().add("boxed");
    left = new ScrollPane(leftBox());
    left.setFitToWidth(true);
    left.setAccessibleText(texts.get("queue.facts"));
    left.getStyleClass().add("edge-to-edge");
    var split = new SplitPane(left, tabs());
    split.setDividerPositions(0.56);
    split.getStyleClass().add("detail-split");
    VBox.setVgrow(split, Priority.ALWAYS);
    var line = new HBox(10, title, mark);
    line.setAlignment(Pos.CENTER_LEFT);
    var head = new VBox(1, line, subtitle);
    subtitle.getStyleClass().add("text-small");
    head.getStyleClass().add("lower-head");
    content = new VBox(4, head, split);
    content.setId("job-content");
    getChildren().addAll(content, trouble);
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.troubleProperty().addListener((observed, before, now) -> trouble.setText(now));
    show(model.dataProperty().get());
  }

  private VBox leftBox() {
    var box = new VBox(6, alarm, facts, errorHead, error, history);
    box.getStyleClass().add("job-facts");
    return box;
  }

  private TabPane tabs() {
    var tabs = new TabPane();
    tabs.setId("job-tabs");
    tabs.setAccessibleText(texts.get("queue.documents"));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setMinWidth(220);
    add(tabs, texts.get("queue.payload"), payload);
    add(tabs, texts.get("queue.result"), result);
    add(tabs, texts.get("queue.diagnostics"), diagnostics);
    return tabs;
  }

  private static void add(TabPane tabs, String name, TextArea area) {
    area.setAccessibleText(name);
    tabs.getTabs().add(new Tab(name, area));
  }

  private static Label label(String id, String style) {
    var label = new Label();
    label.setId(id);
    label.getStyleClass().add(style);
    return label;
  }

  private static TextArea area(String id) {
    var area = new TextArea();
    area.setId(id);
    area.setEditable(false);
    area.setWrapText(true);
    area.getStyleClass().add("reading");
    return area;
  }

  private void show(@Nullable JobDetail detail) {
    content.setVisible(detail != null);
    if (detail == null) {
      return;
    }
    Job job = detail.job();
    title.setText(job.kind());
    mark.show(JobMarks.of(job.status(), detail.health(), job.cancelRequested(), texts));
    subtitle.setText(
        texts.get(
            "queue.subtitle",
            job.key().id(),
            job.key().workspaceId(),
            job.actorId(),
            words.exactTime(job.enqueuedAt())));
    showAlarm(detail);
    showFacts(detail);
    appear(errorHead, job.lastError() != null);
    appear(error, job.lastError() != null);
    set(error, job.lastError() == null ? "" : job.lastError());
    set(payload, Json.pretty(job.payload()));
    set(result, document(job.result(), texts.get("queue.result.none")));
    set(diagnostics, document(detail.diagnostics(), texts.get("queue.diagnostics.none")));
    history.getChildren().clear();
    detail.history().forEach(this::add);
  }

  private void showAlarm(JobDetail detail) {
    boolean stuck = detail.health() == JobHealth.HUNG || detail.health() == JobHealth.SILENT;
    appear(alarm, stuck);
    if (stuck) {
      alarm.setText(
          texts.code(
              "queue.alarm",
              Code.of(detail.health()),
              Objects.requireNonNullElse(detail.job().lockedBy(), "–"),
              Ages.of(detail.heartbeatAge(), texts),
              Ages.of(detail.progressAge(), texts)));
    }
  }

  private void showFacts(JobDetail detail) {
    Job job = detail.job();
    facts.getChildren().clear();
    fact(
        texts.get("queue.fact.attempts"),
        texts.get("queue.attempts", job.attempts() - job.handedBack(), job.maxAttempts()));
    if (detail.heartbeatAge() != null) {
      fact(texts.get("queue.fact.worker"), Objects.requireNonNullElse(job.lockedBy(), "–"));
      fact(
          texts.get("queue.fact.heartbeat"),
          texts.get("queue.ago", Ages.of(detail.heartbeatAge(), texts)));
      fact(
          texts.get("queue.fact.progress"),
          texts.get(
              job.progressText() == null ? "queue.progress" : "queue.progress.text",
              Math.round(job.progress() * 100),
              Ages.of(detail.progressAge(), texts),
              String.valueOf(job.progressText())));
    }
    time("queue.fact.due", job.status().terminal() ? null : job.runAt());
    time("queue.fact.started", job.startedAt());
    time("queue.fact.finished", job.finishedAt());
    fact(texts.get("queue.fact.priority"), String.valueOf(job.priority()));
    if (job.retryOf() != null) {
      fact(texts.get("queue.fact.repeats"), job.retryOf());
    }
    if (detail.retriedAs() != null) {
      fact(texts.get("queue.fact.repeated"), detail.retriedAs().id().toString());
    }
  }

  private void time(String key, @Nullable Instant at) {
    if (at != null) {
      fact(texts.bundle().getString(key), words.exactTime(at));
    }
  }

  private void fact(String name, String value) {
    var head = new Label(name);
    head.getStyleClass().add("text-muted");
    head.setMinWidth(USE_PREF_SIZE);
    var text = new Label(value);
    text.setWrapText(true);
    facts.addRow(facts.getRowCount(), head, text);
  }

  private void add(AuditEntry entry) {
    var line =
        new Label(
            texts.get(
                "queue.history",
                texts.code("audit", entry.action()),
                entry.actor().id(),
                words.time(entry.at())));
    line.setWrapText(true);
    history.getChildren().add(line);
  }

  private static String document(@Nullable JsonNode node, String otherwise) {
    return node == null ? otherwise : Json.pretty(node);
  }

  // A text that is as it was keeps its place and its selection.
  private static void set(TextArea area, String text) {
    if (!text.equals(area.getText())) {
      area.setText(text);
    }
  }

  private static void appear(javafx.scene.Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  /// Puts the focus on the facts.
  void focus() {
    payload.requestFocus();
  }
}
