package dev.imprimatur.fxml.palette;

import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;

/// The buttons in sight as commands: what can be pressed, and what says why not. What a room can do
/// is thus said in one place, its buttons.
public final class RoomButtons {
  private final String room;
  private final Texts texts;
  private final List<Command> found = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private RoomButtons(String room, Texts texts) {
    this.room = room;
    this.texts = texts;
  }

  /// The buttons under a node, in their order.
  ///
  /// @param room under which they are remembered
  public static List<Command> of(Node root, String room, Texts texts) {
    var buttons = new RoomButtons(room, texts);
    buttons.walk(root);
    return buttons.found;
  }

  private void walk(Node node) {
    if (!node.isVisible() || inner(node)) {
      return;
    }
    if (node instanceof GatedButton gated) {
      offer(gated.button(), gated);
    } else if (node instanceof Button
        || node instanceof ToggleButton
        || node instanceof CheckBox
        || node instanceof Hyperlink) {
      offer((ButtonBase) node, node);
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(this::walk);
    }
  }

  // Parts of other controls, and what stands in the rows of a list: there it would be said once a
  // row, and not of which.
  private static boolean inner(Node node) {
    return node instanceof Cell
        || node instanceof ComboBoxBase
        || node instanceof Spinner
        || node instanceof ScrollBar
        || node instanceof RadioButton;
  }

  private void offer(ButtonBase button, Node place) {
    // What is read out says of what; what is drawn may be a sign.
    String drawn = button.getText() == null ? "" : button.getText().strip();
    String spoken = button.getAccessibleText() == null ? "" : button.getAccessibleText();
    String title = drawn.length() > 1 ? drawn : spoken;
    if (title.isBlank()) {
      return;
    }
    String name = place.getId() == null ? button.getId() : place.getId();
    String id = "do:" + room + ":" + (name == null ? title : name);
    int same = ids.merge(id, 1, Integer::sum);
    found.add(
        new Command(
            same == 1 ? id : id + ":" + same,
            title,
            Command.Kind.HERE,
            "",
            () -> whyNot(button, place),
            button::fire));
  }

  private String whyNot(ButtonBase button, Node place) {
    if (place instanceof GatedButton gated && !gated.blockedProperty().get().isEmpty()) {
      return gated.blockedProperty().get();
    }
    boolean there = button.getScene() != null && !button.isDisabled();
    return there ? "" : texts.get("palette.closed");
  }
}
