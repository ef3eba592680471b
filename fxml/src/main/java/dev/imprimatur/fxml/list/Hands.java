package dev.imprimatur.fxml.list;

import javafx.event.Event;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// Hears of every key and every press of the mouse in a node's window before anybody acts on it: a
/// key may move a list though the focus is elsewhere.
final class Hands {
  private final EventHandler<Event> first;

  private Hands(Runnable before) {
    first = event -> before.run();
  }

  /// @param before what to do before a key or a press is acted on
  static void on(Node node, Runnable before) {
    var hands = new Hands(before);
    node.sceneProperty()
        .addListener((observed, was, now) -> {
          if (was != null) {
            hands.leave(was);
          }
          if (now != null) {
            hands.enter(now);
          }
        });
    if (node.getScene() != null) {
      hands.enter(node.getScene());
    }
  }

  private void enter(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, first);
    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, first);
  }

  private void leave(Scene scene) {
    scene.removeEventFilter(KeyEvent.KEY_PRESSED, first);
    scene.removeEventFilter(MouseEvent.MOUSE_PRESSED, first);
  }
}
