package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A way to a room, with how many things are in it.
final class NavItem extends ToggleButton {
  NavItem(Room room, Texts texts, Runnable open) {
    String name = texts.code("nav", room.id());
    setId("nav-" + room.id());
    getStyleClass().add("nav-item");
    // A filter: a toggle without a group swallows the arrows.
    addEventFilter(KeyEvent.KEY_PRESSED, this::moved);
    setMaxWidth(Double.MAX_VALUE);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var count = new Label();
    count.setId(room.id() + "-count");
    count.getStyleClass().add("count");
    if (!room.urgent()) {
      count.getStyleClass().add("count-quiet");
    }
    var line = new HBox(8, new Label(name), space, count);
    line.setPrefWidth(156);
    setGraphic(line);
    setOnAction(event -> {
      // What is open stays open; a toggle would go off.
      setSelected(true);
      open.run();
    });
    room.count().addListener((observed, before, now) -> show(count, name, now.longValue(), texts));
    show(count, name, room.count().get(), texts);
  }

  private void show(Label count, String name, long number, Texts texts) {
    count.setText(texts.get("nav.count", number));
    count.setVisible(number > 0);
    setAccessibleText(texts.get("nav.spoken", name, number));
  }

  // Up and down move the focus among the rooms and stop at the ends; Space and Enter open.
  private void moved(KeyEvent key) {
    boolean down = key.getCode() == KeyCode.DOWN;
    boolean plain =
        !(key.isShiftDown() || key.isShortcutDown() || key.isAltDown() || key.isMetaDown());
    if (!plain || !(down || key.getCode() == KeyCode.UP)) {
      return;
    }
    List<NavItem> rooms =
        getParent().getChildrenUnmodifiable().stream()
            .filter(NavItem.class::isInstance)
            .map(NavItem.class::cast)
            .toList();
    int next = rooms.indexOf(this) + (down ? 1 : -1);
    if (next >= 0 && next < rooms.size()) {
      // Traversal, not only focus: it brings what is out of sight into it, and shows where it is.
      requestFocusTraversal(down ? TraversalDirection.NEXT : TraversalDirection.PREVIOUS);
    }
    key.consume();
  }
}
