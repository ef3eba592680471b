package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/// The keys and what they do.
final class KeyMap {
  private static final List<String> KEYS =
      List.of(
          "next",
          "previous",
          "open",
          "claim",
          "release",
          "approve",
          "reject",
          "rewrite",
          "resolve",
          "snooze",
          "undo",
          "changes",
          "walk",
          "comment",
          "revoke",
          "search",
          "rooms",
          "back",
          "help");

  private KeyMap() {}

  static GridPane of(Texts texts) {
    var grid = new GridPane(24, 8);
    grid.getStyleClass().add("key-map");
    var head = new Label(texts.get("keys.title"));
    head.getStyleClass().add("dialog-head");
    grid.add(head, 0, 0, 2, 1);
    int row = 1;
    for (String key : KEYS) {
      var cap = new Label(texts.code("key", key));
      cap.getStyleClass().add("key-cap");
      grid.add(cap, 0, row);
      grid.add(new Label(texts.code("key.does", key)), 1, row++);
    }
    return grid;
  }
}
