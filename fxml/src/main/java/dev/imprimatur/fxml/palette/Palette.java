package dev.imprimatur.fxml.palette;

import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The palette over the window. The cursor stays in its field; the arrows go through the lines.
/// When it goes, the focus is where it was.
public final class Palette extends StackPane {
  private static final int PAGE = 8;

  private final PaletteViewModel model;
  private final TextField field = new TextField();
  private final ListView<PaletteViewModel.Line> list = new ListView<>();
  private @Nullable Node before;

  /// A line was clicked.
  static final class Chosen extends Event {
    static final EventType<Chosen> TYPE = new EventType<>(Event.ANY, "PALETTE_CHOSEN");
    private static final long serialVersionUID = 1L;

    Chosen() {
      super(TYPE);
    }
  }

  public Palette(PaletteViewModel model, Texts texts) {
    this.model = model;
    setId("palette");
    getStyleClass().add("palette-scrim");
    field.setId("palette-field");
    field.setPromptText(texts.get("palette.prompt"));
    field.setAccessibleText(texts.get("palette.title"));
    field.textProperty().bindBidirectional(model.typedProperty());
    list.setId("palette-list");
    list.setFocusTraversable(false);
    list.setAccessibleText(texts.get("palette.list"));
    list.setItems(model.lines());
    list.setCellFactory(view -> new LineCell(model, view));
    list.addEventHandler(Chosen.TYPE, event -> choose());
    var none = new Label(texts.get("palette.none"));
    none.getStyleClass().add("text-muted");
    list.setPlaceholder(none);
    var status = new Label();
    status.setId("palette-status");
    status.textProperty().bind(model.statusProperty());
    status.setMinWidth(0);
    var keys = new Label(texts.get("palette.keys"));
    keys.setMinWidth(USE_PREF_SIZE);
    var foot = new HBox(12, status, keys);
    HBox.setHgrow(status, Priority.ALWAYS);
    status.setMaxWidth(Double.MAX_VALUE);
    foot.getStyleClass().addAll("palette-foot", "text-small");
    var card = new VBox(field, list, foot);
    VBox.setVgrow(list, Priority.ALWAYS);
    card.getStyleClass().add("palette-card");
    card.setMaxSize(640, 460);
    setAlignment(card, Pos.TOP_CENTER);
    getChildren().add(card);
    setVisible(false);
    model.selectedProperty().addListener((observed, was, now) -> shown(now.intValue()));
    addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    // What the field leaves is not for the room behind.
    setOnKeyPressed(Event::consume);
    setOnKeyTyped(Event::consume);
    setOnMouseClicked(event -> {
      if (event.getTarget() == this) {
        close();
      }
      event.consume();
    });
  }

  /// Opens it, or closes it where it is open.
  ///
  /// @param commands what there is to do at this moment
  public void toggle(List<Command> commands) {
    if (isVisible()) {
      close();
      return;
    }
    Scene scene = getScene();
    before = scene == null ? null : scene.getFocusOwner();
    model.open(commands);
    setVisible(true);
    field.requestFocus();
  }

  /// Closes it; the focus goes back to where it was.
  public void close() {
    if (!isVisible()) {
      return;
    }
    Node back = before;
    before = null;
    // First: what is invisible loses the focus to whatever comes next.
    if (back != null && back.getScene() == getScene()) {
      back.requestFocus();
    }
    setVisible(false);
  }

  private void shown(int at) {
    if (at < 0) {
      list.getSelectionModel().clearSelection();
      return;
    }
    list.getSelectionModel().clearAndSelect(at);
    list.scrollTo(Math.max(0, at - PAGE / 2));
    // The field keeps the focus: what is meant is said as its help.
    field.setAccessibleHelp(model.spoken(model.lines().get(at)));
    field.notifyAccessibleAttributeChanged(AccessibleAttribute.HELP);
  }

  private void choose() {
    model
        .choose()
        .ifPresent(run -> {
          close();
          run.run();
        });
  }

  private void pressed(KeyEvent key) {
    switch (key.getCode()) {
      case DOWN -> model.move(1);
      case UP -> model.move(-1);
      case PAGE_DOWN -> model.leap(PAGE);
      case PAGE_UP -> model.leap(-PAGE);
      case ENTER -> choose();
      case ESCAPE -> close();
      // There is nowhere else to go while it is open.
      case TAB -> {}
      default -> {
        return;
      }
    }
    key.consume();
  }
}
