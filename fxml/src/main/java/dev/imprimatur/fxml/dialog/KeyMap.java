package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/// The keys and what they do.
final class KeyMap {
  /// The keys of a screen, under its name.
  ///
  /// @param column beside each other, or the list is taller than a small screen
  private record Group(int column, String screen, List<String> keys) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              0,
              "review",
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
                  "changes",
                  "walk",
                  "comment",
                  "suggestion",
                  "revoke",
                  "back")),
          new Group(
              1,
              "articles",
              List.of(
                  "article",
                  "evaluate",
                  "stop",
                  "approveversion",
                  "revokeversion",
                  "rewriteversion",
                  "compare",
                  "escalation",
                  "import",
                  "importfolder")),
          new Group(
              1,
              "judging",
              List.of("first", "second", "tie", "skip", "takeback", "sure", "together")),
          new Group(
              2,
              "suggestions",
              List.of("hunk", "take", "all", "none", "whole", "accept", "refuse")),
          new Group(2, "admin", List.of("again", "giveup", "selectall", "layout")),
          new Group(2, "everywhere", List.of("search", "undo", "rooms", "help")));

  private KeyMap() {}

  static GridPane of(Texts texts) {
    var grid = new GridPane(16, 8);
    grid.getStyleClass().add("key-map");
    var head = new Label(texts.get("keys.title"));
    head.getStyleClass().add("dialog-head");
    grid.add(head, 0, 0, 6, 1);
    int[] next = {1, 1, 1};
    for (Group group : GROUPS) {
      int column = 2 * group.column();
      int row = next[group.column()];
      var name = new Label(texts.code("keys.group", group.screen()));
      name.getStyleClass().add("key-group");
      grid.add(name, column, row++, 2, 1);
      for (String key : group.keys()) {
        var cap = new Label(texts.code("key", key));
        cap.getStyleClass().add("key-cap");
        cap.setMinWidth(Label.USE_PREF_SIZE);
        grid.add(cap, column, row);
        var does = new Label(texts.code("key.does", key));
        does.setMinWidth(Label.USE_PREF_SIZE);
        grid.add(does, column + 1, row++);
      }
      next[group.column()] = row;
    }
    return grid;
  }
}
