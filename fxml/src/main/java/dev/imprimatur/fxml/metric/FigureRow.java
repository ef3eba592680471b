package dev.imprimatur.fxml.metric;

import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A figure: what it is called, what it means, how much it is, how it went, whether that is well.
final class FigureRow extends HBox {
  /// So many of those it is made of are named; the others are counted.
  private static final int NAMED = 4;

  private static final double WORDS = 352;

  private final Figure figure;
  private final Texts texts;
  private final String name;
  private final Label number = new Label("–");
  private final Label parts = new Label();
  private final Sparkline trend = new Sparkline();
  private final MarkLabel mark = new MarkLabel();

  FigureRow(Figure figure, Texts texts) {
    super(12);
    this.figure = figure;
    this.texts = texts;
    this.name = texts.code("metrics.name", figure.code());
    setId("metric-" + figure.code());
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("metric-row");
    setFocusTraversable(true);
    var title = new Label(name);
    title.getStyleClass().add("figure-name");
    title.setMinWidth(USE_PREF_SIZE);
    var exposed = new Label(figure.meter().exposed());
    exposed.getStyleClass().addAll("text-muted", "metric-exposed");
    var first = new HBox(8, title, exposed);
    first.setAlignment(Pos.BASELINE_LEFT);
    var means = wrapped(texts.code("metrics.means", figure.code()));
    parts.getStyleClass().add("text-small");
    parts.setWrapText(true);
    parts.setMinHeight(USE_PREF_SIZE);
    var words = new VBox(1, first, means, parts);
    words.setMinWidth(0);
    // What it has in a window of the least width: rows are as high as its lines need there.
    words.setPrefWidth(WORDS);
    HBox.setHgrow(words, Priority.ALWAYS);
    number.getStyleClass().add("figure-number");
    number.setMinWidth(104);
    number.setAlignment(Pos.CENTER_RIGHT);
    var place = new HBox(mark);
    place.setMinWidth(112);
    place.setPrefWidth(112);
    place.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(words, number, trend, place);
    mark.show(null);
  }

  private static Label wrapped(String text) {
    var label = new Label(text);
    label.getStyleClass().addAll("text-muted", "text-small");
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }

  void show(Reading reading, Samples samples, long now) {
    String value = amount(reading.value());
    number.setText(reading.bounded() ? texts.get("metrics.bounded", value) : value);
    parts.setText(parts(reading));
    parts.setVisible(!parts.getText().isEmpty());
    parts.setManaged(parts.isVisible());
    trend.show(samples, now, figure.most());
    boolean ranged = !Double.isNaN(figure.most()) || figure == Figure.TIMED_OUT;
    mark.show(
        reading.bad()
            ? new Mark(texts.get("metrics.bad"), Mark.Tone.BAD, true)
            : ranged ? new Mark(texts.get("metrics.good"), Mark.Tone.GOOD) : null);
    setAccessibleText(
        texts.get(
            "metrics.spoken",
            name,
            number.getText(),
            mark.getText(),
            samples.size(),
            amount(samples.first()),
            amount(samples.greatest()),
            texts.code("metrics.means", figure.code())));
  }

  private String parts(Reading reading) {
    String named =
        reading.parts().stream()
            .limit(NAMED)
            .map(p -> texts.get("metrics.part", p.label(), amount(p.value())))
            .collect(Collectors.joining(" · "));
    int more = reading.parts().size() - NAMED;
    return more > 0 ? texts.get("metrics.parts.more", named, more) : named;
  }

  private String amount(double value) {
    return switch (figure.unit()) {
      case COUNT -> texts.get("nav.count", Math.round(value));
      case PER_MINUTE -> texts.get("metrics.unit.per-minute", Math.round(value));
      case MILLIS ->
          value > 0 && value < 10
              ? texts.get("metrics.unit.millis.exact", value)
              : texts.get("metrics.unit.millis", Math.round(value));
      case SECONDS -> seconds(Math.round(value));
    };
  }

  private String seconds(long seconds) {
    return seconds < 60
        ? texts.get("metrics.unit.seconds", seconds)
        : seconds < 600
            ? texts.get("metrics.unit.minutes", seconds / 60, seconds % 60)
            : seconds < 3600
                ? texts.get("metrics.unit.long-minutes", seconds / 60)
                : texts.get("metrics.unit.hours", seconds / 3600, seconds / 60 % 60);
  }
}
