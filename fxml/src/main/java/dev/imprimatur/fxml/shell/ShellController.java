package dev.imprimatur.fxml.shell;

import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.fxml.article.ArticlesController;
import dev.imprimatur.fxml.article.ArticlesViewModel;
import dev.imprimatur.fxml.desk.DeskController;
import dev.imprimatur.fxml.desk.DeskViewModel;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.inbox.InboxController;
import dev.imprimatur.fxml.inbox.InboxViewModel;
import dev.imprimatur.fxml.task.FxEventBridge;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import dev.imprimatur.fxml.view.ViewLoader.Loaded;
import java.util.UUID;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The frame: puts one screen in the middle, and keeps counts and the status bar up to date
/// whichever that is.
public final class ShellController implements Navigator {
  private final Parts parts;
  private final Texts texts;
  private Theme theme;
  private @Nullable Loaded<InboxController> inbox;
  private @Nullable Loaded<DeskController> desk;
  private @Nullable Loaded<ArticlesController> articles;
  private @Nullable Screen current;
  private long jobs;

  @FXML private StackPane stage = new StackPane();
  @FXML private ToggleButton navInbox = new ToggleButton();
  @FXML private ToggleButton navArticles = new ToggleButton();
  @FXML private Label inboxCount = new Label();
  @FXML private Label articleCount = new Label();
  @FXML private Button themeSwitch = new Button();
  @FXML private Label database = new Label();
  @FXML private Label person = new Label();
  @FXML private Label work = new Label();
  @FXML private ProgressIndicator working = new ProgressIndicator();

  /// What the frame stands on.
  ///
  /// @param database its name, without a password
  /// @param person who is signed in, and as what
  public record Parts(
      ViewLoader views,
      FxTasks tasks,
      FxEventBridge bridge,
      Dialogs dialogs,
      Remembered remembered,
      Queue queue,
      InboxViewModel inbox,
      DeskViewModel desk,
      ArticlesViewModel articles,
      String database,
      String person) {}

  public ShellController(Parts parts, Texts texts) {
    this.parts = parts;
    this.texts = texts;
    this.theme = parts.remembered().theme();
  }

  @FXML
  private void initialize() {
    database.setText(parts.database());
    person.setText(parts.person());
    inboxCount.textProperty().bind(parts.inbox().pendingProperty().asString());
    articleCount.textProperty().bind(parts.articles().countProperty().asString());
    parts.inbox().pendingProperty().addListener((observed, before, now) -> name());
    name();
    showTheme();
    parts.tasks().running().addListener((InvalidationListener) observed -> showWork());
    showWork();
    parts.bridge().subscribe(this::refresh);
  }

  /// Shows the first screen. Not at construction: screens ask the frame for the way.
  public void start() {
    inbox = parts.views().load(InboxController.class);
    desk = parts.views().load(DeskController.class);
    articles = parts.views().load(ArticlesController.class);
    openInbox();
    refresh();
  }

  private void name() {
    int pending = parts.inbox().pendingProperty().get();
    navInbox.setAccessibleText(texts.get("nav.inbox.spoken", pending));
  }

  private void refresh() {
    parts.inbox().refresh();
    parts.articles().refresh();
    if (desk != null && current == desk.controller()) {
      parts.desk().refresh();
    }
    parts
        .tasks()
        .runQuietly(texts.get("task.queue"), () -> parts.queue().stats())
        .onSuccess(stats -> {
          jobs =
              stats.byStatus().getOrDefault(JobStatus.PENDING, 0L)
                  + stats.byStatus().getOrDefault(JobStatus.RUNNING, 0L);
          showWork();
        })
        .onFailure(why -> work.setText(texts.get("status.offline")));
  }

  private void showWork() {
    var running = parts.tasks().running();
    boolean busy = !running.isEmpty() || jobs > 0;
    working.setVisible(busy);
    if (!running.isEmpty()) {
      work.setText(running.getFirst().name());
    } else {
      work.setText(jobs > 0 ? texts.get("status.jobs", jobs) : texts.get("status.idle"));
    }
  }

  @Override
  @FXML
  public void openInbox() {
    navInbox.setSelected(true);
    if (inbox != null) {
      show(inbox);
    }
  }

  @FXML
  private void openArticles() {
    navArticles.setSelected(true);
    if (articles != null) {
      show(articles);
    }
  }

  @Override
  public void openDesk(UUID escalation) {
    if (desk != null) {
      show(desk);
      desk.controller().open(escalation);
    }
  }

  private void show(Loaded<? extends Screen> screen) {
    if (current == screen.controller()) {
      return;
    }
    if (current != null) {
      current.deactivate();
    }
    current = screen.controller();
    stage.getChildren().setAll(screen.root());
    current.activate();
  }

  @FXML
  private void switchTheme() {
    theme = theme.other();
    theme.apply();
    showTheme();
    Theme chosen = theme;
    parts
        .tasks()
        .runQuietly(
            texts.get("task.remember"),
            () -> {
              parts.remembered().keep(chosen);
              return chosen;
            });
  }

  private void showTheme() {
    themeSwitch.setText(texts.get(theme == Theme.LIGHT ? "theme.dark" : "theme.light"));
  }

  @FXML
  private void showKeys() {
    parts.dialogs().keys();
  }

  @FXML
  private void typed(KeyEvent event) {
    if (event.getTarget() instanceof TextInputControl) {
      return;
    }
    if (event.getCharacter().equals("?")) {
      showKeys();
      event.consume();
    } else if (event.getCharacter().equals("/") && inbox != null && current == inbox.controller()) {
      inbox.controller().focusSearch();
      event.consume();
    }
  }
}
