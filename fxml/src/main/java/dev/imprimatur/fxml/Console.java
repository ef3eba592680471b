package dev.imprimatur.fxml;

import dev.imprimatur.fxml.article.ArticlesController;
import dev.imprimatur.fxml.article.ArticlesViewModel;
import dev.imprimatur.fxml.desk.DeskController;
import dev.imprimatur.fxml.desk.DeskViewModel;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.inbox.InboxController;
import dev.imprimatur.fxml.inbox.InboxViewModel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.shell.Remembered;
import dev.imprimatur.fxml.shell.ShellController;
import dev.imprimatur.fxml.task.FxEventBridge;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import java.net.URL;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window over one engine.
public final class Console {
  private static final double WIDTH = 1180;
  private static final double HEIGHT = 760;

  private final ConsoleSetup setup;
  private final Texts texts = Texts.standard();
  private final URL style =
      Objects.requireNonNull(Console.class.getResource("imprimatur.css"), "imprimatur.css");
  private @Nullable FxEventBridge bridge;

  public Console(ConsoleSetup setup) {
    this.setup = setup;
  }

  /// That there is no display to open a window on.
  public static final class NoDisplay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDisplay(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// Opens the window and waits until it is closed.
  ///
  /// @param stop given a way to end the waiting from elsewhere, such as a signal
  /// @throws NoDisplay if there is no display to open it on
  public void run(Consumer<Runnable> stop) throws InterruptedException {
    var closed = new CountDownLatch(1);
    var asked = new AtomicBoolean();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    try {
      Platform.startup(() -> open(closed, failure));
    } catch (UnsupportedOperationException e) {
      throw new NoDisplay(e);
    }
    stop.accept(() -> {
      asked.set(true);
      closed.countDown();
    });
    closed.await();
    close();
    if (!asked.get()) {
      // When the process is ending, JavaFX ends itself, and asking it to would wait for ever.
      Platform.exit();
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private void open(CountDownLatch closed, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      var stage = new Stage();
      show(stage);
      stage.setOnHidden(event -> closed.countDown());
    } catch (RuntimeException e) {
      failure.set(e);
      closed.countDown();
    }
  }

  /// Builds the window on a stage and shows it. On the FX thread.
  public void show(Stage stage) {
    var dialogs = new Dialogs(texts, style);
    var tasks = new FxTasks(dialogs::failure);
    var words = new DecisionWords(texts, setup.zone());
    var events = new FxEventBridge(setup.engine().wakeUps(), Platform::runLater);
    bridge = events;
    var views = new ViewLoader(texts);
    var remembered = new Remembered(setup.remembered());
    var review = setup.engine().review();
    var inbox = new InboxViewModel(review.escalations(), tasks, texts, words);
    var desk = new DeskViewModel(setup.engine(), tasks, texts, words, setup.me());
    var articles = new ArticlesViewModel(review.articles(), tasks, texts);
    var shell =
        new ShellController(
            new ShellController.Parts(
                views,
                tasks,
                events,
                dialogs,
                remembered,
                setup.engine().queue(),
                inbox,
                desk,
                articles,
                database(),
                texts.get("status.person", setup.me(), roles())),
            texts);
    Navigator way = shell;
    views.register(ShellController.class, () -> shell);
    views.register(
        InboxController.class,
        () -> new InboxController(inbox, texts, dialogs, way, setup.clock()));
    views.register(
        DeskController.class, () -> new DeskController(desk, texts, words, dialogs, way));
    views.register(ArticlesController.class, () -> new ArticlesController(articles, texts, words));

    remembered.theme().apply();
    var scene = new Scene(views.load(ShellController.class).root(), WIDTH, HEIGHT);
    scene.getStylesheets().add(style.toExternalForm());
    stage.setTitle(texts.get("window.title"));
    stage.setMinWidth(860);
    stage.setMinHeight(560);
    stage.setScene(scene);
    dialogs.over(stage);
    shell.start();
    events.start();
    stage.show();
  }

  private String database() {
    String server = setup.server();
    return server == null ? texts.get("status.local") : server;
  }

  private String roles() {
    return setup.roles().isEmpty()
        ? texts.get("status.norole")
        : String.join(", ", setup.roles().stream().map(r -> texts.code("role", r)).toList());
  }

  /// Lets go of the engine's bell.
  public void close() {
    if (bridge != null) {
      bridge.close();
    }
  }
}
