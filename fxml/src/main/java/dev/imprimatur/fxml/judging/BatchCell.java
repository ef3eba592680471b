package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.JudgingProgress;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A batch that waits for people: its name, and how far it has come.
final class BatchCell extends ListCell<JudgingProgress> {
  private final JudgingWords words;
  private final Label name = new Label();
  private final Label far = new Label();
  private final VBox both = new VBox(2, name, far);

  BatchCell(JudgingWords words) {
    this.words = words;
    name.getStyleClass().add("judging-name");
    far.getStyleClass().addAll("text-muted", "text-small");
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
  }

  @Override
  protected void updateItem(@Nullable JudgingProgress item, boolean empty) {
    super.updateItem(item, empty);
    if (item == null || empty) {
      setGraphic(null);
      setText(null);
    } else {
      name.setText(item.batch().terms().name());
      far.setText(
          String.join(" · ", words.free(item), words.answers(item.batch()), words.mine(item)));
      setGraphic(both);
      // Not drawn beside the graphic, but read by screen readers.
      setText(words.spoken(item));
    }
  }
}
