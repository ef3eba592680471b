package dev.imprimatur.fxml;

import dev.imprimatur.fxml.action.EscalationActions;
import dev.imprimatur.fxml.article.ArticleDetailController;
import dev.imprimatur.fxml.article.ArticleViewModel;
import dev.imprimatur.fxml.article.ArticlesController;
import dev.imprimatur.fxml.article.ArticlesViewModel;
import dev.imprimatur.fxml.article.Evaluating;
import dev.imprimatur.fxml.article.ImportResultsController;
import dev.imprimatur.fxml.article.ImportViewModel;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.assessment.AssessmentsController;
import dev.imprimatur.fxml.assessment.AssessmentsViewModel;
import dev.imprimatur.fxml.assessment.BatchViewModel;
import dev.imprimatur.fxml.assessment.BatchWords;
import dev.imprimatur.fxml.assessment.CreateViewModel;
import dev.imprimatur.fxml.desk.DeskController;
import dev.imprimatur.fxml.desk.DeskViewModel;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.diff.DiffView;
import dev.imprimatur.fxml.inbox.InboxController;
import dev.imprimatur.fxml.inbox.InboxViewModel;
import dev.imprimatur.fxml.judging.JudgingController;
import dev.imprimatur.fxml.judging.JudgingViewModel;
import dev.imprimatur.fxml.lock.LocksController;
import dev.imprimatur.fxml.lock.LocksViewModel;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.metric.MetricsController;
import dev.imprimatur.fxml.metric.MetricsViewModel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.outbox.EventViewModel;
import dev.imprimatur.fxml.outbox.OutboxController;
import dev.imprimatur.fxml.outbox.OutboxViewModel;
import dev.imprimatur.fxml.palette.EngineFinder;
import dev.imprimatur.fxml.queue.JobViewModel;
import dev.imprimatur.fxml.queue.LayoutViewModel;
import dev.imprimatur.fxml.queue.QueueController;
import dev.imprimatur.fxml.queue.QueueViewModel;
import dev.imprimatur.fxml.shell.Counts;
import dev.imprimatur.fxml.shell.Room;
import dev.imprimatur.fxml.shell.ShellController;
import dev.imprimatur.fxml.stuck.InspectorViewModel;
import dev.imprimatur.fxml.stuck.StuckController;
import dev.imprimatur.fxml.stuck.StuckViewModel;
import dev.imprimatur.fxml.suggestion.SuggestionListModel;
import dev.imprimatur.fxml.suggestion.SuggestionViewModel;
import dev.imprimatur.fxml.suggestion.SuggestionsController;
import dev.imprimatur.fxml.sweep.SweepsController;
import dev.imprimatur.fxml.sweep.SweepsViewModel;
import dev.imprimatur.fxml.task.FxEventBridge;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.today.TodayController;
import dev.imprimatur.fxml.today.TodayViewModel;
import dev.imprimatur.fxml.tour.TourViewModel;
import dev.imprimatur.fxml.tour.ToursController;
import dev.imprimatur.fxml.tour.ToursViewModel;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.fxml.view.ViewLoader;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.SimpleLongProperty;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything in the window that stands on one open engine: its tasks, its view models, its
/// screens. On the FX thread.
final class Workspace {
  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
  private final FxEventBridge bridge;
  private static final Duration LAST_CALLS = Duration.ofSeconds(15);

  /// How often whole tables are counted while their screen is in sight and something changes.
  private static final Duration COUNTING = Duration.ofSeconds(5);

  private final FxTasks tasks;
  private final UndoQueue undo;
  private final Remembered remembered;
  private final Parent root;
  private final ShellController shell;
  private final DecisionWords words;
  private final JudgingViewModel judging;
  private volatile boolean left;

  /// @param change leads to another database; null where there is no way
  Workspace(
      ConsoleSetup setup,
      Texts texts,
      URL style,
      Dialogs dialogs,
      Remembered remembered,
      PathChooser chooser,
      @Nullable Runnable change) {
    var engine = setup.engine();
    var review = engine.review();
    this.remembered = remembered;
    // Once the window has left, what was only to be looked at may fail unheard.
    tasks =
        new FxTasks((name, failure) -> {
          if (!left) {
            dialogs.failure(name, failure);
          }
        });
    words = new DecisionWords(texts, setup.zone());
    var notices = new Notices();
    var counts = new Counts(engine, tasks, texts);
    undo = new UndoQueue(setup.undo());
    bridge = new FxEventBridge(engine.wakeUps(), engine::changeMark, Platform::runLater);

    var actions = new EscalationActions(review, tasks, undo, notices, dialogs, texts, words);
    var inbox = new InboxViewModel(review.escalations(), tasks, texts);
    var desk = new DeskViewModel(engine, tasks, texts, words, notices, actions, setup.me());
    var articles = new ArticlesViewModel(review.articles(), tasks, texts);
    var evaluating = new Evaluating(engine, tasks, texts, notices);
    var article =
        new ArticleViewModel(
            new ArticleViewModel.Parts(
                engine, tasks, texts, words, notices, undo, evaluating, setup.me()));
    var imports =
        new ImportViewModel(
            review.imports(), tasks, texts, notices, evaluating, Platform::runLater);

    var suggestions = new SuggestionListModel(review.rewrites(), tasks, texts);
    var suggestion = new SuggestionViewModel(engine, tasks, texts, words, notices, undo);

    var outbox = new OutboxViewModel(engine.outbox(), tasks, texts);
    var event = new EventViewModel(engine, tasks, texts, words, notices);

    var queue = new QueueViewModel(engine.jobs(), tasks, texts);
    var job = new JobViewModel(engine.jobs(), tasks, texts, words, notices);

    var layouts = new LayoutViewModel(engine, tasks, texts, words, notices);

    var views = new ViewLoader(texts);
    var rooms =
        List.of(
            new Room("inbox", InboxController.class, counts.escalationsProperty(), true),
            new Room("articles", ArticlesController.class, counts.articlesProperty(), false),
            new Room(
                "suggestions", SuggestionsController.class, counts.suggestionsProperty(), true),
            new Room("assessments", AssessmentsController.class, counts.batchesProperty(), false),
            new Room("judging", JudgingController.class, counts.pairsToJudgeProperty(), true),
            new Room(
                Room.Group.ADMIN, "queue", QueueController.class, counts.jobsProperty(), false),
            new Room(
                Room.Group.ADMIN,
                "outbox",
                OutboxController.class,
                counts.deadDeliveriesProperty(),
                true),
            new Room(
                Room.Group.ADMIN,
                "sweeps",
                SweepsController.class,
                counts.failingSweepsProperty(),
                true),
            new Room(
                Room.Group.ADMIN, "locks", LocksController.class, counts.locksProperty(), false),
            // Figures are read only while somebody looks at them: nothing to count here.
            new Room(
                Room.Group.ADMIN,
                "metrics",
                MetricsController.class,
                new SimpleLongProperty(),
                false),
            new Room(
                Room.Group.ADMIN,
                "stuck",
                StuckController.class,
                counts.stuckBatchesProperty(),
                true),
            // Last, so that the digits of the others stay; the navigation shows it with its group.
            new Room("tours", ToursController.class, counts.toursProperty(), false),
            // Opportunities are weighed, not worked off:
            // nothing to count here.
            new Room("today", TodayController.class, new SimpleLongProperty(), false));
    shell =
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
                new EngineFinder(engine, texts),
                database(setup, texts),
                texts.get("status.person", setup.me(), roles(setup, texts)),
                change),
            texts);
    Navigator way = shell;
    views.register(ShellController.class, () -> shell);
    views.register(
        InboxController.class,
        () ->
            new InboxController(
                inbox,
                actions,
                counts.escalationsProperty(),
                remembered,
                texts,
                way,
                setup.clock()));
    views.register(
        DeskController.class,
        () -> new DeskController(desk, actions, inbox::neighbour, remembered, texts, words, way));
    var detail = new ArticleDetailController(article, texts, words, dialogs, way);
    views.register(ArticleDetailController.class, () -> detail);
    views.register(
        ImportResultsController.class, () -> new ImportResultsController(imports, texts));
    views.register(
        ArticlesController.class,
        () ->
            new ArticlesController(
                articles, imports, evaluating, chooser, remembered, texts, words, detail));

    views.register(
        SuggestionsController.class,
        () -> new SuggestionsController(suggestions, suggestion, texts, words, dialogs, way));

    var today = new TodayViewModel(engine, tasks, texts, words, notices);
    views.register(
        TodayController.class,
        () -> new TodayController(today, remembered, chooser, dialogs, texts, setup.zone()));

    judging =
        new JudgingViewModel(
            engine.assessment().judging(), tasks, texts, words, notices, System::nanoTime);
    views.register(
        JudgingController.class, () -> new JudgingController(judging, texts, dialogs, remembered));

    views.register(
        QueueController.class,
        () ->
            new QueueController(queue, job, layouts, remembered, texts, words, dialogs, COUNTING));
    var stuck = new StuckViewModel(engine.assessment().stuck(), tasks, texts);
    var inspector = new InspectorViewModel(engine.assessment(), tasks, texts, words, notices);
    views.register(
        StuckController.class,
        () ->
            new StuckController(
                stuck,
                inspector,
                remembered,
                texts,
                words,
                dialogs,
                batch -> {
                  // A batch's jobs name it in their payload.
                  queue.lookFor(batch.toString());
                  way.openRoom("queue");
                },
                COUNTING));
    var tours = new ToursViewModel(engine.tours(), tasks, texts);
    var tour = new TourViewModel(engine.tours(), tasks, texts, words, notices);
    views.register(
        ToursController.class,
        () -> new ToursController(tours, tour, remembered, texts, words, dialogs, COUNTING));
    views.register(
        OutboxController.class,
        () -> new OutboxController(outbox, event, remembered, texts, words, dialogs, COUNTING));
    views.register(
        LocksController.class,
        () ->
            new LocksController(
                new LocksViewModel(engine.locks(), tasks, texts), texts, setup.zone()));
    var sweeps = new SweepsViewModel(engine.sweeps(), tasks, texts, words, notices);
    views.register(
        SweepsController.class, () -> new SweepsController(sweeps, texts, dialogs, setup.zone()));

    views.register(
        MetricsController.class,
        () ->
            new MetricsController(
                new MetricsViewModel(engine.metrics(), tasks, texts), texts, way, COUNTING));

    views.register(
        AssessmentsController.class,
        () ->
            new AssessmentsController(
                new AssessmentsController.Models(
                    new AssessmentsViewModel(engine.assessment().reports(), tasks, texts),
                    new BatchViewModel(engine.assessment(), tasks, texts, notices),
                    new CreateViewModel(engine, tasks, texts, notices)),
                remembered,
                chooser,
                new BatchWords(texts, words)));

    root = views.load(ShellController.class).root();
    bridge.subscribe(shell::refresh);
    shell.start();
    bridge.start();
    // The first comparison is not to wait for its classes and fonts; if it must, nothing is lost.
    tasks
        .runQuietly(
            texts.get("task.prepare"),
            () -> {
              DiffView.prepare();
              return true;
            })
        .onFailure(why -> LOG.debug("nothing was prepared", why));
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

  /// Looks and listens no more. On the FX thread; where that no longer answers, [#end] alone will
  /// do.
  void leave() {
    left = true;
    bridge.close();
    shell.leave();
    tasks.leave();
  }

  /// Records what still waits to be recorded, and lets go of the engine once every call that is
  /// under way has ended. Not on the FX thread, which would stand still meanwhile.
  ///
  /// @return a line for each decision that could not be recorded
  List<String> end() {
    left = true;
    bridge.close();
    List<String> unrecorded =
        undo.close().stream().filter(last -> !last.recorded()).map(this::line).toList();
    unrecorded.forEach(line -> LOG.warn("not recorded: {}", line));
    tasks.finish(LAST_CALLS);
    List<String> unjudged = judging.last();
    unjudged.forEach(line -> LOG.warn("not stored: {}", line));
    remembered.write();
    return Stream.concat(unrecorded.stream(), unjudged.stream()).toList();
  }

  private String line(UndoQueue.Last last) {
    if (last.decision() != null) {
      var notice = words.of(last.decision(), "", last.what());
      // That it was not carried out is said already; what would unblock a refusal is not.
      boolean refused = notice.kind() == Notice.Kind.REFUSED;
      return last.what() + ": " + notice.headline() + (refused ? " " + notice.detail() : "");
    }
    return last.what() + ": " + (last.failure() == null ? "" : last.failure().getMessage());
  }
}
