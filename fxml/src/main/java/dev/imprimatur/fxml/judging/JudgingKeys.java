package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.fxml.control.KeyRepeats;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The keys of the screen. A key that is held decides once.
final class JudgingKeys {
  private final JudgingViewModel model;
  private final Scrolls scrolls;
  private final KeyRepeats repeats;
  private final Runnable skipWithReason;
  private final Runnable together;

  JudgingKeys(
      JudgingViewModel model,
      Scrolls scrolls,
      KeyRepeats repeats,
      Runnable skipWithReason,
      Runnable together) {
    this.model = model;
    this.scrolls = scrolls;
    this.repeats = repeats;
    this.skipWithReason = skipWithReason;
    this.together = together;
  }

  void pressed(KeyEvent event) {
    Place place = model.placeProperty().get();
    boolean choosing = place == Place.CHOOSE || place == Place.EMPTY || place == Place.LOADING;
    if (choosing || event.isShortcutDown() || event.isAltDown() || event.isMetaDown()) {
      return;
    }
    if (place == Place.PAIR && scrolls.by(event.getCode())) {
      event.consume();
      return;
    }
    Runnable action = place == Place.PAIR ? onPair(event) : null;
    if (action == null) {
      action = anywhere(event.getCode());
    }
    if (action != null) {
      if (!repeats.repeated()) {
        action.run();
      }
      event.consume();
    }
  }

  private @Nullable Runnable onPair(KeyEvent event) {
    return switch (event.getCode()) {
      case LEFT, DIGIT1, NUMPAD1, KP_LEFT -> () -> model.decide(Answer.FIRST);
      case RIGHT, DIGIT2, NUMPAD2, KP_RIGHT -> () -> model.decide(Answer.SECOND);
      case EQUALS, DIGIT0, NUMPAD0 -> () -> model.decide(Answer.TIE);
      case S -> event.isShiftDown() ? skipWithReason : () -> model.skip(null);
      case C -> model::nextSureness;
      case T -> together;
      default -> null;
    };
  }

  private @Nullable Runnable anywhere(KeyCode key) {
    return switch (key) {
      case Z -> model::undo;
      case ESCAPE -> model::leave;
      default -> null;
    };
  }
}
