package dev.imprimatur.fxml;

import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Texts;
import java.net.URL;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window over one engine.
public final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  private static final double WIDTH = 1180;
  private static final double HEIGHT = 760;

  private final ConsoleSetup setup;
  private final Texts texts = Texts.standard();
  private final URL style =
      Objects.requireNonNull(Console.class.getResource("imprimatur.css"), "imprimatur.css");
  private PathChooser chooser = PathChooser.ofSystem();
  private @Nullable Workspace workspace;

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

  /// Asks for files in another way than by the system's dialogs, which no test can press.
  void choosing(PathChooser other) {
    chooser = other;
  }

  /// Builds the window on a stage and shows it. On the FX thread.
  public void show(Stage stage) {
    var dialogs =
        new Dialogs(
            texts, style, () -> ZonedDateTime.ofInstant(setup.clock().instant(), setup.zone()));
    var remembered = new Remembered(setup.remembered());
    remembered.theme().apply();
    var opened = new Workspace(setup, texts, style, dialogs, remembered, chooser);
    workspace = opened;
    var scene = new Scene(opened.root());
    scene.getStylesheets().add(style.toExternalForm());
    stage.setTitle(texts.get("window.title"));
    stage.setMinWidth(860);
    stage.setMinHeight(560);
    stage.setScene(scene);
    remembered.window(stage, WIDTH, HEIGHT);
    dialogs.over(stage);
    stage.show();
  }

  /// Records what still waits, then lets go of the engine. Not on the FX thread.
  public void close() {
    Workspace opened = workspace;
    if (opened != null) {
      var flushed = new CountDownLatch(1);
      Platform.runLater(() -> {
        opened.flush();
        flushed.countDown();
      });
      try {
        if (!flushed.await(5, TimeUnit.SECONDS)) {
          LOG.warn("the window did not answer when it was closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      opened.close();
    }
  }
}
