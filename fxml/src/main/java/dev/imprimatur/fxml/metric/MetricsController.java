package dev.imprimatur.fxml.metric;

import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The figures: a row each, by the room where one acts on them.
public final class MetricsController implements Screen {
  private final MetricsViewModel model;
  private final Texts texts;
  private final Navigator way;
  private final Duration every;
  private final Timeline sampling;
  private final Map<Figure, FigureRow> rows = new EnumMap<>(Figure.class);
  private @Nullable ProcessTable processTable;

  @FXML private Label bad = new Label();
  @FXML private Label sampled = new Label();
  @FXML private ScrollPane content = new ScrollPane();
  @FXML private VBox figures = new VBox();
  @FXML private TableView<Measure> process = new TableView<>();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();

  /// @param every how long from one look at the figures to the next
  public MetricsController(MetricsViewModel model, Texts texts, Navigator way, Duration every) {
    this.model = model;
    this.texts = texts;
    this.way = way;
    this.every = every;
    sampling =
        new Timeline(
            new KeyFrame(javafx.util.Duration.millis(every.toMillis()), event -> model.sample()));
    sampling.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    sampled.setText(texts.get("metrics.sampled", every.toSeconds(), Samples.SPAN.toMinutes()));
    for (Figure.Place place : Figure.Place.values()) {
      figures.getChildren().add(head(place));
      for (Figure figure : Figure.values()) {
        if (figure.place() == place) {
          var row = new FigureRow(figure, texts);
          rows.put(figure, row);
          figures.getChildren().add(row);
        }
      }
    }
    processTable = new ProcessTable(process, texts);
    model.seenProperty().addListener((observed, before, now) -> show(now));
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    showState();
  }

  private Node head(Figure.Place place) {
    String name = texts.code("nav", place.room());
    var head = new Label(name);
    head.getStyleClass().add("card-head");
    var link = new Hyperlink(texts.get("metrics.open", name));
    link.setId("metrics-open-" + place.room());
    link.setOnAction(event -> way.openRoom(place.room()));
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var line = new HBox(8, head, space, link);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("metric-head");
    return line;
  }

  private void show(MetricsViewModel.@Nullable Seen seen) {
    if (seen == null) {
      return;
    }
    seen.figures()
        .forEach((figure, reading) ->
            Objects.requireNonNull(rows.get(figure))
                .show(reading, model.samples(figure), seen.nanos()));
    bad.setText(texts.get("metrics.count", seen.bad()));
    if (processTable != null) {
      processTable.show(seen.process());
    }
  }

  private void showState() {
    ListState state = model.stateProperty().get();
    boolean ready = state == ListState.READY;
    content.setVisible(ready);
    bad.setVisible(ready);
    blank.setVisible(!ready);
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("metrics.blank", code));
      blankText.setText(
          state == ListState.FAILED
              ? texts.get("metrics.blank.why", model.failureProperty().get())
              : texts.code("metrics.blank.more", code));
    }
  }

  @Override
  public void activate() {
    model.sample();
    sampling.play();
    Focus.on(content);
  }

  @Override
  public void refresh() {
    model.changed();
  }

  @Override
  public void deactivate() {
    sampling.stop();
  }
}
