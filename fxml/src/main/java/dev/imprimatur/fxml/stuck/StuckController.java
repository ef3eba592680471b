package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.StuckBatches.Row;
import dev.imprimatur.engine.assessment.StuckBatches.Show;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.control.Choice;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.KeptSelection;
import dev.imprimatur.fxml.list.ListKeys;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Stuck batches: binds the list, the inspector and the buttons to the view models.
public final class StuckController implements Screen {
  /// In the order of the buttons: what changes least first.
  private static final List<Action> ACTIONS =
      List.of(
          Action.REREQUEST, Action.WAIT, Action.FINALISE, Action.CLOSE, Action.FAIL, Action.CANCEL);

  private final StuckViewModel model;
  private final InspectorViewModel inspector;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Consumer<UUID> toQueue;
  private final Timeline ageing;
  private final Map<Action, GatedButton> buttons = new EnumMap<>(Action.class);
  private final Label why = new Label();
  private @Nullable InspectorPane pane;

  @FXML private Node root = new VBox();
  @FXML private Label count = new Label();
  @FXML private HBox showPlace = new HBox();
  @FXML private TableView<Slot<Row>> table = new TableView<>();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private StackPane lower = new StackPane();
  private ListKeys keys = new ListKeys(root, table, new TextField());

  /// @param toQueue shows a batch's jobs in the queue
  /// @param looking how long to wait between two looks though nothing has changed
  public StuckController(
      StuckViewModel model,
      InspectorViewModel inspector,
      Remembered remembered,
      Texts texts,
      DecisionWords words,
      Dialogs dialogs,
      Consumer<UUID> toQueue,
      java.time.Duration looking) {
    this.model = model;
    this.inspector = inspector;
    this.remembered = remembered;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.toQueue = toQueue;
    this.ageing = new Timeline(new KeyFrame(Duration.millis(looking.toMillis()), now -> refresh()));
    ageing.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    // Few are stuck at a time: there is nothing to search in.
    keys = new ListKeys(root, table, new TextField());
    var inspectorPane = new InspectorPane(inspector, texts, words, actions(), toQueue);
    pane = inspectorPane;
    lower.getChildren().add(inspectorPane);
    inspectorPane.pairs().onSelected(this::gate);
    fillShows();
    StuckColumns.fill(table, model, texts, new StuckWords(texts), remembered);
    table.getSelectionModel().setSelectionMode(SelectionMode.SINGLE);
    new KeptSelection<>(table, model.list(), this::chosen);
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.list().addListener((InvalidationListener) observed -> showCount());
    inspector.gatesProperty().addListener((observed, before, now) -> gate());
    inspector.onChanged(model::refresh);
    gate();
    showState();
  }

  private Node actions() {
    var flow = new FlowPane(6, 6);
    for (Action action : ACTIONS) {
      var button = new GatedButton();
      button.setId("stuck-" + Code.of(action));
      button.setText(texts.code("stuck.do", Code.of(action)));
      button.setOnAction(event -> act(action));
      buttons.put(action, button);
      flow.getChildren().add(button);
    }
    why.setId("stuck-why");
    why.setWrapText(true);
    why.setMinHeight(Label.USE_PREF_SIZE);
    why.getStyleClass().addAll("text-muted", "text-small");
    return new VBox(4, flow, why);
  }

  private void fillShows() {
    var group = new ToggleGroup();
    for (Show show : Show.values()) {
      var button = new ToggleButton(texts.code("stuck.show", Code.of(show)));
      button.setId("stuck-show-" + Code.of(show));
      button.getStyleClass().addAll("small", "queue-show");
      button.setToggleGroup(group);
      Choice.bind(button, show, model.showProperty());
      button.setMinWidth(ToggleButton.USE_PREF_SIZE);
      showPlace.getChildren().add(button);
    }
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    if (lead != null) {
      inspector.open(lead);
    }
  }

  private void gate() {
    InspectorViewModel.Gates gates = inspector.gatesProperty().get();
    buttons.forEach((action, button) -> button.blockedProperty().set(gates.of(action)));
    GatedButton ask = buttons.get(Action.REREQUEST);
    int some = chosenPairs().size();
    if (ask != null) {
      ask.setText(
          some == 0
              ? texts.code("stuck.do", Code.of(Action.REREQUEST))
              : texts.get("stuck.do.selected", some));
    }
    why.setText(gates.common());
    why.setVisible(!gates.common().isEmpty());
    why.setManaged(!gates.common().isEmpty());
  }

  private Set<UUID> chosenPairs() {
    return pane == null ? Set.of() : pane.pairs().chosen();
  }

  private void act(Action action) {
    if (!inspector.gatesProperty().get().of(action).isEmpty()) {
      return;
    }
    Set<UUID> pairs = action == Action.REREQUEST ? chosenPairs() : Set.of();
    inspector.preview(
        action,
        pairs,
        (preview, seen) ->
            DryRun.ask(
                dialogs,
                texts,
                preview,
                seen,
                reason -> inspector.act(preview, pairs, reason.isEmpty() ? null : reason)));
  }

  private void showCount() {
    count.setText(
        model.stateProperty().get() == ListState.LOADING
            ? ""
            : texts.code("stuck.count", Code.of(model.showProperty().get()), model.list().size()));
  }

  private void showState() {
    ListState now = model.stateProperty().get();
    boolean ready = now == ListState.READY;
    keys.show(ready, blank);
    if (!ready) {
      String shown = Code.of(model.showProperty().get());
      boolean none = now == ListState.EMPTY || now == ListState.NO_MATCH;
      blankHead.setText(
          none ? texts.code("stuck.blank.none", shown) : texts.code("stuck.blank", Code.of(now)));
      String limit = new StuckWords(texts).time(model.limit());
      blankText.setText(
          none
              ? texts.code("stuck.blank.none.more", shown, limit)
              : now == ListState.FAILED
                  ? model.failureProperty().get()
                  : texts.get("stuck.blank.more.loading"));
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
      case R -> act(Action.REREQUEST);
      case ENTER -> {
        if (pane != null && keys.onList()) {
          pane.focus();
        }
      }
      case ESCAPE -> keys.focus();
      default -> {
        return;
      }
    }
    if (key.getCode() != KeyCode.ENTER || !keys.onList()) {
      key.consume();
    }
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
    inspector.refresh();
  }

  @Override
  public void deactivate() {
    ageing.stop();
  }
}
