package dev.imprimatur.fxml.start;

import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Keeps the focus where one would begin, until somebody presses something. A scene whose root was
/// changed, or whose focused node went, looks for a first focus of its own in a later pulse, which
/// may come before or after any that is waited for; it takes the first node that can have it.
///
/// Only on the FX thread.
final class FirstFocus {
  /// A scene does it once or twice; whoever does it more often means it.
  private static final int TIMES = 3;

  private final Scene scene;
  private final Node wanted;
  private final Node first;
  private final ChangeListener<Node> moved = (observed, before, now) -> moved(now);
  private final EventHandler<InputEvent> pressed = event -> end();
  private int left = TIMES;

  private FirstFocus(Scene scene, Node wanted, Node first) {
    this.scene = scene;
    this.wanted = wanted;
    this.first = first;
  }

  /// @param wanted what shall have the focus
  /// @param first what the scene would give it to
  static FirstFocus keep(Scene scene, Node wanted, Node first) {
    var kept = new FirstFocus(scene, wanted, first);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, kept.pressed);
    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, kept.pressed);
    scene.focusOwnerProperty().addListener(kept.moved);
    kept.moved(scene.getFocusOwner());
    return kept;
  }

  private void moved(@Nullable Node now) {
    if (now == first && first != wanted && left-- > 0) {
      // Later: the scene is in the midst of it.
      Platform.runLater(() -> {
        if (scene.getFocusOwner() == first && wanted.getScene() == scene) {
          wanted.requestFocus();
        }
      });
    }
  }

  /// Lets the focus be wherever it goes.
  void end() {
    scene.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
    scene.removeEventFilter(MouseEvent.MOUSE_PRESSED, pressed);
    scene.focusOwnerProperty().removeListener(moved);
  }
}
