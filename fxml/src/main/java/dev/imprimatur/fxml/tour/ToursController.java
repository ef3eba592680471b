package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.fxml.control.Choice;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.KeptSelection;
import dev.imprimatur.fxml.list.ListKeys;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotColumns;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Tours: binds the list, the tour that is shown and the buttons to the view models.
public final class ToursController implements Screen {
  private final ToursViewModel model;
  private final TourViewModel tour;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords times;
  private final TourWords words;
  private final Dialogs dialogs;
  private final Timeline ageing;
  private @Nullable TourPane pane;
  private @Nullable KeptSelection<Tour> selection;

  @FXML private Node root = new VBox();
  @FXML private Label count = new Label();
  @FXML private HBox showPlace = new HBox();
  @FXML private TextField search = new TextField();
  @FXML private TableView<Slot<Tour>> table = new TableView<>();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private StackPane lower = new StackPane();
  private @Nullable UUID revealed;
  private ListKeys keys = new ListKeys(root, table, search);

  /// @param looking how long to wait between two looks though nothing has changed
  public ToursController(
      ToursViewModel model,
      TourViewModel tour,
      Remembered remembered,
      Texts texts,
      DecisionWords times,
      Dialogs dialogs,
      java.time.Duration looking) {
    this.model = model;
    this.tour = tour;
    this.remembered = remembered;
    this.texts = texts;
    this.times = times;
    this.words = new TourWords(texts, times);
    this.dialogs = dialogs;
    ageing = new Timeline(new KeyFrame(Duration.millis(looking.toMillis()), now -> refresh()));
    ageing.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    keys = new ListKeys(root, table, search);
    var tourPane = new TourPane(tour, texts, words, this::step, this::change);
    pane = tourPane;
    lower.getChildren().add(tourPane);
    fillShows();
    fill();
    table.getSelectionModel().setSelectionMode(SelectionMode.SINGLE);
    var kept = new KeptSelection<>(table, model.list(), this::chosen);
    selection = kept;
    kept.onSettled(this::reveal);
    search.textProperty().bindBidirectional(model.searchProperty());
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.showProperty().addListener((observed, before, now) -> showState());
    model.searchProperty().addListener((observed, before, now) -> showState());
    model.list().addListener((InvalidationListener) observed -> showCount());
    tour.onChanged(model::refresh);
    tour.onConflict((wanted, conflicts, again) ->
        ConflictForm.ask(
            dialogs,
            texts,
            words,
            times,
            wanted,
            conflicts,
            chosen -> {
              if (!chosen.values().isEmpty()) {
                tour.change(chosen, again);
              }
            }));
    showState();
  }

  private void fill() {
    var columns = new SlotColumns<>(table, name -> texts.code("tours.column", name));
    columns.text("identifier", 130, 4_000, Tour::identifier).setPrefWidth(190);
    columns.text("site", 100, 4_000, Tour::site).setPrefWidth(140);
    columns.mark("status", 216, 240, words::mark);
    columns.number("done", 80, 110, words::progress);
    columns.text("expires", 158, 180, t -> words.time(t.expiresAt()));
    remembered.columns("tours", table);
    table.setItems(model.list());
  }

  /// Shows one tour, whatever was looked for.
  public void open(UUID wanted) {
    model.searchProperty().set("");
    model.showProperty().set(TourQuery.Show.ALL);
    revealed = wanted;
    model.refresh();
    reveal();
  }

  private void reveal() {
    UUID wanted = revealed;
    int at = wanted == null ? -1 : model.list().place(wanted);
    if (at >= 0 && selection != null && selection.settled()) {
      revealed = null;
      table.getSelectionModel().clearAndSelect(at);
      table.scrollTo(Math.max(0, at - 2));
    }
  }

  private void fillShows() {
    var group = new ToggleGroup();
    for (TourQuery.Show show : TourQuery.Show.values()) {
      var button = new ToggleButton(texts.code("tours.show", Code.of(show)));
      button.setId("tours-show-" + Code.of(show));
      button.getStyleClass().addAll("small", "queue-show");
      button.setToggleGroup(group);
      Choice.bind(button, show, model.showProperty());
      button.setMinWidth(ToggleButton.USE_PREF_SIZE);
      showPlace.getChildren().add(button);
    }
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    if (lead != null) {
      tour.open(lead);
    }
  }

  private void step(TourStatus to) {
    TourView view = tour.dataProperty().get();
    if (view == null || pane == null || !pane.open(to)) {
      return;
    }
    if (tour.asksForScan(to)) {
      scan(view, to, "", "");
    } else {
      tour.step(view, to, null, why -> {});
    }
  }

  private void scan(TourView view, TourStatus to, String typed, String notWritten) {
    ScanForm.ask(
        dialogs,
        texts,
        words,
        view.tour().identifier(),
        typed,
        notWritten,
        code -> tour.step(view, to, code, why -> scan(view, to, code, why)));
  }

  private void change() {
    if (pane != null && pane.editable()) {
      pane.chosen().ifPresent(seen -> edit(seen, Map.of(), ""));
    }
  }

  /// What is typed stays with what was seen when it was first asked for, however often it is tried:
  /// what others write meanwhile is still a conflict.
  private void edit(Checkpoint seen, Map<CheckpointField, String> typed, String notWritten) {
    CheckpointForm.ask(
        dialogs,
        texts,
        words,
        seen,
        typed,
        notWritten,
        change -> tour.change(change, why -> edit(seen, change.values(), why)));
  }

  private void showCount() {
    count.setText(
        model.stateProperty().get() == ListState.LOADING
            ? ""
            : texts.get("tours.count", model.list().size()));
  }

  private void showState() {
    ListState now = model.stateProperty().get();
    boolean ready = now == ListState.READY;
    keys.show(ready, blank);
    if (!ready) {
      String code = model.blank();
      blankHead.setText(texts.code("tours.blank", code));
      blankText.setText(
          now == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("tours.blank.more", code));
    }
    boolean none = now == ListState.EMPTY || now == ListState.NO_MATCH;
    if (none && selection != null && tour.dataProperty().get() == null) {
      selection.forget();
    }
    showCount();
  }

  @FXML
  private void pressed(KeyEvent key) {
    if (key.getTarget() instanceof TextInputControl || key.isAltDown() || key.isShortcutDown()) {
      return;
    }
    switch (key.getCode()) {
      case J -> keys.move(1);
      case K -> keys.move(-1);
      case E -> change();
      case S -> step(TourStatus.INPROGRESS);
      case ENTER -> {
        if (pane == null) {
          return;
        }
        if (keys.onList()) {
          pane.focus();
        } else if (key.getTarget() instanceof CheckpointTable) {
          change();
        } else {
          return;
        }
      }
      case ESCAPE -> keys.focus();
      default -> {
        return;
      }
    }
    key.consume();
  }

  @Override
  public void activate() {
    refresh();
    ageing.play();
    keys.focus();
  }

  @Override
  public void refresh() {
    model.refresh();
    tour.refresh();
  }

  @Override
  public boolean search() {
    search.requestFocus();
    return true;
  }

  @Override
  public void deactivate() {
    ageing.stop();
  }
}
