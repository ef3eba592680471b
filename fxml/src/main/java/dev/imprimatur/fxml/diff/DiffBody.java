package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/// What a cell shows of a row: both sides in two columns, or one flow.
abstract sealed class DiffBody extends Region {
  static final String MINUS = "−";
  static final String PLUS = "+";
  static final String BOTH = "±";

  abstract void show(Row row);

  static DiffBody of(DiffView.Mode mode) {
    return mode == DiffView.Mode.INLINE ? new OneFlow() : new TwoColumns();
  }

  @Override
  public final Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private static final class TwoColumns extends DiffBody {
    private final DiffText left = new DiffText(1);
    private final DiffText right = new DiffText(1);

    TwoColumns() {
      left.getStyleClass().add("diff-left");
      right.getStyleClass().add("diff-right");
      getChildren().addAll(left, right);
    }

    @Override
    void show(Row row) {
      Kind kind = row.kind();
      boolean from = kind == Kind.CHANGED || kind == Kind.REMOVED;
      boolean to = kind == Kind.CHANGED || kind == Kind.ADDED;
      side(left, row.left(), from ? kind : Kind.SAME, from ? MINUS : "");
      side(right, row.right(), to ? kind : Kind.SAME, to ? PLUS : "");
      requestLayout();
    }

    private static void side(DiffText text, Side side, Kind kind, String sign) {
      text.show(kind, side.spans(), side.isAbsent(), sign, side.line());
    }

    @Override
    protected double computePrefHeight(double width) {
      double half = Math.floor(width / 2);
      return Math.max(left.prefHeight(half), right.prefHeight(width - half));
    }

    @Override
    protected void layoutChildren() {
      double half = Math.floor(getWidth() / 2);
      left.resizeRelocate(0, 0, half, getHeight());
      right.resizeRelocate(half, 0, getWidth() - half, getHeight());
    }
  }

  private static final class OneFlow extends DiffBody {
    private final DiffText flow = new DiffText(2);

    OneFlow() {
      flow.getStyleClass().add("diff-inline");
      getChildren().add(flow);
    }

    @Override
    void show(Row row) {
      String sign =
          switch (row.kind()) {
            case SAME -> "";
            case REMOVED -> MINUS;
            case ADDED -> PLUS;
            case CHANGED -> BOTH;
          };
      flow.show(row.kind(), row.inline(), false, sign, row.left().line(), row.right().line());
      requestLayout();
    }

    @Override
    protected double computePrefHeight(double width) {
      return flow.prefHeight(width);
    }

    @Override
    protected void layoutChildren() {
      flow.resizeRelocate(0, 0, getWidth(), getHeight());
    }
  }
}
