package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.text.Text;

/// Looks over everything that is shown, as a picture is taken: what can be reached by the keyboard
/// has a name for screen readers, no button's text is cut short, and empty tables say why in our
/// words. On the FX thread.
final class Inspection {
  private static final List<String> DEFAULTS =
      List.of("No content in table", "No content in list", "No columns in table");

  private final List<String> flaws = new ArrayList<>();

  private Inspection() {}

  static void of(Scene scene) {
    var inspection = new Inspection();
    inspection.look(scene.getRoot());
    assertThat(inspection.flaws).isEmpty();
  }

  private void look(Node node) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof Control control && control.isFocusTraversable() && !structural(control)) {
      if (name(control).isBlank()) {
        flaws.add("no name for screen readers: " + describe(control));
      }
    }
    if (node instanceof ButtonBase button && cut(button)) {
      flaws.add("cut short: " + describe(button));
    }
    if (node instanceof Label label && DEFAULTS.contains(label.getText())) {
      flaws.add("JavaFX's own words: " + describe(label));
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(this::look);
    }
  }

  // What only holds other controls; a cell's name is its content.
  private static boolean structural(Control control) {
    return control instanceof ScrollPane
        || control instanceof SplitPane
        || (control.getParent() instanceof ComboBoxBase)
        || inFlow(control);
  }

  private static boolean inFlow(Node node) {
    for (Parent up = node.getParent(); up != null; up = up.getParent()) {
      if (up instanceof VirtualFlow) {
        return true;
      }
    }
    return false;
  }

  private static String name(Control control) {
    if (control.getAccessibleText() != null) {
      return control.getAccessibleText();
    }
    if (control instanceof Labeled labeled && labeled.getText() != null) {
      return labeled.getText();
    }
    return control.getScene().getRoot().lookupAll(".label").stream()
        .filter(n -> n instanceof Label l && l.getLabelFor() == control)
        .map(n -> ((Label) n).getText())
        .findFirst()
        .orElse("");
  }

  private static boolean cut(ButtonBase button) {
    String whole = button.getText();
    if (whole == null || whole.isEmpty() || button.getWidth() <= 0) {
      return false;
    }
    return button.getChildrenUnmodifiable().stream()
        .filter(Text.class::isInstance)
        .map(n -> ((Text) n).getText())
        .anyMatch(shown -> !shown.isEmpty() && !shown.equals(whole) && shown.endsWith("..."));
  }

  private static String describe(Control control) {
    String text = control instanceof Labeled labeled ? " “" + labeled.getText() + "”" : "";
    return control.getClass().getSimpleName()
        + (control.getId() == null ? "" : "#" + control.getId())
        + control.getStyleClass()
        + text;
  }
}
