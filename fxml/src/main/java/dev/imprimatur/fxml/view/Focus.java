package dev.imprimatur.fxml.view;

import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/// Gives the focus to what may not be laid out yet.
public final class Focus {
  private Focus() {}

  /// Gives a node the focus as soon as it is in a scene. What lies in a split pane is in none
  /// before the pane is laid out for the first time, and would not get it.
  public static void on(Node node) {
    if (node.getScene() != null) {
      node.requestFocus();
      return;
    }
    node.sceneProperty()
        .addListener(
            new ChangeListener<@Nullable Scene>() {
              @Override
              public void changed(
                  ObservableValue<? extends @Nullable Scene> observed,
                  @Nullable Scene before,
                  @Nullable Scene now) {
                if (now != null) {
                  observed.removeListener(this);
                  node.requestFocus();
                }
              }
            });
  }

  /// Whether a node or something in it has the focus now. A node that was taken out of its scene
  /// with the focus in it still says so of itself when it comes back.
  public static boolean isIn(Node node) {
    Scene scene = node.getScene();
    Node at = scene == null ? null : scene.getFocusOwner();
    while (at != null && at != node) {
      at = at.getParent();
    }
    return at != null;
  }
}
