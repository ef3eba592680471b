package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// What a cell shows of a row: both sides in two columns, or one flow.
abstract sealed class DiffBody extends Region {
  private final Label fold = new Label();

  private static final String MINUS = "−";
  private static final String PLUS = "+";
  private static final String BOTH = "±";

  private static final String ROOM = "\u2009";

  DiffBody() {
    fold.getStyleClass().add("diff-fold");
    fold.setVisible(false);
    getChildren().add(fold);
  }

  /// Shows a row.
  final void show(Row row) {
    texts().forEach(text -> text.setVisible(true));
    fold.setVisible(false);
    fill(row);
    requestLayout();
  }

  /// Shows that rows are folded here. All parts stay where they are: what is put into a scene is
  /// styled anew, which takes longer than all the rest.
  final void showFold(String words) {
    texts().forEach(text -> text.setVisible(false));
    fold.setVisible(true);
    fold.setText(words);
    requestLayout();
  }

  abstract List<DiffText> texts();

  abstract void fill(Row row);

  abstract double heightAt(double width);

  abstract void place();

  @Override
  protected final double computePrefHeight(double width) {
    return fold.isVisible() ? Math.ceil(fold.prefHeight(-1)) : heightAt(width);
  }

  @Override
  protected final void layoutChildren() {
    if (fold.isVisible()) {
      fold.resizeRelocate(0, 0, getWidth(), getHeight());
    } else {
      place();
    }
  }

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
    List<DiffText> texts() {
      return List.of(left, right);
    }

    @Override
    void fill(Row row) {
      side(left, row.left(), row.kind(), MINUS);
      side(right, row.right(), row.kind(), PLUS);
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
    double heightAt(double width) {
      double half = Math.floor(width / 2);
      return Math.max(left.prefHeight(half), right.prefHeight(width - half));
    }

    @Override
    void place() {
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
    List<DiffText> texts() {
      return List.of(flow);
    }

    @Override
    void fill(Row row) {
      List<Span> spans = row.inline();
      flow.show(row.kind(), spaced(spans), false, sign(row), row.left().line(), row.right().line());
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
    double heightAt(double width) {
      return flow.prefHeight(width);
    }

    @Override
    void place() {
      flow.resizeRelocate(0, 0, getWidth(), getHeight());
    }
  }
}
