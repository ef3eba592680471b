package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.view.Texts;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.Region;

/// The names of the two texts, each over its column.
final class DiffHead extends Region {
  private static final double INDENT = 12;
  private static final double LINE = 17;

  private final DoubleProperty inner = new SimpleDoubleProperty();
  private final Label left = new Label();
  private final Label right = new Label();
  private final ListView<?> list;
  private final Texts texts;
  private DiffView.Mode mode = DiffView.Mode.SIDE_BY_SIDE;
  private String leftName = "";
  private String rightName = "";

  DiffHead(ListView<?> list, Texts texts) {
    this.list = list;
    this.texts = texts;
    getStyleClass().add("diff-head");
    left.setId("diff-left-name");
    right.setId("diff-right-name");
    getChildren().addAll(left, right);
    list.skinProperty().addListener(observed -> follow());
  }

  /// The rows are narrower than the list by its scroll bar.
  private void follow() {
    if (list.lookup(".clipped-container") instanceof Region rows) {
      inner.bind(rows.widthProperty());
      inner.addListener(observed -> requestLayout());
    }
  }

  void name(String onLeft, String onRight) {
    leftName = onLeft;
    rightName = onRight;
    tell();
  }

  void dress(DiffView.Mode now) {
    mode = now;
    tell();
  }

  private void tell() {
    boolean both = mode == DiffView.Mode.INLINE;
    left.setText(both ? texts.get("diff.names", leftName, rightName) : leftName);
    right.setText(rightName);
    right.setVisible(!both);
    requestLayout();
  }

  // Where there is little height, it is the rows that give way.
  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefHeight(double width) {
    // A label that has not been styled yet says that it needs no room.
    return Math.max(LINE, left.prefHeight(-1)) + snappedTopInset() + snappedBottomInset();
  }

  @Override
  protected void layoutChildren() {
    double width = inner.get() > 0 ? inner.get() : getWidth();
    double half = Math.floor(width / 2);
    double top = snappedTopInset();
    double height = getHeight() - top - snappedBottomInset();
    double first = mode == DiffView.Mode.INLINE ? width : half;
    left.resizeRelocate(INDENT, top, Math.max(0, first - 2 * INDENT), height);
    right.resizeRelocate(half + INDENT, top, Math.max(0, width - half - 2 * INDENT), height);
  }
}
