package dev.imprimatur.fxml.metric;

import java.util.List;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;

/// A figure over the last minutes, from 0 up to the greatest it was; now is at the right. What is
/// out of range begins at the dashed line. The numbers stand beside it.
final class Sparkline extends Pane {
  static final double WIDTH = 140;
  static final double HEIGHT = 34;
  private static final double INSET = 3;

  Sparkline() {
    getStyleClass().add("sparkline");
    setMinSize(WIDTH, HEIGHT);
    setPrefSize(WIDTH, HEIGHT);
    setMaxSize(WIDTH, HEIGHT);
  }

  /// @param now by [System#nanoTime]
  /// @param limit above which it is out of range; not a number where there is none
  void show(Samples samples, long now, double limit) {
    getChildren().clear();
    var ground = new Line(INSET, y(0, 1), WIDTH - INSET, y(0, 1));
    ground.getStyleClass().add("sparkline-ground");
    getChildren().add(ground);
    double top = Math.max(samples.greatest(), 1);
    if (limit > 0 && limit <= top) {
      var line = new Line(INSET, y(limit, top), WIDTH - INSET, y(limit, top));
      line.getStyleClass().add("sparkline-limit");
      getChildren().add(line);
    }
    for (List<Samples.Sample> piece : samples.pieces()) {
      var line = new Polyline();
      line.getStyleClass().add("sparkline-line");
      for (Samples.Sample sample : piece) {
        line.getPoints().addAll(x(sample, now), y(sample.value(), top));
      }
      getChildren().add(line);
    }
    List<List<Samples.Sample>> pieces = samples.pieces();
    if (!pieces.isEmpty()) {
      Samples.Sample last = pieces.getLast().getLast();
      var point = new Circle(x(last, now), y(last.value(), top), 2.5);
      point.getStyleClass().add("sparkline-point");
      getChildren().add(point);
    }
  }

  private static double x(Samples.Sample sample, long now) {
    double ago = (double) (now - sample.nanos()) / Samples.SPAN.toNanos();
    return WIDTH - INSET - Math.clamp(ago, 0, 1) * (WIDTH - 2 * INSET);
  }

  private static double y(double value, double top) {
    return HEIGHT - INSET - value / top * (HEIGHT - 2 * INSET);
  }
}
