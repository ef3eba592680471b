package dev.imprimatur.fxml;

import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.start.OpenDatabase;
import dev.imprimatur.fxml.start.StartController;
import dev.imprimatur.fxml.start.StartViewModel;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import java.net.URL;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// What the window's frame holds: the start, a workspace, or the word that work is being brought to
/// its end. On the FX thread, but for what says otherwise.
final class Contents {
  /// Who closes sooner than this sees no change.
  private static final Duration A_MOMENT = Duration.millis(300);

  private final StackPane frame;
  private final Texts texts;
  private final URL style;
  private final PathChooser chooser;
  private final Dialogs dialogs;
  private final Remembered remembered;
  private final @Nullable ConsoleStart start;
  private volatile @Nullable OpenDatabase database;
  private volatile @Nullable Workspace ending;
  private volatile @Nullable Workspace workspace;
  private @Nullable StartViewModel choosing;
  private boolean finishing;

  Contents(
      StackPane frame,
      Texts texts,
      URL style,
      Dialogs dialogs,
      Remembered remembered,
      PathChooser chooser,
      @Nullable ConsoleStart start) {
    this.frame = frame;
    this.texts = texts;
    this.style = style;
    this.chooser = chooser;
    this.dialogs = dialogs;
    this.remembered = remembered;
    this.start = start;
  }

  /// Shows the start, which does what it does first.
  void begin() {
    if (start != null) {
      showStart(start).begin();
    }
  }

  private void ask() {
    if (start != null) {
      showStart(start).ask();
    }
  }

  private StartViewModel showStart(ConsoleStart from) {
    var model =
        new StartViewModel(
            from.databases(),
            new FxTasks(dialogs::failure),
            texts,
            Platform::runLater,
            this::opened);
    choosing = model;
    var views = new ViewLoader(texts);
    views.register(StartController.class, () -> new StartController(model, texts));
    frame.getChildren().setAll(views.load(StartController.class).root());
    return model;
  }

  private void opened(OpenDatabase open) {
    if (start == null) {
      return;
    }
    database = open;
    try {
      work(
          new ConsoleSetup(
              open.engine(),
              open.server(),
              open.me(),
              open.roles(),
              start.remembered(),
              start.clock(),
              start.zone(),
              start.undo()));
    } catch (RuntimeException e) {
      finish(this::ask);
      throw e;
    }
  }

  /// Shows a workspace over an open engine.
  void work(ConsoleSetup setup) {
    Runnable change = start == null ? null : () -> askToChange(setup);
    var opened = new Workspace(setup, texts, style, dialogs, remembered, chooser, change);
    workspace = opened;
    choosing = null;
    frame.getChildren().setAll(opened.root());
  }

  private void askToChange(ConsoleSetup setup) {
    String server = setup.server();
    dialogs.confirm(
        texts.get("change.title"),
        texts.get("change.header", server == null ? texts.get("start.opening.local") : server),
        texts.get("change.text"),
        texts.get("change.confirm"),
        () -> finish(this::ask));
  }

  /// Brings everything to its end, away from the FX thread, and says so if that takes more than a
  /// moment.
  ///
  /// @param then what comes after it
  void finish(Runnable then) {
    if (finishing) {
      return;
    }
    finishing = true;
    OpenDatabase open = leave();
    frame.getChildren().forEach(node -> node.setDisable(true));
    var moment = new PauseTransition(A_MOMENT);
    moment.setOnFinished(event -> frame.getChildren().setAll(finishingView()));
    moment.play();
    Thread.ofPlatform()
        .name("window-finish")
        .start(() -> {
          List<String> unrecorded = List.of();
          try {
            unrecorded = putAway(open);
          } finally {
            List<String> told = unrecorded;
            Platform.runLater(() -> {
              moment.stop();
              finishing = false;
              dialogs.unrecorded(told, then);
            });
          }
        });
  }

  private VBox finishingView() {
    var head = new Label(texts.get("finish.head"));
    head.setId("finishing");
    head.getStyleClass().add("blank-head");
    var text = new Label(texts.get("finish.text"));
    text.getStyleClass().add("text-muted");
    var spinner = new ProgressIndicator();
    spinner.setMaxSize(28, 28);
    spinner.setAccessibleText(texts.get("finish.head"));
    var all = new VBox(10, spinner, head, text);
    all.setAlignment(Pos.CENTER);
    all.getStyleClass().add("finishing");
    return all;
  }

  /// Calls off an opening, records what still waits, and lets go of the workspace.
  ///
  /// @return the database to be [put away][#putAway], or null
  @Nullable OpenDatabase leave() {
    if (choosing != null) {
      choosing.leave();
      choosing = null;
    }
    Workspace left = workspace;
    if (left != null) {
      ending = left;
      workspace = null;
      left.leave();
    }
    return database;
  }

  /// The database that is open, or null.
  @Nullable OpenDatabase database() {
    return database;
  }

  /// Waits for the last calls, then ends worker and database. Not on the FX thread; of several
  /// calls the first does it.
  ///
  /// @return a line for each decision that could not be recorded
  synchronized List<String> putAway(@Nullable OpenDatabase open) {
    // Where the FX thread no longer answers, nobody has left the workspace.
    Workspace left = ending != null ? ending : workspace;
    ending = null;
    workspace = null;
    try {
      return left == null ? List.of() : left.end();
    } finally {
      if (open != null && open == database) {
        open.close();
        database = null;
      }
    }
  }
}
