package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/// What a cell shows of a row: both sides in two columns, or one flow.
abstract sealed class DiffBody extends Region {
  private static final String MINUS = "−";
  private static final String PLUS = "+";
  private static final String BOTH = "±";

  private static final String ROOM = "\u2009";

  abstract void show(Row row);

  static DiffBody of(DiffView.Mode mode) {
    return mode == DiffView.Mode.INLINE ? new OneFlow() : new TwoColumns();
  }

  /// Whether anything happened to a side: where words were only added, nothing did to the left one.
  private static boolean touched(Side side, Kind kind) {
    return switch (kind) {
      case SAME -> false;
      case CHANGED -> side.spans().stream().anyMatch(s -> s.mark() != Mark.SAME);
      case REMOVED, ADDED -> !side.isAbsent();
    };
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
      side(left, row.left(), row.kind(), MINUS);
      side(right, row.right(), row.kind(), PLUS);
      requestLayout();
    }

    private static void side(DiffText text, Side side, Kind kind, String sign) {
      boolean touched = touched(side, kind);
      text.show(
          touched ? kind : Kind.SAME,
          side.spans(),
          side.isAbsent(),
          touched ? sign : "",
          side.line());
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
      List<Span> spans = row.inline();
      flow.show(row.kind(), spaced(spans), false, sign(row), row.left().line(), row.right().line());
      requestLayout();
    }

    private static String sign(Row row) {
      boolean removed = touched(row.left(), row.kind()) && row.kind() != Kind.ADDED;
      boolean added = touched(row.right(), row.kind()) && row.kind() != Kind.REMOVED;
      return removed && added ? BOTH : removed ? MINUS : added ? PLUS : "";
    }

    /// With a little room between words and those put in their place.
    private static List<Span> spaced(List<Span> spans) {
      List<Span> spaced = new ArrayList<>();
      for (Span span : spans) {
        boolean replaces = !spaced.isEmpty() && spaced.getLast().mark() == Mark.REMOVED;
        if (replaces && span.mark() == Mark.ADDED) {
          spaced.add(new Span(Mark.SAME, ROOM));
        }
        spaced.add(span);
      }
      return spaced;
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
