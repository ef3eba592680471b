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

  private static final double EMPTY = 24;

  private final DiffBody body;
  private final DiffWords words;
  private @Nullable DiffItem shown;
  private @Nullable DiffItem filled;

  DiffCell(DiffView.Mode mode, DiffWords words, Consumer<DiffItem.Fold> unfold) {
    this.body = DiffBody.of(mode);
    this.words = words;
    getStyleClass().add("diff-cell");
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setGraphic(body);
    setOnMouseClicked(event -> {
      if (getItem() instanceof DiffItem.Fold fold) {
        unfold.accept(fold);
        event.consume();
      }
    });
  }

  @Override
  protected void updateItem(@Nullable DiffItem item, boolean empty) {
    super.updateItem(item, empty);
    shown = empty ? null : item;
    // Not taken out of sight altogether: what comes back into it is styled anew.
    body.setOpacity(shown == null ? 0 : 1);
    if (shown != null && shown != filled) {
      fill(shown);
    }
  }

  private void fill(DiffItem item) {
    filled = item;
    pseudoClassStateChanged(FOLD, item instanceof DiffItem.Fold);
    switch (item) {
      case DiffItem.Shown row -> {
        body.show(row.row());
        setAccessibleText(words.spoken(row));
      }
      case DiffItem.Fold fold -> {
        body.showFold(words.fold(fold));
        setAccessibleText(words.fold(fold));
      }
    }
  }

  // A label gives its graphic no width to wrap at; so the cell measures and places it itself.

  @Override
  protected double computePrefHeight(double width) {
    if (shown == null) {
      return EMPTY;
    }
    ListView<DiffItem> list = getListView();
    double outer = width > 0 ? width : getWidth() > 0 ? getWidth() : list.getWidth();
    return body.prefHeight(outer - snappedLeftInset() - snappedRightInset())
        + snappedTopInset()
        + snappedBottomInset();
  }

  @Override
  protected double computeMinHeight(double width) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    // Never wider than the list, so that nothing scrolls sideways.
    return 0;
  }

  @Override
  protected void layoutChildren() {
    double left = snappedLeftInset();
    double top = snappedTopInset();
    body.resizeRelocate(
        left,
        top,
        getWidth() - left - snappedRightInset(),
        getHeight() - top - snappedBottomInset());
  }
}
