package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.control.Choice;
import dev.imprimatur.fxml.control.GatedButton;
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
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The outbox: binds the list of events, the filters, the figures and the keys to the view models.
public final class OutboxController implements Screen {
  private final OutboxViewModel model;
  private final EventViewModel event;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Map<String, Figure> figures;
  // The figures are counted over whole tables: now and then is often enough.
  private final Timeline counting;
  private @Nullable KeptSelection<Evidence> selection;
  private @Nullable EventPane pane;

  @FXML private Node root = new VBox();
  @FXML private TableView<Slot<Evidence>> table = new TableView<>();
  @FXML private TextField search = new TextField();
  @FXML private ComboBox<@Nullable String> subscriber = new ComboBox<>();
  @FXML private ComboBox<@Nullable DeliveryState> state = new ComboBox<>();
  @FXML private ComboBox<@Nullable String> type = new ComboBox<>();
  @FXML private GatedButton replayDead = new GatedButton();
  @FXML private HBox figurePlace = new HBox();
  @FXML private Label count = new Label();
  @FXML private Label states = new Label();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private VBox lower = new VBox();
  private ListKeys keys = new ListKeys(root, table, search);

  /// @param counting how long to wait between two counts over the whole outbox
  public OutboxController(
      OutboxViewModel model,
      EventViewModel event,
      Remembered remembered,
      Texts texts,
      DecisionWords words,
      Dialogs dialogs,
      java.time.Duration counting) {
    this.model = model;
    this.event = event;
    this.remembered = remembered;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.figures =
        Map.of(
            "facts", new Figure("facts", texts),
            "applied", new Figure("applied", texts),
            "marked", new Figure("marked", texts));
    this.counting =
        new Timeline(
            new KeyFrame(Duration.millis(counting.toMillis()), now -> model.lookAtFigures()));
    this.counting.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    keys = new ListKeys(root, table, search);
    pane = new EventPane(event, texts, words, this::askToSkip);
    lower.getChildren().setAll(pane);
    VBox.setVgrow(pane, javafx.scene.layout.Priority.ALWAYS);
    for (String code : List.of("facts", "applied", "marked")) {
      figurePlace.getChildren().add(figures.get(code));
    }
    fill();
    selection = new KeptSelection<>(table, model.list(), this::chosen);
    table.setItems(model.list());
    search.textProperty().bindBidirectional(model.searchProperty());
    Choice.bind(
        subscriber, texts.get("outbox.all.subscribers"), s -> s, model.subscriberProperty());
    Choice.bind(
        state,
        texts.get("outbox.all.states"),
        s -> texts.code("outbox.state", Code.of(s)),
        model.stateProperty());
    Choice.offer(
        state,
        List.of(
            DeliveryState.DEAD,
            DeliveryState.PENDING,
            DeliveryState.ACKNOWLEDGED,
            DeliveryState.SKIPPED));
    Choice.bind(type, texts.get("outbox.all.types"), t -> t, model.typeProperty());
    model.stateOfListProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.list().addListener((InvalidationListener) observed -> showCount());
    model.figuresProperty().addListener((observed, before, now) -> showFigures(now));
    event.gatesProperty().addListener((observed, before, now) -> gate());
    event.onChanged(() -> {
      model.refresh();
      model.lookAtFigures();
    });
    gate();
    showState();
    showCount();
  }

  private void fill() {
    var columns = new SlotColumns<>(table, name -> texts.code("outbox.column", name));
    columns.mark("state", 134, 170, e -> EventRow.mark(e, texts));
    columns.text("type", 128, 320, e -> e.event().type());
    columns.text("about", 110, 4_000, e -> e.event().key());
    columns.number("confirmed", 124, 140, e -> EventRow.confirmed(e, texts));
    columns.number("published", 98, 120, e -> texts.get("nav.count", EventRow.published(e)));
    columns.text("written", 132, 160, e -> words.exactTime(e.event().occurredAt()));
    table.getColumns().get(1).setPrefWidth(176);
    table.getColumns().get(2).setPrefWidth(300);
    remembered.columns("outbox", table);
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    event.open(lead);
  }

  private void showCount() {
    count.setText(texts.get("outbox.count", model.list().size()));
  }

  private void showFigures(OutboxViewModel.@Nullable Figures now) {
    if (now == null) {
      return;
    }
    OutboxCounters c = now.counters();
    Figure facts = figures.get("facts");
    Figure applied = figures.get("applied");
    Figure marked = figures.get("marked");
    if (facts != null && applied != null && marked != null) {
      facts.show(c.factsWithTwoEvents());
      applied.show(c.appliedTwice());
      marked.show(c.acknowledgedNotMarked());
    }
    states.setText(
        texts.get(
            "outbox.states",
            c.byState().getOrDefault(DeliveryState.DEAD, 0L),
            c.byState().getOrDefault(DeliveryState.PENDING, 0L),
            c.byState().getOrDefault(DeliveryState.ACKNOWLEDGED, 0L),
            c.byState().getOrDefault(DeliveryState.SKIPPED, 0L)));
    event.dead(c.byState().getOrDefault(DeliveryState.DEAD, 0L));
    Choice.offer(subscriber, now.subscribers());
    Choice.offer(type, now.types());
  }

  private void gate() {
    replayDead.blockedProperty().set(event.gatesProperty().get().replayDead());
  }

  private void showState() {
    ListState now = model.stateOfListProperty().get();
    boolean ready = now == ListState.READY;
    keys.show(ready, blank);
    lower.setVisible(ready);
    if (!ready) {
      String code = Code.of(now);
      blankHead.setText(texts.code("outbox.blank", code));
      blankText.setText(
          now == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("outbox.blank.more", code));
      if (now == ListState.EMPTY || now == ListState.NO_MATCH) {
        if (selection != null) {
          selection.forget();
        }
        event.open(null);
      }
    }
  }

  private void askToSkip() {
    String to = event.subscriberProperty().get();
    if (to != null && event.gatesProperty().get().skip().isEmpty()) {
      dialogs.reason(
          texts.get("outbox.skip.title"),
          texts.get("outbox.skip.header", to),
          texts.get("outbox.skip.prompt"),
          texts.get("outbox.skip"),
          event::skip);
    }
  }

  @FXML
  private void askToReplayDead() {
    String only = model.subscriberProperty().get();
    dialogs.confirm(
        texts.get("outbox.replay-dead"),
        only == null
            ? texts.get("outbox.replay-dead.header")
            : texts.get("outbox.replay-dead.header.one", only),
        texts.get("outbox.replay-dead.text"),
        texts.get("outbox.replay-dead.confirm"),
        () -> event.replayDead(only));
  }

  @FXML
  private void pressed(KeyEvent key) {
    if (key.isControlDown()
        || key.isAltDown()
        || key.isMetaDown()
        || key.getTarget() instanceof TextInputControl) {
      return;
    }
    switch (key.getCode()) {
      case J -> keys.move(1);
      case K -> keys.move(-1);
      case R -> event.replay();
      case X -> askToSkip();
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
    key.consume();
  }

  @Override
  public boolean search() {
    search.requestFocus();
    return true;
  }

  @Override
  public void activate() {
    refresh();
    model.lookAtFigures();
    counting.play();
    keys.focus();
  }

  @Override
  public void refresh() {
    model.refresh();
    event.refresh();
  }

  @Override
  public void deactivate() {
    counting.stop();
  }
}
