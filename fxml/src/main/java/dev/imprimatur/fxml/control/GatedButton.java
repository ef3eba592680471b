package dev.imprimatur.fxml.control;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.event.ActionEvent;
import javafx.event.EventHandler;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/// A button that is either enabled or says why not. A disabled button gets no mouse and no focus,
/// so the reason hangs on what stands around it.
public final class GatedButton extends StackPane {
  private final Button button = new Button();
  private final StringProperty blocked = new SimpleStringProperty("");
  private final Tooltip why = new Tooltip();

  public GatedButton() {
    getChildren().add(button);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    why.setShowDelay(Duration.millis(200));
    why.setWrapText(true);
    why.setMaxWidth(360);
    why.textProperty().bind(blocked);
    blocked.addListener((observed, before, now) -> gate(now));
  }

  /// Why it can't be pressed, or an empty text.
  public StringProperty blockedProperty() {
    return blocked;
  }

  /// The button itself.
  public Button button() {
    return button;
  }

  public String getText() {
    return button.getText();
  }

  /// What it does, for people.
  public void setText(String text) {
    button.setText(text);
  }

  public EventHandler<ActionEvent> getOnAction() {
    return button.getOnAction();
  }

  public void setOnAction(EventHandler<ActionEvent> handler) {
    button.setOnAction(handler);
  }

  /// Whether it is the one that most come for.
  public boolean isAccent() {
    return button.getStyleClass().contains("accent");
  }

  public void setAccent(boolean accent) {
    button.getStyleClass().remove("accent");
    if (accent) {
      button.getStyleClass().add("accent");
    }
  }

  private void gate(String reason) {
    boolean closed = !reason.isEmpty();
    button.setDisable(closed);
    button.setAccessibleHelp(reason);
    if (closed) {
      Tooltip.install(this, why);
    } else {
      Tooltip.uninstall(this, why);
    }
  }
}
