package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The event that is selected: its evidence, subscriber by subscriber, what went wrong, and what it
/// says.
final class EventPane extends StackPane {
  private final EventViewModel model;
  private final Texts texts;
  private final DecisionWords words;
  private final DeliveryTable deliveries;
  private final Label key = label("event-key", "card-head");
  private final Label written = label("event-written", "text-muted");
  private final Label trouble = label("event-trouble", "text-muted");
  private final TableView<Delivery> table = new TableView<>();
  private final TextArea error = area("event-error");
  private final TextArea payload = area("event-payload");
  private final GatedButton replay = new GatedButton();
  private final GatedButton skip = new GatedButton();
  private final VBox content;

  EventPane(EventViewModel model, Texts texts, DecisionWords words, Runnable askToSkip) {
    this.model = model;
    this.texts = texts;
    this.words = words;
    deliveries = new DeliveryTable(table, texts, words);
    table.setId("event-deliveries");
    table.setAccessibleText(texts.get("outbox.deliveries"));
    table.setMinHeight(70);
    error.setAccessibleText(texts.get("outbox.error"));
    payload.setAccessibleText(texts.get("outbox.payload"));
    button(replay, "event-replay", texts.get("outbox.replay"), model::replay);
    button(skip, "event-skip", texts.get("outbox.skip"), askToSkip);
    content = new VBox(6, head(), table, split());
    VBox.setVgrow(table, Priority.ALWAYS);
    content.setId("event-content");
    getChildren().addAll(content, trouble);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null) {
            model.subscriberProperty().set(now.subscriber());
          }
          showError(now);
        });
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.troubleProperty().addListener((observed, before, now) -> trouble.setText(now));
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    gate(model.gatesProperty().get());
    show(model.dataProperty().get());
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

  private static void button(GatedButton gate, String id, String text, Runnable action) {
    gate.setId(id);
    gate.setText(text);
    gate.setMinWidth(USE_PREF_SIZE);
    gate.button().setMinWidth(USE_PREF_SIZE);
    gate.setOnAction(event -> action.run());
  }

  private HBox head() {
    var names = new VBox(1, key, written);
    written.getStyleClass().add("text-small");
    key.setMinWidth(60);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var head = new HBox(8, names, space, replay, skip);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("lower-head");
    return head;
  }

  private SplitPane split() {
    var split =
        new SplitPane(
            reading(texts.get("outbox.error"), error),
            reading(texts.get("outbox.payload"), payload));
    split.setDividerPositions(0.5);
    split.setMinHeight(86);
    split.setPrefHeight(124);
    split.getStyleClass().add("detail-split");
    return split;
  }

  private static VBox reading(String name, TextArea area) {
    var head = new Label(name);
    head.setLabelFor(area);
    head.getStyleClass().addAll("text-muted", "text-small", "reading-head");
    area.setMinHeight(40);
    VBox.setVgrow(area, Priority.ALWAYS);
    return new VBox(2, head, area);
  }

  private void show(EventViewModel.@Nullable Data data) {
    content.setVisible(data != null);
    if (data == null) {
      table.getItems().clear();
      return;
    }
    OutboxEvent event = data.evidence().event();
    key.setText(event.type() + " · " + event.aggregateType() + " " + event.aggregateId());
    written.setText(
        texts.get("outbox.written", event.key(), words.exactTime(event.occurredAt()))
            + history(data.history()));
    payload.setText(Json.pretty(event.payload()));
    deliveries.show(data.evidence().deliveries(), model.subscriberProperty().get());
    showError(table.getSelectionModel().getSelectedItem());
  }

  private String history(List<AuditEntry> history) {
    return history.stream()
        .limit(1)
        .map(entry -> {
          String line =
              texts.get(
                  "outbox.history",
                  texts.code("audit", entry.action()),
                  entry.actor().id(),
                  words.time(entry.at()));
          return entry.reason() == null
              ? line
              : line + texts.get("outbox.history.reason", entry.reason());
        })
        .collect(Collectors.joining());
  }

  private void showError(@Nullable Delivery delivery) {
    String text =
        delivery == null
            ? ""
            : delivery.lastError() == null
                ? texts.get("outbox.error.none")
                : texts.get("outbox.error.of", delivery.attempts(), delivery.lastError());
    if (!text.equals(error.getText())) {
      error.setText(text);
    }
  }

  private void gate(EventViewModel.Gates gates) {
    replay.blockedProperty().set(gates.replay());
    skip.blockedProperty().set(gates.skip());
  }

  /// Puts the focus on the deliveries.
  void focus() {
    table.requestFocus();
  }
}
