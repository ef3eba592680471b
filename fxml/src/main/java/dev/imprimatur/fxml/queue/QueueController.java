package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobBulk.Action;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobQuery.Show;
import dev.imprimatur.engine.queue.JobRow;
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
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The queue: binds the list of jobs, the filters, the figures and the keys to the view models.
public final class QueueController implements Screen {
  /// In the order of the strip.
  private static final List<Show> SHOWN =
      List.of(
          Show.ALL,
          Show.PENDING,
          Show.RUNNING,
          Show.STUCK,
          Show.FAILED,
          Show.CANCELLED,
          Show.COMPLETED);

  private final QueueViewModel model;
  private final JobViewModel job;
  private final LayoutViewModel layouts;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Timeline counting;
  private final Map<Show, ToggleButton> shows = new EnumMap<>(Show.class);
  private @Nullable KeptSelection<JobRow> selection;
  private @Nullable JobPane pane;
  private @Nullable KindTable kindTable;
  private boolean everything;

  @FXML private Node root = new VBox();
  @FXML private TableView<Slot<JobRow>> table = new TableView<>();
  @FXML private TextField search = new TextField();
  @FXML private ComboBox<@Nullable String> kind = new ComboBox<>();
  @FXML private ComboBox<@Nullable String> workspace = new ComboBox<>();
  @FXML private ToggleButton byKind = new ToggleButton();
  @FXML private ToggleButton layout = new ToggleButton();
  @FXML private Label hint = new Label();
  @FXML private HBox bar = new HBox();
  @FXML private StackPane middle = new StackPane();
  @FXML private Node jobs = new VBox();
  @FXML private GatedButton retry = new GatedButton();
  @FXML private GatedButton cancel = new GatedButton();
  @FXML private HBox showPlace = new HBox();
  @FXML private Label count = new Label();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private StackPane lower = new StackPane();
  @FXML private TableView<KindTable.Row> kinds = new TableView<>();
  private ListKeys keys = new ListKeys(root, table, search);

  /// @param counting how long to wait between two counts over the whole queue
  public QueueController(
      QueueViewModel model,
      JobViewModel job,
      LayoutViewModel layouts,
      Remembered remembered,
      Texts texts,
      DecisionWords words,
      Dialogs dialogs,
      java.time.Duration counting) {
    this.model = model;
    this.job = job;
    this.layouts = layouts;
    this.remembered = remembered;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.counting =
        new Timeline(
            new KeyFrame(
                Duration.millis(counting.toMillis()),
                now -> {
                  model.lookAtFigures();
                  model.age();
                  job.refresh();
                  if (layout.isSelected()) {
                    layouts.lookIfDue();
                  }
                }));
    this.counting.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    keys = new ListKeys(root, table, search);
    pane = new JobPane(job, texts, words);
    kindTable = new KindTable(kinds, texts);
    var results = new BulkPane(job, texts);
    lower.getChildren().addFirst(pane);
    lower.getChildren().add(results);
    kinds.visibleProperty().bind(byKind.selectedProperty());
    pane.visibleProperty().bind(byKind.selectedProperty().not());
    job.resultsProperty()
        .addListener((observed, before, now) -> {
          results.show(now);
          results.setVisible(now.asked() > 0);
          if (now.asked() == 0) {
            keys.focus();
          }
        });
    results.setVisible(false);
    fillShows();
    QueueColumns.fill(table, model, texts, words, remembered);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::chooseAll);
    selection = new KeptSelection<>(table, model.list(), this::chosen);
    search.textProperty().bindBidirectional(model.searchProperty());
    Choice.bind(kind, texts.get("queue.all.kinds"), k -> k, model.kindProperty());
    Choice.bind(workspace, texts.get("queue.all.workspaces"), w -> w, model.workspaceProperty());
    model.stateOfListProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.list().addListener((InvalidationListener) observed -> showCount());
    model.figuresProperty().addListener((observed, before, now) -> showFigures(now));
    job.gatesProperty().addListener((observed, before, now) -> gate());
    job.onChanged(() -> {
      model.refresh();
      model.lookAtFigures();
    });
    gate();
    showState();
    showCount();
    initializeLayout();
  }

  private void initializeLayout() {
    var layoutPane = new LayoutPane(layouts, texts, words, dialogs);
    middle.getChildren().add(layoutPane);
    layoutPane.visibleProperty().bind(layout.selectedProperty());
    for (Node other : List.of(jobs, bar, showPlace, hint, count)) {
      other.visibleProperty().bind(layout.selectedProperty().not());
      other.managedProperty().bind(other.visibleProperty());
    }
    layout
        .selectedProperty()
        .addListener((observed, before, now) -> {
          if (now) {
            layouts.look();
            layoutPane.focus();
          } else {
            keys.focus();
          }
        });
  }

  /// Shows the jobs in which these words stand, whatever was shown before.
  public void lookFor(String words) {
    layout.setSelected(false);
    model.lookFor(words);
  }

  private void fillShows() {
    var group = new ToggleGroup();
    for (Show show : SHOWN) {
      var button = new ToggleButton(texts.code("queue.show", Code.of(show)));
      button.setId("queue-show-" + Code.of(show));
      button.getStyleClass().addAll("small", "queue-show");
      button.setToggleGroup(group);
      Choice.bind(button, show, model.showProperty());
      button.setMinWidth(ToggleButton.USE_PREF_SIZE);
      shows.put(show, button);
      showPlace.getChildren().add(button);
    }
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    everything(false);
    List<JobKey> keys = lead == null ? List.of() : model.keys(List.of(lead));
    job.open(keys.isEmpty() ? null : keys.getFirst(), selected.size());
    showCount();
  }

  private int chosenCount() {
    return everything ? model.list().size() : selection == null ? 0 : selection.selected().size();
  }

  private void showCount() {
    int all = model.list().size();
    int several = chosenCount();
    count.setText(
        several > 1
            ? texts.get("queue.count.selected", all, several)
            : texts.get("queue.count", all));
  }

  private void showFigures(QueueViewModel.@Nullable Figures now) {
    if (now == null) {
      return;
    }
    shows.forEach((show, button) ->
        button.setText(
            texts.get("queue.show.count", texts.code("queue.show", Code.of(show)), now.of(show))));
    Choice.offer(kind, now.kinds());
    Choice.offer(workspace, now.workspaces());
    if (kindTable != null) {
      kindTable.show(now.counts());
    }
  }

  private void gate() {
    retry.blockedProperty().set(job.gatesProperty().get().retry());
    cancel.blockedProperty().set(job.gatesProperty().get().cancel());
  }

  private void showState() {
    ListState now = model.stateOfListProperty().get();
    boolean ready = now == ListState.READY;
    keys.show(ready, blank);
    if (!ready) {
      String code = Code.of(now);
      blankHead.setText(texts.code("queue.blank", code));
      blankText.setText(
          now == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("queue.blank.more", code));
      if (now == ListState.EMPTY || now == ListState.NO_MATCH) {
        if (selection != null) {
          selection.forget();
        }
        everything(false);
        job.open(null, 0);
      }
    }
    showCount();
  }

  @FXML
  private void retry() {
    act(Action.RETRY);
  }

  @FXML
  private void cancel() {
    act(Action.CANCEL);
  }

  private void act(Action action) {
    if (!job.gatesProperty().get().of(action).isEmpty()) {
      return;
    }
    if (chosenCount() <= 1) {
      job.act(action);
      return;
    }
    List<UUID> all = model.list().ids();
    Set<UUID> some = selection == null ? Set.of() : selection.selected();
    List<UUID> frozen = everything ? all : all.stream().filter(some::contains).toList();
    job.preview(
        action,
        model.keys(frozen),
        preview -> BulkQuestion.ask(dialogs, texts, preview, () -> job.all(preview)));
  }

  @FXML
  private void pressed(KeyEvent key) {
    if (key.getTarget() instanceof TextInputControl || key.isAltDown()) {
      return;
    }
    if (key.isShortcutDown()) {
      return;
    }
    if (key.getCode() == KeyCode.L || (layout.isSelected() && key.getCode() == KeyCode.ESCAPE)) {
      layout.setSelected(!layout.isSelected());
      key.consume();
      return;
    }
    if (layout.isSelected()) {
      // No job is in sight that a key could mean.
      return;
    }
    switch (key.getCode()) {
      case J -> keys.move(1);
      case K -> keys.move(-1);
      case R -> act(Action.RETRY);
      case X -> act(Action.CANCEL);
      case ENTER -> {
        if (pane != null && keys.onList()) {
          pane.focus();
        }
      }
      case ESCAPE -> {
        job.forgetResults();
        keys.focus();
      }
      default -> {
        return;
      }
    }
    key.consume();
  }

  // All that match, whether they were ever in sight or not: the table would make a list of them.
  private void chooseAll(KeyEvent key) {
    if (key.isShortcutDown() && key.getCode() == KeyCode.A) {
      everything(true);
      job.open(null, model.list().size());
      showCount();
      key.consume();
    }
  }

  private void everything(boolean now) {
    everything = now;
    table.getStyleClass().remove("all-selected");
    if (now) {
      table.getStyleClass().add("all-selected");
    }
  }

  @Override
  public boolean search() {
    layout.setSelected(false);
    search.requestFocus();
    return true;
  }

  @Override
  public void activate() {
    refresh();
    model.lookAtFigures();
    counting.play();
    if (layout.isSelected()) {
      layouts.look();
    } else {
      keys.focus();
    }
  }

  @Override
  public void refresh() {
    model.refresh();
    job.refresh();
    layouts.changed();
  }

  @Override
  public void deactivate() {
    counting.stop();
  }
}
