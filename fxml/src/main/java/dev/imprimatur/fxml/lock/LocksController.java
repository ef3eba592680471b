package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.time.ZoneId;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The locks: binds tables, heatmap and alerts to the view model.
public final class LocksController implements Screen {
  /// How often it looks again though nothing says that anything has changed.
  private static final int LOOK_SECONDS = 5;

  private final LocksViewModel model;
  private final Texts texts;
  private final LockWords words;
  private final ZoneId zone;
  private final Timeline ageing;
  private @Nullable Heatmap heatmap;
  private int seconds;

  @FXML private Label count = new Label();
  @FXML private ComboBox<Span> span = new ComboBox<>();
  @FXML private ScrollPane content = new ScrollPane();
  @FXML private VBox alerts = new VBox();
  @FXML private TableView<LockLease> held = new TableView<>();
  @FXML private TableView<LockFigures> figures = new TableView<>();
  @FXML private Label heatHead = new Label();
  @FXML private GridPane heat = new GridPane();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();

  /// @param zone whose hours are shown
  public LocksController(LocksViewModel model, Texts texts, ZoneId zone) {
    this.model = model;
    this.texts = texts;
    this.zone = zone;
    this.words = new LockWords(texts);
    this.ageing =
        new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> secondPassed()));
    ageing.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    var tables = new LockTables(texts, words);
    tables.held(held, this::sinceRead);
    tables.figures(figures);
    alerts.managedProperty().bind(Bindings.isNotEmpty(alerts.getChildren()));
    heatmap = new Heatmap(heat, texts, words, zone);
    span.getItems().setAll(Span.values());
    span.setConverter(new SpanText());
    span.valueProperty().bindBidirectional(model.spanProperty());
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    showState();
  }

  private final class SpanText extends StringConverter<Span> {
    @Override
    public String toString(@Nullable Span value) {
      return value == null ? "" : texts.code("locks.span", Code.of(value));
    }

    @Override
    public Span fromString(String text) {
      throw new UnsupportedOperationException("spans are chosen, not typed");
    }
  }

  private Duration sinceRead() {
    LocksData data = model.dataProperty().get();
    return data == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - data.readNanos());
  }

  private void secondPassed() {
    held.refresh();
    seconds++;
    if (seconds % LOOK_SECONDS == 0) {
      model.refresh();
    }
  }

  private void show(@Nullable LocksData data) {
    if (data == null) {
      return;
    }
    count.setText(texts.get("locks.count", data.held().size()));
    replace(held, data.held());
    replace(figures, data.statistics().types());
    alerts
        .getChildren()
        .setAll(data.statistics().alerts().stream().map(a -> alert(words.alert(a))).toList());
    Span shown = model.spanProperty().get();
    heatHead.setText(texts.code("locks.heat", Code.of(shown)));
    if (heatmap != null) {
      heatmap.show(data.statistics(), shown);
    }
  }

  private static Node alert(String text) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMaxWidth(Double.MAX_VALUE);
    label.getStyleClass().addAll("notice", "notice-is-refused");
    return label;
  }

  // What was selected stays so, by its place.
  private static <R> void replace(TableView<R> table, java.util.List<R> rows) {
    int selected = table.getSelectionModel().getSelectedIndex();
    table.getItems().setAll(rows);
    if (selected >= 0 && !rows.isEmpty()) {
      table.getSelectionModel().clearAndSelect(Math.min(selected, rows.size() - 1));
    }
  }

  private void showState() {
    ListState state = model.stateProperty().get();
    boolean ready = state == ListState.READY;
    content.setVisible(ready);
    blank.setVisible(!ready);
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("locks.blank", code));
      blankText.setText(
          state == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("locks.blank.more", code));
    }
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void activate() {
    ageing.play();
    model.refresh();
    span.requestFocus();
  }

  @Override
  public void deactivate() {
    ageing.stop();
  }
}
