package dev.imprimatur.fxml.diff;

import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.jspecify.annotations.Nullable;

/// A row of a diff, as wide as the list and as high as its words need.
final class DiffCell extends ListCell<DiffItem> {
  private static final PseudoClass FOLD = PseudoClass.getPseudoClass("fold");

  private final DiffBody body;
  private final DiffWords words;

  DiffCell(DiffView.Mode mode, DiffWords words, Consumer<DiffItem.Fold> unfold) {
    this.body = DiffBody.of(mode);
    this.words = words;
    getStyleClass().add("diff-cell");
    setOnMouseClicked(event -> {
      if (getItem() instanceof DiffItem.Fold fold) {
        unfold.accept(fold);
        event.consume();
      }
    });
  }

  @Override
  protected void updateItem(@Nullable DiffItem item, boolean empty) {
    DiffItem before = getItem();
    super.updateItem(item, empty);
    if (item == before && item != null && !empty && getGraphic() == body) {
      return;
    }
    DiffItem shown = empty ? null : item;
    pseudoClassStateChanged(FOLD, shown instanceof DiffItem.Fold);
    switch (shown) {
      case DiffItem.Shown row -> {
        body.show(row.row());
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setGraphic(body);
        setText(null);
        setAccessibleText(words.spoken(row));
      }
      case DiffItem.Fold fold -> {
        setContentDisplay(ContentDisplay.TEXT_ONLY);
        setGraphic(null);
        setText(words.fold(fold));
        setAccessibleText(getText());
      }
      case null -> {
        setGraphic(null);
        setText(null);
        setAccessibleText(null);
      }
    }
  }

  private boolean showsBody() {
    return getGraphic() == body;
  }

  // A label gives its graphic no width to wrap at; so the cell measures and places it itself.

  @Override
  protected double computePrefHeight(double width) {
    if (!showsBody()) {
      return super.computePrefHeight(width);
    }
    ListView<DiffItem> list = getListView();
    double outer = width > 0 ? width : getWidth() > 0 ? getWidth() : list.getWidth();
    return body.prefHeight(outer - snappedLeftInset() - snappedRightInset())
        + snappedTopInset()
        + snappedBottomInset();
  }

  @Override
  protected double computeMinHeight(double width) {
    return showsBody() ? 0 : super.computeMinHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    // Never wider than the list, so that nothing scrolls sideways.
    return 0;
  }

  @Override
  protected void layoutChildren() {
    if (!showsBody()) {
      super.layoutChildren();
      return;
    }
    double left = snappedLeftInset();
    double top = snappedTopInset();
    body.resizeRelocate(
        left,
        top,
        getWidth() - left - snappedRightInset(),
        getHeight() - top - snappedBottomInset());
  }
}
