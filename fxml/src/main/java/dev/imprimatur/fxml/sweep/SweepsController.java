package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.ZoneId;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/// The sweeps: binds both tables and the buttons to the view model.
public final class SweepsController implements Screen {
  private final SweepsViewModel model;
  private final Texts texts;
  private final Dialogs dialogs;
  private final SweepWords words;
  private boolean selecting;
  private boolean active;

  @FXML private SplitPane content = new SplitPane();
  @FXML private Label count = new Label();
  @FXML private TableView<SweepStatus> sweeps = new TableView<>();
  @FXML private TableView<SweepRun> ticks = new TableView<>();
  @FXML private Label name = new Label();
  @FXML private Label what = new Label();
  @FXML private Label error = new Label();
  @FXML private Label why = new Label();
  @FXML private VBox errorBox = new VBox();
  @FXML private GatedButton run = new GatedButton();
  @FXML private GatedButton pause = new GatedButton();
  @FXML private GatedButton resume = new GatedButton();
  @FXML private GatedButton interval = new GatedButton();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();

  public SweepsController(SweepsViewModel model, Texts texts, Dialogs dialogs, ZoneId zone) {
    this.model = model;
    this.texts = texts;
    this.dialogs = dialogs;
    this.words = new SweepWords(texts, zone);
  }

  @FXML
  private void initialize() {
    var tables = new SweepTables(texts, words);
    tables.sweeps(sweeps);
    tables.ticks(ticks);
    ticks.setItems(model.ticks());
    ticks.setPlaceholder(new Label(texts.get("sweeps.ticks.none")));
    model.all().addListener((ListChangeListener<SweepStatus>) change -> showAll());
    model.chosenProperty().addListener((observed, before, now) -> select());
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    sweeps
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null && !selecting) {
            model.chosenProperty().set(now.name());
          }
        });
    gate(model.gatesProperty().get());
    showAll();
    showState();
  }

  private void showAll() {
    selecting = true;
    try {
      sweeps.getItems().setAll(model.all());
    } finally {
      selecting = false;
    }
    count.setText(texts.get("sweeps.count", model.all().size()));
    select();
  }

  private void select() {
    selecting = true;
    try {
      model.current().ifPresent(s -> sweeps.getSelectionModel().select(s));
    } finally {
      selecting = false;
    }
    model.current().ifPresent(this::showChosen);
  }

  private void showChosen(SweepStatus s) {
    name.setText(s.name());
    what.setText(texts.code("sweeps.what", s.name().replace('-', '_')));
    String told = words.error(s);
    error.setText(told);
    visible(errorBox, !told.isEmpty());
    errorBox
        .getStyleClass()
        .setAll(
            s.state() == SweepStatus.State.FAILING ? "notice-is-refused" : "banner-plain",
            "notice",
            "banner");
  }

  private void gate(SweepsViewModel.Gates gates) {
    run.blockedProperty().set(gates.run());
    pause.blockedProperty().set(gates.pause());
    resume.blockedProperty().set(gates.resume());
    interval.blockedProperty().set(gates.interval());
    why.setText(gates.role());
    visible(why, !gates.role().isEmpty());
    boolean paused = model.current().map(SweepStatus::paused).orElse(false);
    visible(pause, !paused);
    visible(resume, paused);
  }

  private void showState() {
    ListState state = model.stateProperty().get();
    boolean shown = state == ListState.READY;
    content.setVisible(shown);
    blank.setVisible(!shown);
    if (!shown) {
      blankHead.setText(texts.code("sweeps.blank", Code.of(state)));
      blankText.setText(
          state == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("sweeps.blank.more", Code.of(state)));
    }
    if (shown && active && !Focus.isIn(content)) {
      Focus.on(sweeps);
    }
  }

  private static void visible(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void runNow() {
    model.runNow();
  }

  @FXML
  private void pause() {
    model.pause();
  }

  @FXML
  private void resume() {
    model.resume();
  }

  @FXML
  private void changeInterval() {
    model
        .current()
        .ifPresent(s ->
            IntervalForm.ask(dialogs, texts, s, asked -> model.setInterval(asked.orElse(null))));
  }

  @Override
  public void activate() {
    active = true;
    model.refresh();
    if (content.isVisible()) {
      Focus.on(sweeps);
    }
  }

  @Override
  public void deactivate() {
    active = false;
  }

  @Override
  public void refresh() {
    model.refresh();
  }
}
