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
import dev.imprimatur.fxml.suggestion.SuggestionListModel;
import dev.imprimatur.fxml.suggestion.SuggestionViewModel;
import dev.imprimatur.fxml.suggestion.SuggestionsController;
import dev.imprimatur.fxml.task.FxEventBridge;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Parent;

/// Everything in the window that stands on one open engine: its tasks, its view models, its
/// screens. On the FX thread.
final class Workspace implements AutoCloseable {
  private final FxEventBridge bridge;
  private final UndoQueue undo;
  private final Parent root;

  Workspace(ConsoleSetup setup, Texts texts, Dialogs dialogs, Remembered remembered) {
    var engine = setup.engine();
    var review = engine.review();
    var tasks = new FxTasks(dialogs::failure);
    var words = new DecisionWords(texts, setup.zone());
    var notices = new Notices();
    var counts = new Counts(engine, tasks, texts);
    undo = new UndoQueue(setup.undo());
    bridge = new FxEventBridge(engine.wakeUps(), engine::changeMark, Platform::runLater);

    var inbox = new InboxViewModel(review.escalations(), tasks, texts, words, notices);
    var desk = new DeskViewModel(engine, tasks, texts, words, notices, setup.me());
    var articles = new ArticlesViewModel(review.articles(), tasks, texts);

    var suggestions = new SuggestionListModel(review.rewrites(), tasks, texts, Platform::runLater);
    var suggestion = new SuggestionViewModel(engine, tasks, texts, words, notices, undo);

    var views = new ViewLoader(texts);
    var rooms =
        List.of(
            new Room("inbox", InboxController.class, counts.escalationsProperty(), true),
            new Room("articles", ArticlesController.class, counts.articlesProperty(), false),
            new Room(
                "suggestions", SuggestionsController.class, counts.suggestionsProperty(), true));
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
                texts.get("status.person", setup.me(), roles(setup, texts))),
            texts);
    Navigator way = shell;
    views.register(ShellController.class, () -> shell);
    views.register(
        InboxController.class,
        () -> new InboxController(inbox, texts, dialogs, way, setup.clock()));
    views.register(
        DeskController.class, () -> new DeskController(desk, texts, words, dialogs, way));
    views.register(ArticlesController.class, () -> new ArticlesController(articles, texts, words));

    views.register(
        SuggestionsController.class,
        () -> new SuggestionsController(suggestions, suggestion, texts, words, dialogs, way));

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
  @Override
  public void close() {
    undo.flush();
    bridge.close();
  }
}
