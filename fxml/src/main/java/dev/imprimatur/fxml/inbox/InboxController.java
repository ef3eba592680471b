package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.action.EscalationActions;
import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableLongValue;
import javafx.collections.MapChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The queue: binds the table, the filters and the keys to the view model.
public final class InboxController implements Screen {
  private final InboxViewModel model;
  private final EscalationActions actions;
  private final ObservableLongValue waiting;
  private final Remembered remembered;
  private final Texts texts;
  private final Navigator navigator;
  private final InstantSource clock;
  private final Timeline ageing;
  private @Nullable UUID selected;
  private int place;
  private boolean shown;
  private boolean searching;
  private @Nullable KeyRepeats repeats;

  @FXML private TableView<Slot<Escalations.Detail>> table = new TableView<>();
  @FXML private ComboBox<EscalationQuery.Show> status = new ComboBox<>();
  @FXML private ComboBox<Escalation.@Nullable Reason> reason = new ComboBox<>();
  @FXML private TextField search = new TextField();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Label count = new Label();

  /// @param waiting how many escalations wait, whatever is shown
  public InboxController(
      InboxViewModel model,
      EscalationActions actions,
      ObservableLongValue waiting,
      Remembered remembered,
      Texts texts,
      Navigator navigator,
      InstantSource clock) {
    this.model = model;
    this.actions = actions;
    this.waiting = waiting;
    this.remembered = remembered;
    this.texts = texts;
    this.navigator = navigator;
    this.clock = clock;
    this.ageing = new Timeline(new KeyFrame(Duration.seconds(30), event -> table.refresh()));
    ageing.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    InboxMemory.recall(model, remembered);
    selected = InboxMemory.selected(remembered);
    new InboxColumns(table, model, texts, clock, actions.held()).fill(remembered);
    keepSelection();
    repeats = new KeyRepeats(table);
    search.textProperty().bindBidirectional(model.searchProperty());
    Choices.shows(status, texts);
    status.valueProperty().bindBidirectional(model.showProperty());
    Choices.reasons(reason, texts);
    reason.valueProperty().bindBidirectional(model.reasonProperty());
    model.stateProperty().addListener((observed, before, now) -> showState(now));
    model
        .failureProperty()
        .addListener((observed, before, now) -> showState(model.stateProperty().get()));
    model.list().addListener((InvalidationListener) observed -> showCount());
    waiting.addListener((observed, before, now) -> showCount());
    actions.onDecided(model::refresh);
    actions.held().addListener((MapChangeListener<UUID, String>) change -> table.refresh());
    showState(model.stateProperty().get());
    showCount();
  }

  // The list may change under the selection; what was selected is found again by its id, and where
  // it is gone, what stands in its place is selected.
  private void keepSelection() {
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null) {
            selected = now.id();
            place = table.getSelectionModel().getSelectedIndex();
            InboxMemory.select(remembered, now.id());
          }
        });
    model
        .list()
        .addListener(
            (InvalidationListener)
                observed -> javafx.application.Platform.runLater(this::reselect));
  }

  private void reselect() {
    int size = model.list().size();
    if (size == 0) {
      return;
    }
    int same = selected == null ? -1 : model.list().place(selected);
    int index = same < 0 ? Math.clamp(place, 0, size - 1) : same;
    if (table.getSelectionModel().getSelectedIndex() != index
        || table.getSelectionModel().getSelectedIndices().size() != 1) {
      table.getSelectionModel().clearAndSelect(index);
    }
    place = index;
  }

  private void showCount() {
    count.setText(texts.get("inbox.count", model.list().size(), waiting.get()));
  }

  private void showState(ListState state) {
    boolean ready = state == ListState.READY;
    boolean appears = ready && !table.isVisible();
    table.setVisible(ready);
    blank.setVisible(!ready);
    if (appears && shown && !searching) {
      // What is not visible can't take the focus when the screen opens.
      table.requestFocus();
    }
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("inbox.state", code));
      blankText.setText(
          state == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("inbox.state.more", code));
    }
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
      return;
    }
    if (event.getCode() == KeyCode.J || event.getCode() == KeyCode.K) {
      move(event.getCode() == KeyCode.J ? 1 : -1);
      event.consume();
      return;
    }
    if (repeats != null && repeats.repeated()) {
      // A key that is held down walks, but decides nothing a second time.
      return;
    }
    boolean known = true;
    switch (event.getCode()) {
      case ENTER -> withSelected(d -> navigator.openDesk(d.row().escalation().id()));
      case C -> withSelected(event.isShiftDown() ? actions::release : actions::claim);
      case A -> withSelected(actions::approve);
      case X -> withSelected(actions::reject);
      case R -> withSelected(actions::requestRewrite);
      case E -> withSelected(actions::resolve);
      case Z -> withSelected(d -> snooze(d));
      default -> known = false;
    }
    if (known) {
      event.consume();
    }
  }

  private void snooze(Escalations.Detail detail) {
    if (detail.snoozed()) {
      actions.wake(detail);
    } else {
      actions.snooze(detail);
    }
  }

  @FXML
  private void clicked(MouseEvent event) {
    if (event.getClickCount() == 2) {
      withSelected(d -> navigator.openDesk(d.row().escalation().id()));
    }
  }

  @FXML
  private void searchPressed(KeyEvent event) {
    switch (event.getCode()) {
      case ESCAPE -> {
        search.clear();
        leaveSearch();
        event.consume();
      }
      case ENTER, DOWN -> {
        leaveSearch();
        event.consume();
      }
      default -> {}
    }
  }

  private void leaveSearch() {
    searching = false;
    // Without rows there is no table to go to yet; the keys work all the same.
    if (table.isVisible()) {
      table.requestFocus();
    } else {
      status.requestFocus();
    }
  }

  @Override
  public boolean search() {
    searching = true;
    search.requestFocus();
    return true;
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  // Its rows have keys and no buttons.
  @Override
  public List<Command> commands() {
    return List.of(
        command("open", d -> navigator.openDesk(d.row().escalation().id())),
        command("claim", actions::claim),
        command("release", actions::release),
        command("approve", actions::approve),
        command("reject", actions::reject),
        command("rewrite", actions::requestRewrite),
        command("resolve", actions::resolve),
        command("snooze", this::snooze));
  }

  private Command command(String name, Consumer<Escalations.Detail> action) {
    return new Command(
        "do:inbox:" + name,
        texts.code("key.does", name),
        Command.Kind.HERE,
        texts.code("key", name),
        () -> whyNot(name),
        () -> withSelected(action));
  }

  private String whyNot(String name) {
    Slot<Escalations.Detail> slot = table.getSelectionModel().getSelectedItem();
    Escalations.Detail detail = slot == null ? null : slot.row();
    if (detail == null || !table.isVisible()) {
      return texts.get("palette.unselected");
    }
    if (name.equals("open")) {
      return "";
    }
    Escalation escalation = detail.row().escalation();
    String held = actions.held().get(escalation.id());
    if (held != null) {
      return texts.get("gate.held", held);
    }
    Escalation.Resolution resolution = escalation.resolution();
    return resolution == null
        ? ""
        : texts.get(
            "palette.resolved",
            texts.code("outcome", Code.of(resolution.outcome())),
            resolution.by());
  }

  private void move(int by) {
    int size = table.getItems().size();
    if (size > 0) {
      int to = Math.clamp((long) table.getSelectionModel().getSelectedIndex() + by, 0, size - 1);
      table.getSelectionModel().clearAndSelect(to);
      table.scrollTo(Math.max(0, to - 3));
    }
  }

  private void withSelected(Consumer<Escalations.Detail> action) {
    Slot<Escalations.Detail> slot = table.getSelectionModel().getSelectedItem();
    Escalations.Detail detail = slot == null ? null : slot.row();
    if (detail != null) {
      action.accept(detail);
    }
  }

  @Override
  public void activate() {
    shown = true;
    ageing.play();
    model.refresh();
    table.requestFocus();
  }

  @Override
  public void deactivate() {
    shown = false;
    ageing.stop();
  }
}
