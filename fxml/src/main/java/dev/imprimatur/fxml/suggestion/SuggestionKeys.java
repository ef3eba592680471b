package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.fxml.diff.DiffView;
import java.util.UUID;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of the screen. They are heard before the lists hear them, which would take some for
/// themselves.
final class SuggestionKeys {
  private final SuggestionViewModel model;
  private final ListView<Card> hunks;
  private final ListView<UUID> suggestions;
  private final DiffView diff;
  private final Runnable reject;

  SuggestionKeys(
      SuggestionViewModel model,
      ListView<Card> hunks,
      ListView<UUID> suggestions,
      DiffView diff,
      Runnable reject) {
    this.model = model;
    this.hunks = hunks;
    this.suggestions = suggestions;
    this.diff = diff;
    this.reject = reject;
  }

  void pressed(KeyEvent event) {
    Object target = event.getTarget();
    if (target instanceof TextInputControl || target instanceof ComboBoxBase<?>) {
      return;
    }
    if (event.isShortcutDown() && event.getCode() == KeyCode.ENTER) {
      model.accept();
      event.consume();
    } else if (!event.isShortcutDown() && !event.isAltDown() && !event.isMetaDown()) {
      // On a button these press it.
      boolean press = event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER;
      if (!(press && target instanceof ButtonBase) && plain(event.getCode())) {
        event.consume();
      }
    }
  }

  private boolean plain(KeyCode code) {
    switch (code) {
      case S -> model.wholeTextProperty().set(!model.wholeTextProperty().get());
      case R, DELETE -> reject.run();
      case ESCAPE -> suggestions.requestFocus();
      case J -> step(1);
      case K -> step(-1);
      case ENTER -> {
        return enter();
      }
      case A -> model.takeAll();
      default -> {
        return !model.wholeTextProperty().get() && inHunks(code);
      }
    }
    return true;
  }

  private boolean inHunks(KeyCode code) {
    switch (code) {
      case N -> model.takeNone();
      case X, SPACE -> {
        if (hunks.getSelectionModel().getSelectedItem() instanceof Card.OfHunk card) {
          model.toggle(card.hunk().number());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean enter() {
    if (suggestions.isFocused()) {
      hunks.requestFocus();
      return true;
    }
    if (model.wholeTextProperty().get()) {
      // There it unfolds what is folded.
      return false;
    }
    model.accept();
    return true;
  }

  private void step(int by) {
    if (model.wholeTextProperty().get()) {
      if (by > 0) {
        diff.nextChange();
      } else {
        diff.previousChange();
      }
      return;
    }
    int size = hunks.getItems().size();
    if (size > 0) {
      int first = hunks.getItems().getFirst() instanceof Card.Reasons ? 1 : 0;
      int at = hunks.getSelectionModel().getSelectedIndex();
      int to = Math.clamp((long) at + by, Math.min(first, size - 1), size - 1);
      hunks.getSelectionModel().clearAndSelect(to);
      hunks.scrollTo(to);
      hunks.requestFocus();
    }
  }
}
