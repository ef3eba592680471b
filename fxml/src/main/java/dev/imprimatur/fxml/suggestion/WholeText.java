package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.fxml.diff.DiffView;
import dev.imprimatur.fxml.view.Texts;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;

/// Switches between the hunks and the whole text as it would be accepted.
final class WholeText {
  private final SuggestionViewModel model;
  private final Texts texts;
  private final ListView<Card> hunks;
  private final ToggleButton whole;
  private final DiffView diff;

  /// @param middle where both stand
  /// @param whole switches
  WholeText(
      SuggestionViewModel model,
      Texts texts,
      StackPane middle,
      ListView<Card> hunks,
      ToggleButton whole) {
    this.model = model;
    this.texts = texts;
    this.hunks = hunks;
    this.whole = whole;
    this.diff = new DiffView(texts);
    diff.setId("suggestion-whole-text");
    middle.getChildren().add(diff);
    whole.selectedProperty().bindBidirectional(model.wholeTextProperty());
    model.wholeTextProperty().addListener((observed, before, now) -> showMiddle());
    model.whole().resultProperty().addListener((observed, before, now) -> showWhole());
    showMiddle();
  }

  /// The whole text.
  DiffView diff() {
    return diff;
  }

  // What is hidden loses the focus to anything; so it is handed on, to the switch until the whole
  // text is there.
  private void showMiddle() {
    boolean all = model.wholeTextProperty().get();
    boolean mine = hunks.isFocused() || whole.isFocused() || diffList().isFocused();
    if (mine) {
      whole.requestFocus();
    }
    diff.setVisible(all);
    hunks.setVisible(!all);
    if (mine && !all) {
      hunks.requestFocus();
    }
    if (all) {
      showWhole();
    }
  }

  private Node diffList() {
    Node found = diff.lookup("#diff-list");
    return found == null ? diff : found;
  }

  private void showWhole() {
    var shown = model.whole().resultProperty().get();
    if (shown == null) {
      diff.loading();
    } else if (shown.isEmpty()) {
      diff.clear();
    } else {
      diff.show(
          shown.get().diff(),
          texts.get("suggestion.whole.left", shown.get().version()),
          texts.get("suggestion.whole.right"));
      if (whole.isFocused() && model.wholeTextProperty().get()) {
        diffList().requestFocus();
      }
    }
  }
}
