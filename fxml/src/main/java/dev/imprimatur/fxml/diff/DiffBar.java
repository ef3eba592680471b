package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.view.Texts;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// The tool bar over a diff.
final class DiffBar extends FlowPane {
  private final ToggleButton sideBySide = new ToggleButton();
  private final ToggleButton inline = new ToggleButton();
  private final ToggleButton onlyChanges = new ToggleButton();
  private final Button previous = new Button("◂");
  private final Button next = new Button("▸");
  private final Label position = new Label();
  private final Label summary = new Label();

  DiffBar(DiffView view, Texts texts) {
    getStyleClass().add("diff-bar");
    setAlignment(Pos.CENTER_LEFT);
    // What finds no room on one line goes on the next: nothing is cut short.
    setRowValignment(VPos.CENTER);
    sideBySide.setText(texts.get("diff.mode.side"));
    inline.setText(texts.get("diff.mode.inline"));
    onlyChanges.setText(texts.get("diff.only"));
    name(sideBySide, "diff-side-by-side", sideBySide.getText(), texts.get("diff.mode.side.tip"));
    name(inline, "diff-inline", inline.getText(), texts.get("diff.mode.inline.tip"));
    name(onlyChanges, "diff-only", onlyChanges.getText(), texts.get("diff.only.tip"));
    name(previous, "diff-previous", texts.get("diff.previous"), texts.get("diff.previous.tip"));
    name(next, "diff-next", texts.get("diff.next"), texts.get("diff.next.tip"));
    position.setId("diff-position");
    position.getStyleClass().add("diff-position");
    position.setMinWidth(USE_PREF_SIZE);
    summary.setId("diff-summary");
    summary.getStyleClass().add("text-muted");
    sideBySide.getStyleClass().add("left-pill");
    inline.getStyleClass().add("right-pill");
    var segments = new HBox(sideBySide, inline);
    var steps = new HBox(previous, position, next);
    steps.getStyleClass().add("diff-steps");
    steps.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(segments, onlyChanges, steps, summary);
    previous.setOnAction(event -> view.previousChange());
    next.setOnAction(event -> view.nextChange());
    modes(view);
  }

  private static void name(ButtonBase button, String id, String name, String tip) {
    button.setId(id);
    button.setAccessibleText(name);
    button.setTooltip(new Tooltip(tip));
    button.getStyleClass().add("small");
    button.setMinWidth(USE_PREF_SIZE);
  }

  private void modes(DiffView view) {
    var group = new ToggleGroup();
    group.getToggles().addAll(sideBySide, inline);
    choose(view.getMode());
    view.modeProperty().addListener((observed, before, now) -> choose(now));
    group
        .selectedToggleProperty()
        .addListener((observed, before, now) -> {
          if (now == null) {
            // One of the two always holds.
            choose(view.getMode());
          } else {
            view.setMode(now == inline ? DiffView.Mode.INLINE : DiffView.Mode.SIDE_BY_SIDE);
          }
        });
    BooleanProperty only = view.onlyChangesProperty();
    onlyChanges.selectedProperty().bindBidirectional(only);
  }

  private void choose(DiffView.Mode mode) {
    (mode == DiffView.Mode.INLINE ? inline : sideBySide).setSelected(true);
  }

  void summary(String text) {
    summary.setText(text);
  }

  /// Says where one stands, and which ways lead on.
  void position(String text, boolean back, boolean forth) {
    position.setText(text);
    previous.setDisable(!back);
    next.setDisable(!forth);
  }

  /// Whether there is anything to step through.
  void live(boolean live) {
    for (Node part : getChildren()) {
      part.setDisable(!live);
    }
  }
}
