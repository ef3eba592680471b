package dev.imprimatur.fxml.list;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/// Where the keyboard is in a screen with a list, a place for "there is nothing", and a field to
/// search with. Keys are heard where the focus is: without a list, the screen itself takes it, and
/// the list takes it back when it appears.
public final class ListKeys {
  private static final int ABOVE = 2;

  private final Node root;
  private final TableView<?> table;

  /// @param root the screen; it must be able to take the focus
  /// @param search where Escape empties the field, and Enter and Down go on to the list
  public ListKeys(Node root, TableView<?> table, TextInputControl search) {
    this.root = root;
    this.table = table;
    search.setOnKeyPressed(key -> searching(search, key));
    // What lies in a split pane is in no scene, and can't take the focus, before the pane is laid
    // out; rows may be there earlier.
    table
        .sceneProperty()
        .addListener((observed, before, now) -> {
          if (now != null && owns(root)) {
            focus();
          }
        });
  }

  private void searching(TextInputControl search, KeyEvent key) {
    switch (key.getCode()) {
      case ESCAPE -> search.clear();
      case ENTER, DOWN -> {}
      default -> {
        return;
      }
    }
    focus();
    key.consume();
  }

  /// Gives the focus to the list, or to the screen where there is none to see.
  public void focus() {
    (table.isVisible() ? table : root).requestFocus();
  }

  /// Shows the list, or what stands in its place. The focus stays with this screen if it is there.
  public void show(boolean list, Node instead) {
    boolean mine = owns(table) || owns(root);
    table.setVisible(list);
    instead.setVisible(!list);
    if (mine) {
      focus();
    }
  }

  // A node is called focused only while its window is: one that gets the focus a moment later, or
  // lies behind another, would lose its list.
  private static boolean owns(Node node) {
    Scene scene = node.getScene();
    return scene != null && scene.getFocusOwner() == node;
  }

  /// Whether the list has the focus, in whichever window.
  public boolean onList() {
    return owns(table);
  }

  /// Selects the row so many places on from the one that is selected, and shows it.
  public void move(int by) {
    int size = table.getItems().size();
    if (size > 0) {
      int to = Math.clamp((long) table.getSelectionModel().getSelectedIndex() + by, 0, size - 1);
      table.getSelectionModel().clearAndSelect(to);
      table.scrollTo(Math.max(0, to - ABOVE));
    }
  }
}
