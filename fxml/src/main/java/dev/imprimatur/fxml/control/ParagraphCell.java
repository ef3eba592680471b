package dev.imprimatur.fxml.control;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// A paragraph of a text, as wide as the list. Only what is seen is laid out, so long texts stay
/// light.
public final class ParagraphCell extends ListCell<String> {
  private static final double MARGIN = 28;

  private final Text paragraph = new Text();

  /// @param list whose width it has
  public ParagraphCell(ListView<String> list) {
    paragraph.getStyleClass().add("paragraph");
    paragraph.wrappingWidthProperty().bind(list.widthProperty().subtract(MARGIN));
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
  }

  @Override
  protected void updateItem(@Nullable String item, boolean empty) {
    super.updateItem(item, empty);
    getStyleClass().remove("paragraph-heading");
    if (item == null || empty) {
      setGraphic(null);
      setText(null);
    } else {
      paragraph.setText(item);
      setGraphic(paragraph);
      // Not drawn beside the graphic, but read by screen readers.
      setText(item);
      if (item.startsWith("#")) {
        getStyleClass().add("paragraph-heading");
      }
    }
  }
}
