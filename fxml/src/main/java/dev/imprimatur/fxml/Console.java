package dev.imprimatur.fxml;

import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.start.OpenDatabase;
import dev.imprimatur.fxml.task.UncaughtFailures;
import dev.imprimatur.fxml.view.Texts;
import java.net.URL;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window: the start until a database is open, then the workspace over it.
public final class Console {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final long LAST_WORDS_SECONDS = 2;

  private final @Nullable ConsoleStart start;
  private final @Nullable ConsoleSetup setup;
  private final Remembered kept;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Texts texts = Texts.standard();
  private final URL style =
      Objects.requireNonNull(Console.class.getResource("imprimatur.css"), "imprimatur.css");
  private PathChooser chooser = PathChooser.ofSystem();
  private @Nullable Contents contents;

  /// A window that begins with choosing a database.
  public Console(ConsoleStart start) {
    this.start = start;
    this.setup = null;
    this.kept = new Remembered(start.remembered());
    this.clock = start.clock();
    this.zone = start.zone();
  }

  /// A window over an engine that somebody else has opened and will close.
  public Console(ConsoleSetup setup) {
    this.start = null;
    this.setup = setup;
    this.kept = new Remembered(setup.remembered());
    this.clock = setup.clock();
    this.zone = setup.zone();
  }

  /// That there is no display to open a window on.
  public static final class NoDisplay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDisplay(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// Opens the window and waits until it is closed and everything in it has been put away.
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

  /// Known before anybody can tell: JavaFX ends at the same moment as we hear of it.
  private static boolean processEnds() {
    var probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void open(CountDownLatch closed, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      // The last window is not the end: what stands behind it is put away after it.
      Platform.setImplicitExit(false);
      var stage = new Stage();
      Dialogs dialogs = showOn(stage);
      // Later: a dialog must not be opened while a frame is drawn.
      Thread.currentThread()
          .setUncaughtExceptionHandler(
              new UncaughtFailures(
                  texts.get("task.window"),
                  (name, e) -> Platform.runLater(() -> dialogs.failure(name, e)),
                  Console::processEnds));
      stage.setOnHidden(event -> closed.countDown());
    } catch (RuntimeException e) {
      failure.set(e);
      closed.countDown();
    }
  }

  /// Asks for files in another way than by the system's dialogs, which no test can press.
  void choosing(PathChooser other) {
    chooser = other;
  }

  private ZonedDateTime now() {
    return ZonedDateTime.ofInstant(clock.instant(), zone);
  }

  /// Builds the window on a stage and shows it. On the FX thread.
  public void show(Stage stage) {
    showOn(stage);
  }

  /// @return what opens dialogs over it
  private Dialogs showOn(Stage stage) {
    kept.theme().apply();
    var dialogs = new Dialogs(texts, style, this::now);
    var frame = new StackPane();
    var opened = new Contents(frame, texts, style, dialogs, kept, chooser, start);
    contents = opened;
    var scene = new Scene(frame);
    scene.getStylesheets().add(style.toExternalForm());
    stage.setTitle(texts.get("window.title"));
    stage.setMinWidth(860);
    stage.setMinHeight(560);
    stage.setScene(scene);
    kept.window(stage, WIDTH, HEIGHT);
    dialogs.over(stage);
    if (setup != null) {
      opened.work(setup);
    } else {
      opened.begin();
    }
    stage.setOnCloseRequest(event -> {
      event.consume();
      opened.finish(stage::hide);
    });
    stage.show();
    return dialogs;
  }

  /// Puts everything away, if the window has not done so itself. Not on the FX thread, unless the
  /// engine is somebody else's.
  public void close() {
    Contents opened = contents;
    if (opened == null) {
      return;
    }
    if (Platform.isFxApplicationThread()) {
      opened.leave();
      return;
    }
    var left = new CountDownLatch(1);
    var database = new AtomicReference<@Nullable OpenDatabase>();
    try {
      Platform.runLater(() -> {
        database.set(opened.leave());
        left.countDown();
      });
      // When the process is ending, JavaFX may have ended before.
      if (!left.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        database.set(opened.database());
      }
    } catch (IllegalStateException e) {
      database.set(opened.database());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    opened.putAway(database.get());
    if (start != null) {
      start.databases().close();
    }
  }
}
