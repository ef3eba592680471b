package dev.imprimatur.fxml.undo;

import dev.imprimatur.fxml.view.Texts;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Shows what can be taken back, one line each, and how long still; takes no room while there is
/// nothing.
public final class UndoBar extends VBox {
  private final UndoQueue queue;
  private final Texts texts;

  public UndoBar(UndoQueue queue, Texts texts) {
    this.queue = queue;
    this.texts = texts;
    setId("undo-bar");
    getStyleClass().add("undo-bar");
    queue.entries().addListener((InvalidationListener) observed -> show());
    show();
  }

  private void show() {
    getChildren().setAll(queue.entries().stream().map(this::line).toList());
    setVisible(!queue.entries().isEmpty());
    setManaged(!queue.entries().isEmpty());
  }

  private HBox line(UndoQueue.Entry entry) {
    var what = new Label(texts.get(entry.waiting() ? "undo.waiting" : "undo.done", entry.what()));
    what.setMinWidth(0);
    var left = new ProgressBar();
    left.setPrefWidth(90);
    left.setFocusTraversable(false);
    left.setAccessibleText(texts.get("undo.left"));
    left.progressProperty()
        .bind(
            entry
                .pause()
                .currentTimeProperty()
                .map(t -> 1 - t.toMillis() / entry.pause().getDuration().toMillis()));
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var undo = new Button(texts.get("undo.undo"));
    undo.setAccessibleText(texts.get("undo.undo.spoken", entry.what()));
    undo.getStyleClass().addAll("small", "undo-button");
    undo.setOnAction(event -> entry.undo());
    undo.setMinWidth(USE_PREF_SIZE);
    var line = new HBox(12, what, space, left, undo);
    line.setAlignment(Pos.CENTER_LEFT);
    if (entry.waiting()) {
      var now = new Button(texts.get("undo.now"));
      now.setAccessibleText(texts.get("undo.now.spoken", entry.what()));
      now.getStyleClass().addAll("small", "flat");
      now.setOnAction(event -> entry.end());
      now.setMinWidth(USE_PREF_SIZE);
      line.getChildren().add(now);
    }
    return line;
  }
}
