package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.diff.DiffView;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of the screen. They are heard before the lists hear them, which would take some for
/// themselves. Only what leads from hunk to hunk goes on while its key is held down.
final class SuggestionKeys {
  private final SuggestionViewModel model;
  private final ListView<Card> hunks;
  private final ListView<?> suggestions;
  private final DiffView diff;
  private final Runnable reject;
  private final KeyRepeats repeats;

  SuggestionKeys(
      SuggestionViewModel model,
      ListView<Card> hunks,
      ListView<?> suggestions,
      DiffView diff,
      Runnable reject,
      KeyRepeats repeats) {
    this.model = model;
    this.hunks = hunks;
    this.suggestions = suggestions;
    this.diff = diff;
    this.reject = reject;
    this.repeats = repeats;
  }

  void pressed(KeyEvent event) {
    Object target = event.getTarget();
    if (target instanceof TextInputControl || target instanceof ComboBoxBase<?>) {
      return;
    }
    if (event.isShortcutDown() && event.getCode() == KeyCode.ENTER) {
      once(model::accept);
      event.consume();
    } else if (!event.isShortcutDown() && !event.isAltDown() && !event.isMetaDown()) {
      // On a button these press it.
      boolean press = event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER;
      if (!(press && target instanceof ButtonBase) && plain(event.getCode())) {
        event.consume();
      }
    }
  }

  private void once(Runnable action) {
    if (!repeats.repeated()) {
      action.run();
    }
  }

  private boolean plain(KeyCode code) {
    switch (code) {
      case S -> once(() -> model.wholeTextProperty().set(!model.wholeTextProperty().get()));
      case R, DELETE -> once(reject);
      case ESCAPE -> suggestions.requestFocus();
      case J -> step(1);
      case K -> step(-1);
      case ENTER -> {
        return enter();
      }
      case A -> once(model::takeAll);
      default -> {
        return !model.wholeTextProperty().get() && inHunks(code);
      }
    }
    return true;
  }

  private boolean inHunks(KeyCode code) {
    switch (code) {
      case N -> once(model::takeNone);
      case X, SPACE -> {
        if (hunks.getSelectionModel().getSelectedItem() instanceof Card.OfHunk card) {
          once(() -> model.toggle(card.hunk().number()));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  // Enter alone never decides: it led here from the list.
  private boolean enter() {
    if (suggestions.isFocused()) {
      hunks.requestFocus();
      return true;
    }
    // In the whole text it unfolds what is folded.
    return !model.wholeTextProperty().get();
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
