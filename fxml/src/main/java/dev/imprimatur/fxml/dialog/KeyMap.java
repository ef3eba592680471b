package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The keys and what they do, those of the room in sight first; as tall as a small screen, and
/// searched by typing.
final class KeyMap extends VBox {
  private static final double STEP = 60;

  private final String room;
  private final Texts texts;
  private final TextField search = new TextField();
  private final VBox groups = new VBox(14);
  private final ScrollPane scroll = new ScrollPane(groups);

  /// @param room the id of the room in sight
  KeyMap(String room, Texts texts) {
    super(10);
    this.room = room;
    this.texts = texts;
    getStyleClass().add("key-map");
    var head = new Label(texts.get("keys.title"));
    head.getStyleClass().add("dialog-head");
    search.setId("keys-search");
    search.setPromptText(texts.get("keys.search"));
    search.setAccessibleText(texts.get("keys.search"));
    search.textProperty().addListener((observed, before, now) -> fill());
    // The cursor stays where one types; the arrows move what is read.
    search.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    scroll.setId("keys-scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    groups.getStyleClass().add("key-groups");
    getChildren().addAll(head, search, scroll);
    setPrefSize(660, 480);
    setMinHeight(200);
    fill();
  }

  /// Puts the cursor where one types.
  void focus() {
    search.requestFocus();
  }

  private void fill() {
    List<KeyTable.Group> found = KeyTable.of(room, search.getText(), texts);
    groups.getChildren().clear();
    for (KeyTable.Group group : found) {
      groups.getChildren().add(group(group));
    }
    if (found.isEmpty()) {
      var none = new Label(texts.get("keys.none"));
      none.getStyleClass().add("text-muted");
      groups.getChildren().add(none);
    }
    scroll.setVvalue(0);
  }

  private VBox group(KeyTable.Group group) {
    var name = new Label(texts.code("keys.group", group.name()));
    name.getStyleClass().add("key-group");
    var here = new Label(texts.get("keys.here"));
    here.getStyleClass().addAll("text-muted", "text-small");
    here.setVisible(group.rooms().contains(room));
    var head = new HBox(8, name, here);
    head.getStyleClass().add("key-group-head");
    var grid = new GridPane(12, 7);
    for (int column = 0; column < 2; column++) {
      var caps = new ColumnConstraints();
      caps.setMinWidth(104);
      var does = new ColumnConstraints();
      does.setHgrow(Priority.ALWAYS);
      does.setPrefWidth(180);
      grid.getColumnConstraints().addAll(caps, does);
    }
    // Down the first column, then down the second.
    int rows = (group.keys().size() + 1) / 2;
    for (int i = 0; i < group.keys().size(); i++) {
      String key = group.keys().get(i);
      var cap = new Label(texts.code("key", key));
      cap.getStyleClass().add("key-cap");
      cap.setMinWidth(Label.USE_PREF_SIZE);
      var does = new Label(texts.code("key.does", key));
      does.setWrapText(true);
      cap.setLabelFor(does);
      does.getStyleClass().add("key-does");
      GridPane.setValignment(cap, VPos.TOP);
      GridPane.setValignment(does, VPos.TOP);
      grid.add(cap, i / rows * 2, i % rows);
      grid.add(does, i / rows * 2 + 1, i % rows);
    }
    return new VBox(8, head, grid);
  }

  private void pressed(KeyEvent key) {
    double by =
        switch (key.getCode()) {
          case DOWN -> STEP;
          case UP -> -STEP;
          case PAGE_DOWN -> scroll.getViewportBounds().getHeight();
          case PAGE_UP -> -scroll.getViewportBounds().getHeight();
          default -> 0;
        };
    if (by != 0) {
      double more = groups.getHeight() - scroll.getViewportBounds().getHeight();
      if (more > 0) {
        scroll.setVvalue(Math.clamp(scroll.getVvalue() + by / more, 0, 1));
      }
      key.consume();
    } else if (key.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
      search.clear();
      key.consume();
    }
  }
}
