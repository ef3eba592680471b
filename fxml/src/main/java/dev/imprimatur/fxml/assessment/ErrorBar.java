package dev.imprimatur.fxml.assessment;

import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;

/// A score as a point, with 1.96 standard errors to either side, on an axis that all rows share.
/// The numbers stand beside it.
final class ErrorBar extends Pane {
  private static final double INSET = 8;
  private static final double CAP = 4;

  private final Line zero = line("error-zero");
  private final Line bar = line("error-line");
  private final Line left = line("error-line");
  private final Line right = line("error-line");
  private final Circle point = new Circle(4);
  private Axis axis = Axis.NONE;
  private double score;
  private @Nullable Double half;

  /// From where to where all rows reach, in logits.
  record Axis(double low, double high) {
    static final Axis NONE = new Axis(-1, 1);
  }

  ErrorBar() {
    point.getStyleClass().add("error-point");
    getChildren().addAll(zero, bar, left, right, point);
    setMinSize(60, 18);
    setPrefSize(200, 18);
  }

  private static Line line(String style) {
    var line = new Line();
    line.getStyleClass().add(style);
    return line;
  }

  /// @param around how far it reaches to either side; null where that can't be told
  void show(Axis all, double where, @Nullable Double around) {
    axis = all;
    score = where;
    half = around;
    requestLayout();
  }

  private double x(double value) {
    double share = (value - axis.low()) / (axis.high() - axis.low());
    return INSET + Math.clamp(share, 0, 1) * Math.max(0, getWidth() - 2 * INSET);
  }

  @Override
  protected void layoutChildren() {
    double middle = Math.floor(getHeight() / 2) + 0.5;
    place(zero, x(0), 0, x(0), getHeight());
    point.setCenterX(x(score));
    point.setCenterY(middle);
    Double around = half;
    bar.setVisible(around != null);
    left.setVisible(around != null);
    right.setVisible(around != null);
    if (around != null) {
      double low = x(score - around);
      double high = x(score + around);
      place(bar, low, middle, high, middle);
      place(left, low, middle - CAP, low, middle + CAP);
      place(right, high, middle - CAP, high, middle + CAP);
    }
  }

  private static void place(Line line, double x1, double y1, double x2, double y2) {
    line.setStartX(x1);
    line.setStartY(y1);
    line.setEndX(x2);
    line.setEndY(y2);
  }
}
