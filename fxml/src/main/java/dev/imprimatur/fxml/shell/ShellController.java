package dev.imprimatur.fxml.shell;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.article.ArticlesController;
import dev.imprimatur.fxml.assessment.AssessmentsController;
import dev.imprimatur.fxml.desk.DeskController;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.inbox.InboxController;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.NoticeBar;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.palette.Found;
import dev.imprimatur.fxml.palette.Palette;
import dev.imprimatur.fxml.palette.PaletteViewModel;
import dev.imprimatur.fxml.palette.Recent;
import dev.imprimatur.fxml.queue.QueueController;
import dev.imprimatur.fxml.suggestion.SuggestionsController;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.tour.ToursController;
import dev.imprimatur.fxml.undo.UndoBar;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.Theme;
import dev.imprimatur.fxml.view.ViewLoader;
import dev.imprimatur.fxml.view.ViewLoader.Loaded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The frame: puts one screen in the middle, and keeps counts, notices and the status bar in sight
/// whichever that is.
public final class ShellController implements Navigator {
  private final Parts parts;
  private final Texts texts;
  private final Map<Class<? extends Screen>, NavItem> items = new HashMap<>();
  private final Map<Class<? extends Screen>, Loaded<? extends Screen>> screens = new HashMap<>();
  private Theme theme;
  private @Nullable Screen current;

  private @Nullable Palette palette;

  @FXML private StackPane root = new StackPane();
  @FXML private StackPane stage = new StackPane();
  @FXML private VBox rooms = new VBox();
  @FXML private VBox foot = new VBox();
  @FXML private HBox statusBar = new HBox();
  @FXML private VBox noticePlace = new VBox();
  @FXML private Button themeSwitch = new Button();
  @FXML private Button database = new Button();
  @FXML private Label person = new Label();

  /// What the frame stands on.
  ///
  /// @param rooms where the navigation leads to, group by group; the first is shown at the start
  /// @param finder what the palette finds in the database
  /// @param database its name, without a password
  /// @param person who is signed in, and as what
  /// @param changeDatabase leads to another database; null where there is no way
  public record Parts(
      ViewLoader views,
      FxTasks tasks,
      Dialogs dialogs,
      Remembered remembered,
      Counts counts,
      Notices notices,
      UndoQueue undo,
      List<Room> rooms,
      Found.Finder finder,
      String database,
      String person,
      @Nullable Runnable changeDatabase) {}

  public ShellController(Parts parts, Texts texts) {
    this.parts = parts;
    this.texts = texts;
    this.theme = parts.remembered().theme();
  }

  @FXML
  private void initialize() {
    showDatabase();
    person.setText(parts.person());
    for (Room.Group group : Room.Group.values()) {
      var head = new Label(texts.code("nav", Code.of(group)));
      head.getStyleClass().add("nav-group");
      rooms.getChildren().add(head);
      parts.rooms().stream().filter(room -> room.group() == group).forEach(this::offer);
    }
    var notice = new NoticeBar(texts.bundle());
    notice.setId("notice");
    notice.noticeProperty().bindBidirectional(parts.notices().noticeProperty());
    noticePlace.getChildren().addAll(stale(), notice);
    foot.getChildren().addFirst(new UndoBar(parts.undo(), texts));
    statusBar.getChildren().add(new WorkStatus(parts.tasks(), parts.counts(), texts));
    showTheme();
    var commands =
        new PaletteViewModel(
            parts.finder(),
            parts.tasks(),
            texts,
            new Recent(parts.remembered(), parts.database()),
            this::open,
            this::lookInQueue);
    var over = new Palette(commands, texts);
    palette = over;
    root.getChildren().add(over);
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::paletteKey);
  }

  // A filter: wherever the cursor is, also in a field that knows the key.
  private void paletteKey(KeyEvent key) {
    if (key.getCode() == KeyCode.K
        && key.isShortcutDown()
        && !key.isShiftDown()
        && !key.isAltDown()) {
      togglePalette();
      key.consume();
    }
  }

  @FXML
  private void togglePalette() {
    if (palette != null) {
      palette.toggle(
          ShellCommands.of(parts, texts, stage, current, this, this::switchTheme, this::showKeys));
    }
  }

  private void open(Found found) {
    switch (found.kind()) {
      case ARTICLE -> openArticle(found.id());
      case ESCALATION -> openDesk(found.id());
      case BATCH -> openBatch(found.id());
      case TOUR -> openTour(found.id());
      case JOB -> lookInQueue(found.id().toString());
      case HERE, ROOM, EVERYWHERE -> throw new IllegalArgumentException("nothing to show");
    }
  }

  private void lookInQueue(String words) {
    show(QueueController.class).lookFor(words);
  }

  private void offer(Room room) {
    var item = new NavItem(room, texts, () -> show(room.screen()));
    items.put(room.screen(), item);
    rooms.getChildren().add(item);
  }

  private void showDatabase() {
    Runnable change = parts.changeDatabase();
    database.setText(parts.database());
    database.setDisable(change == null);
    if (change != null) {
      database.setAccessibleText(texts.get("change.spoken", parts.database()));
      database.setTooltip(new Tooltip(texts.get("change.button")));
      database.setOnAction(event -> change.run());
    }
  }

  private Label stale() {
    var stale = new Label(texts.get("status.stale"));
    stale.setId("stale");
    stale.setWrapText(true);
    stale.setMaxWidth(Double.MAX_VALUE);
    stale.getStyleClass().addAll("notice", "notice-is-refused");
    stale.visibleProperty().bind(parts.counts().connectedProperty().not());
    stale.managedProperty().bind(stale.visibleProperty());
    return stale;
  }

  /// Shows the first screen. Not at construction: screens ask the frame for the way.
  public void start() {
    show(parts.rooms().getFirst().screen());
    parts.counts().refresh();
  }

  /// Something has changed: counts what there is anew and lets the screen in sight look again.
  public void refresh() {
    parts.counts().refresh();
    if (current != null) {
      current.refresh();
    }
  }

  /// The window leaves: the screen in sight works no more.
  public void leave() {
    if (current != null) {
      current.deactivate();
      current = null;
    }
  }

  /// Puts a screen in the middle, made when it is first asked for.
  private <C extends Screen> C show(Class<C> type) {
    Loaded<? extends Screen> screen = screens.computeIfAbsent(type, t -> parts.views().load(t));
    NavItem item = items.get(type);
    if (item != null) {
      // Not a group of toggles: there the arrows mark another without opening it.
      items.values().forEach(each -> each.setSelected(each == item));
    }
    if (current != screen.controller()) {
      if (current != null) {
        current.deactivate();
      }
      current = screen.controller();
      stage.getChildren().setAll(screen.root());
      current.activate();
    }
    return type.cast(screen.controller());
  }

  @Override
  public void openInbox() {
    show(InboxController.class);
  }

  @Override
  public void openDesk(UUID escalation) {
    show(DeskController.class).open(escalation);
  }

  @Override
  public void openArticles() {
    show(ArticlesController.class);
  }

  @Override
  public void openArticle(UUID article) {
    show(ArticlesController.class).open(article);
  }

  @Override
  public void openSuggestions() {
    show(SuggestionsController.class);
  }

  @Override
  public void openSuggestion(UUID suggestion) {
    show(SuggestionsController.class).open(suggestion);
  }

  @Override
  public void openBatch(UUID batch) {
    show(AssessmentsController.class).open(batch);
  }

  @Override
  public void openTour(UUID tour) {
    show(ToursController.class).open(tour);
  }

  @Override
  public void openRoom(String id) {
    parts.rooms().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .ifPresent(r -> show(r.screen()));
  }

  @FXML
  private void switchTheme() {
    theme = theme.next();
    theme.apply();
    parts.remembered().keep(theme);
    showTheme();
  }

  private void showTheme() {
    themeSwitch.setText(texts.code("theme", theme.code()));
  }

  @FXML
  private void showKeys() {
    parts.dialogs().keys(ShellCommands.room(parts.rooms(), current));
  }

  @FXML
  private void typed(KeyEvent event) {
    if (event.getTarget() instanceof TextInputControl) {
      return;
    }
    switch (event.getCharacter()) {
      case "?" -> {
        showKeys();
        event.consume();
      }
      case "u" -> {
        if (parts.undo().undo()) {
          event.consume();
        }
      }
      case "/" -> {
        if (current != null && current.search()) {
          event.consume();
        }
      }
      default -> {}
    }
  }

  // Control and a digit lead to a room, in the order in which rooms were built; 0 to the tenth. Who
  // knows a room by its digit keeps it, whatever is built later.
  @FXML
  private void pressed(KeyEvent event) {
    if (!event.isShortcutDown() || event.getText().length() != 1) {
      return;
    }
    int number = (event.getText().charAt(0) - '1' + 10) % 10;
    if (!Character.isDigit(event.getText().charAt(0))) {
      return;
    }
    if (number >= 0 && number < parts.rooms().size()) {
      show(parts.rooms().get(number).screen());
      event.consume();
    }
  }
}
