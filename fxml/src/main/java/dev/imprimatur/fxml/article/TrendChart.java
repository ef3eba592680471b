package dev.imprimatur.fxml.article;

import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Scores over runs, 0 to 100. Two lines that differ in stroke and in the shape of their points,
/// not by colour alone; thresholds as dashed lines; a hollow point rests on fewer scores than were
/// asked for, and a line that is broken off joins runs that can't be compared. The same numbers
/// stand in a table beside it.
final class TrendChart extends Region {
  private static final double LEFT = 34;
  private static final double RIGHT = 88;
  private static final double TOP = 12;
  private static final double BOTTOM = 24;
  private static final double NARROWEST_LABEL = 26;

  private final Texts texts;
  private final Function<Trend.Point, String> words;
  private @Nullable Trend trend;

  /// @param words what is said of a point when one points at it
  TrendChart(Texts texts, Function<Trend.Point, String> words) {
    this.texts = texts;
    this.words = words;
    getStyleClass().add("trend");
    setMinSize(200, 120);
    setPrefSize(420, 220);
    widthProperty().addListener(observed -> draw());
    heightProperty().addListener(observed -> draw());
  }

  void show(@Nullable Trend shown) {
    trend = shown;
    draw();
  }

  private void draw() {
    getChildren().clear();
    Trend shown = trend;
    if (shown == null || shown.points().isEmpty() || getWidth() < LEFT + RIGHT) {
      return;
    }
    grid();
    threshold(shown.aiThreshold(), "ai", shown.aeoThreshold().compareTo(shown.aiThreshold()) <= 0);
    threshold(shown.aeoThreshold(), "aeo", shown.aeoThreshold().compareTo(shown.aiThreshold()) > 0);
    labels(shown.points());
    breaks(shown.points());
    series(shown.points(), "ai", Trend.Point::ai);
    series(shown.points(), "aeo", Trend.Point::aeo);
  }

  private double x(int index, int count) {
    double width = getWidth() - LEFT - RIGHT;
    return LEFT + width * (index + 0.5) / count;
  }

  private double y(double score) {
    return TOP + (getHeight() - TOP - BOTTOM) * (1 - score / 100);
  }

  private void grid() {
    for (int score = 0; score <= 100; score += 25) {
      line(LEFT, y(score), getWidth() - RIGHT, y(score), "trend-grid");
      Text label = text(String.valueOf(score), "trend-label");
      label.setX(LEFT - 8 - label.getLayoutBounds().getWidth());
      label.setY(y(score));
    }
  }

  private void threshold(BigDecimal at, String metric, boolean above) {
    double y = y(at.doubleValue());
    line(LEFT, y, getWidth() - RIGHT, y, "trend-threshold", "trend-" + metric);
    Text label =
        text(
            texts.get("trend.threshold", texts.code("trend.metric", metric), at.toPlainString()),
            "trend-label",
            "trend-text-" + metric);
    label.setX(getWidth() - RIGHT + 6);
    label.setY(y + (above ? -4 : 4));
  }

  private void labels(List<Trend.Point> points) {
    double step = (getWidth() - LEFT - RIGHT) / points.size();
    int every = Math.max(1, (int) Math.ceil(NARROWEST_LABEL / step));
    for (int i = 0; i < points.size(); i += every) {
      Text label = text(texts.get("trend.version", points.get(i).version()), "trend-label");
      label.setX(x(i, points.size()) - label.getLayoutBounds().getWidth() / 2);
      label.setY(getHeight() - BOTTOM + 13);
    }
  }

  /// Where other providers took over.
  private void breaks(List<Trend.Point> points) {
    for (int i = 1; i < points.size(); i++) {
      if (!points.get(i).comparable()) {
        double x = (x(i - 1, points.size()) + x(i, points.size())) / 2;
        line(x, TOP, x, getHeight() - BOTTOM, "trend-break");
      }
    }
  }

  private void series(
      List<Trend.Point> points, String metric, Function<Trend.Point, @Nullable BigDecimal> score) {
    List<Node> marks = new ArrayList<>();
    int last = -1;
    boolean comparable = true;
    for (int i = 0; i < points.size(); i++) {
      Trend.Point point = points.get(i);
      comparable &= point.comparable();
      BigDecimal value = score.apply(point);
      if (value == null) {
        continue;
      }
      double x = x(i, points.size());
      double y = y(value.doubleValue());
      if (last >= 0) {
        BigDecimal before = score.apply(points.get(last));
        line(
            x(last, points.size()),
            y(before == null ? 0 : before.doubleValue()),
            x,
            y,
            comparable ? "trend-line" : "trend-line-broken",
            "trend-" + metric);
      }
      marks.add(mark(point, metric, x, y));
      last = i;
      comparable = true;
    }
    getChildren().addAll(marks);
  }

  private Node mark(Trend.Point point, String metric, double x, double y) {
    Shape shape =
        metric.equals("ai")
            ? new Circle(x, y, 5)
            : new Polygon(x, y - 6.5, x + 6.5, y, x, y + 6.5, x - 6.5, y);
    shape.getStyleClass().addAll("trend-point", "trend-" + metric);
    if (point.partial()) {
      shape.getStyleClass().add("trend-partial");
    }
    // Larger than what is seen, so that it is easily pointed at.
    var around = new Rectangle(x - 11, y - 11, 22, 22);
    around.getStyleClass().add("trend-around");
    var tip = new Tooltip(words.apply(point));
    tip.setShowDelay(Duration.millis(100));
    Tooltip.install(around, tip);
    shape.setMouseTransparent(true);
    getChildren().add(shape);
    return around;
  }

  private void line(double x1, double y1, double x2, double y2, String... styles) {
    var line = new Line(x1, y1, x2, y2);
    line.getStyleClass().addAll(styles);
    line.setMouseTransparent(true);
    getChildren().add(line);
  }

  private Text text(String words, String... styles) {
    var text = new Text(words);
    text.getStyleClass().addAll(styles);
    text.setTextOrigin(VPos.CENTER);
    text.setMouseTransparent(true);
    getChildren().add(text);
    text.applyCss();
    return text;
  }
}
