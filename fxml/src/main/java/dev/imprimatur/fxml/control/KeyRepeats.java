package dev.imprimatur.fxml.control;

import java.util.EnumSet;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

/// Tells a key that is pressed from one that is held down, which is pressed again and again: nobody
/// decides twice by a heavy hand. Used on the FX thread.
public final class KeyRepeats {
  private final Set<KeyCode> held = EnumSet.noneOf(KeyCode.class);
  private final EventHandler<KeyEvent> pressed = event -> repeated = !held.add(event.getCode());
  private final EventHandler<KeyEvent> released = event -> held.remove(event.getCode());
  // What is released while another window has the focus is not heard of here; and not every system
  // tells of the focus when a dialog comes or goes.
  private final ChangeListener<Boolean> focused = (observed, before, now) -> held.clear();
  private final InvalidationListener windows = observed -> held.clear();
  private boolean repeated;

  /// @param node in whose window the keys are heard, before the node hears them
  public KeyRepeats(Node node) {
    Window.getWindows().addListener(new WeakInvalidationListener(windows));
    node.sceneProperty()
        .addListener((observed, before, now) -> {
          held.clear();
          if (before != null) {
            leave(before);
          }
          if (now != null) {
            enter(now);
          }
        });
    if (node.getScene() != null) {
      enter(node.getScene());
    }
    node.sceneProperty()
        .flatMap(Scene::windowProperty)
        .flatMap(Window::focusedProperty)
        .addListener(focused);
  }

  private void enter(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
    scene.addEventFilter(KeyEvent.KEY_RELEASED, released);
  }

  private void leave(Scene scene) {
    scene.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
    scene.removeEventFilter(KeyEvent.KEY_RELEASED, released);
  }

  /// Whether the key whose press is being heard was down already.
  public boolean repeated() {
    return repeated;
  }
}
