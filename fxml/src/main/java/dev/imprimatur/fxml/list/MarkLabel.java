package dev.imprimatur.fxml.list;

import java.util.Locale;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Shows a mark.
public final class MarkLabel extends Label {
  private final Region sign = new Region();

  public MarkLabel() {
    getStyleClass().add("state-mark");
    sign.getStyleClass().add("warning-sign");
    sign.setMinSize(11, 10);
    sign.setMaxSize(11, 10);
    setMinWidth(USE_PREF_SIZE);
    setContentDisplay(ContentDisplay.LEFT);
    setGraphicTextGap(5);
  }

  /// Shows another mark, or none.
  public void show(@Nullable Mark mark) {
    getStyleClass().removeIf(c -> c.startsWith("state-") && !c.equals("state-mark"));
    setVisible(mark != null);
    if (mark == null) {
      setText("");
      setGraphic(null);
      return;
    }
    setText(mark.text());
    setGraphic(mark.warns() ? sign : null);
    if (mark.tone() != Mark.Tone.PLAIN) {
      getStyleClass().add("state-" + mark.tone().name().toLowerCase(Locale.ROOT));
    }
  }
}
