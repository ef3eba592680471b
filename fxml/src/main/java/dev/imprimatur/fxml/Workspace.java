package dev.imprimatur.fxml;

import dev.imprimatur.fxml.article.ArticlesController;
import dev.imprimatur.fxml.article.ArticlesViewModel;
import dev.imprimatur.fxml.desk.DeskController;
import dev.imprimatur.fxml.desk.DeskViewModel;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.inbox.InboxController;
import dev.imprimatur.fxml.inbox.InboxViewModel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.shell.Counts;
import dev.imprimatur.fxml.shell.Remembered;
import dev.imprimatur.fxml.shell.Room;
import dev.imprimatur.fxml.shell.ShellController;
import dev.imprimatur.fxml.task.FxEventBridge;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// Everything in the window that stands on one open engine: its tasks, its view models, its
/// screens. On the FX thread.
final class Workspace implements AutoCloseable {
  private final FxEventBridge bridge;
  private final UndoQueue undo;
  private final Parent root;
  private final FxTasks tasks;
  private boolean left;

  /// @param change leads to another database; null where there is no way
  Workspace(
      ConsoleSetup setup,
      Texts texts,
      Dialogs dialogs,
      Remembered remembered,
      @Nullable Runnable change) {
    var engine = setup.engine();
    var review = engine.review();
    // Once the window has left, what was only to be looked at may fail unheard.
    tasks =
        new FxTasks((name, failure) -> {
          if (!left) {
            dialogs.failure(name, failure);
          }
        });
    var words = new DecisionWords(texts, setup.zone());
    var notices = new Notices();
    var counts = new Counts(engine, tasks, texts);
    undo = new UndoQueue(setup.undo());
    bridge = new FxEventBridge(engine.wakeUps(), engine::changeMark, Platform::runLater);

    var inbox = new InboxViewModel(review.escalations(), tasks, texts, words, notices);
    var desk = new DeskViewModel(engine, tasks, texts, words, notices, setup.me());
    var articles = new ArticlesViewModel(review.articles(), tasks, texts);

    var views = new ViewLoader(texts);
    var rooms =
        List.of(
            new Room("inbox", InboxController.class, counts.escalationsProperty(), true),
            new Room("articles", ArticlesController.class, counts.articlesProperty(), false));
    var shell =
        new ShellController(
            new ShellController.Parts(
                views,
                tasks,
                dialogs,
                remembered,
                counts,
                notices,
                undo,
                rooms,
                database(setup, texts),
                texts.get("status.person", setup.me(), roles(setup, texts)),
                change),
            texts);
    Navigator way = shell;
    views.register(ShellController.class, () -> shell);
    views.register(
        InboxController.class,
        () -> new InboxController(inbox, texts, dialogs, way, setup.clock()));
    views.register(
        DeskController.class, () -> new DeskController(desk, texts, words, dialogs, way));
    views.register(ArticlesController.class, () -> new ArticlesController(articles, texts, words));

    root = views.load(ShellController.class).root();
    bridge.subscribe(shell::refresh);
    shell.start();
    bridge.start();
  }

  /// What to show.
  Parent root() {
    return root;
  }

  private static String database(ConsoleSetup setup, Texts texts) {
    String server = setup.server();
    return server == null ? texts.get("status.local") : server;
  }

  private static String roles(ConsoleSetup setup, Texts texts) {
    return setup.roles().isEmpty()
        ? texts.get("status.norole")
        : String.join(", ", setup.roles().stream().map(r -> texts.code("role", r)).toList());
  }

  /// Records what still waits, and lets go of the engine's bell.
  ///
  /// @return done when the last decision is recorded
  CompletableFuture<Void> leave() {
    close();
    var recorded = new CompletableFuture<Void>();
    InvalidationListener look =
        observed -> {
          if (tasks.running().isEmpty()) {
            recorded.complete(null);
          }
        };
    tasks.running().addListener(look);
    look.invalidated(tasks.running());
    return recorded;
  }

  @Override
  public void close() {
    undo.flush();
    left = true;
    bridge.close();
  }
}
