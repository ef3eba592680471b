package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The queue: binds the table, the filters and the keys to the view model.
public final class InboxController implements Screen {
  private final InboxViewModel model;
  private final Texts texts;
  private final Dialogs dialogs;
  private final Navigator navigator;
  private final InstantSource clock;
  private final Timeline ageing;
  private @Nullable UUID selected;
  private boolean shown;

  @FXML private TableView<Escalations.Detail> table = new TableView<>();
  @FXML private ComboBox<InboxViewModel.Show> status = new ComboBox<>();
  @FXML private ComboBox<Escalation.@Nullable Reason> reason = new ComboBox<>();
  @FXML private TextField search = new TextField();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Label count = new Label();

  public InboxController(
      InboxViewModel model,
      Texts texts,
      Dialogs dialogs,
      Navigator navigator,
      InstantSource clock) {
    this.model = model;
    this.texts = texts;
    this.dialogs = dialogs;
    this.navigator = navigator;
    this.clock = clock;
    this.ageing = new Timeline(new KeyFrame(Duration.seconds(30), event -> table.refresh()));
    ageing.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    InboxColumns.fill(table, model, texts, clock);
    var sorted = new SortedList<>(model.shown());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    keepSelection(sorted);
    search.textProperty().bindBidirectional(model.searchProperty());
    InboxColumns.statuses(status, texts);
    status.valueProperty().bindBidirectional(model.showProperty());
    InboxColumns.reasons(reason, texts);
    reason.valueProperty().bindBidirectional(model.reasonProperty());
    model.stateProperty().addListener((observed, before, now) -> showState(now));
    model
        .failureProperty()
        .addListener((observed, before, now) -> showState(model.stateProperty().get()));
    model.shown().addListener((javafx.beans.InvalidationListener) observed -> showCount());
    model.pendingProperty().addListener((observed, before, now) -> showCount());
    showState(model.stateProperty().get());
    showCount();
  }

  // Rows are replaced when they change; what was selected is found again by its id.
  private void keepSelection(SortedList<Escalations.Detail> rows) {
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null) {
            selected = now.row().escalation().id();
          }
        });
    rows.addListener(
        (javafx.collections.ListChangeListener<Escalations.Detail>)
            change -> javafx.application.Platform.runLater(this::reselect));
  }

  private void reselect() {
    if (table.getItems().isEmpty()) {
      return;
    }
    Escalations.Detail same = selected == null ? null : model.find(selected);
    if (same == null) {
      int index =
          Math.clamp(table.getSelectionModel().getSelectedIndex(), 0, table.getItems().size() - 1);
      table.getSelectionModel().clearAndSelect(index);
    } else if (!same.equals(table.getSelectionModel().getSelectedItem())) {
      table.getSelectionModel().clearSelection();
      table.getSelectionModel().select(same);
    }
  }

  private void showCount() {
    count.setText(texts.get("inbox.count", model.shown().size(), model.pendingProperty().get()));
  }

  private void showState(InboxViewModel.State state) {
    boolean ready = state == InboxViewModel.State.READY;
    boolean appears = ready && !table.isVisible();
    table.setVisible(ready);
    blank.setVisible(!ready);
    if (appears && shown && !search.isFocused()) {
      // What is not visible can't take the focus when the screen opens.
      table.requestFocus();
    }
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("inbox.state", code));
      blankText.setText(
          state == InboxViewModel.State.FAILED
              ? model.failureProperty().get()
              : texts.code("inbox.state.more", code));
    }
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
      return;
    }
    boolean known = true;
    switch (event.getCode()) {
      case J -> move(1);
      case K -> move(-1);
      case ENTER -> withSelected(this::open);
      case C -> withSelected(model::claim);
      case U -> withSelected(model::release);
      case E -> withSelected(this::resolve);
      default -> known = false;
    }
    if (known) {
      event.consume();
    }
  }

  @FXML
  private void clicked(MouseEvent event) {
    if (event.getClickCount() == 2) {
      withSelected(this::open);
    }
  }

  @FXML
  private void searchPressed(KeyEvent event) {
    switch (event.getCode()) {
      case ESCAPE -> {
        search.clear();
        table.requestFocus();
        event.consume();
      }
      case ENTER, DOWN -> {
        table.requestFocus();
        event.consume();
      }
      default -> {}
    }
  }

  @Override
  public boolean search() {
    search.requestFocus();
    return true;
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  private void move(int by) {
    int size = table.getItems().size();
    if (size > 0) {
      int to = Math.clamp((long) table.getSelectionModel().getSelectedIndex() + by, 0, size - 1);
      table.getSelectionModel().clearAndSelect(to);
      table.scrollTo(Math.max(0, to - 3));
    }
  }

  private void open(Escalations.Detail detail) {
    navigator.openDesk(detail.row().escalation().id());
  }

  private void resolve(Escalations.Detail detail) {
    if (detail.row().escalation().status() == Escalation.Status.RESOLVED) {
      model.tellDecided(detail);
      return;
    }
    dialogs.resolve(
        detail.row().articleTitle(),
        answer -> model.resolve(detail, answer.outcome(), answer.reason()));
  }

  private void withSelected(Consumer<Escalations.Detail> action) {
    Escalations.Detail detail = table.getSelectionModel().getSelectedItem();
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
