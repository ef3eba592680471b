package dev.imprimatur.fxml.desk;

import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.jspecify.annotations.Nullable;

/// A paragraph of a text, as wide as the list. Only what is seen is laid out, so long texts stay
/// light.
final class ParagraphCell extends ListCell<String> {
  private static final double MARGIN = 40;

  ParagraphCell(ListView<String> list) {
    setWrapText(true);
    setPrefWidth(0);
    maxWidthProperty().bind(list.widthProperty().subtract(MARGIN));
  }

  @Override
  protected void updateItem(@Nullable String item, boolean empty) {
    super.updateItem(item, empty);
    setText(empty ? null : item);
    getStyleClass().remove("paragraph-heading");
    if (item != null && !empty && item.startsWith("#")) {
      getStyleClass().add("paragraph-heading");
    }
  }
}
