package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The start as it is shown: what is asked, what a test found, how far an opening has come, and why
/// one failed.
public final class StartViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(StartViewModel.class);

  /// What is in sight.
  enum Phase {
    LOOKING,
    CHOOSING,
    TESTING,
    OPENING
  }

  /// Where one would begin to type.
  enum Focus {
    ALONE,
    PASSWORD,
    TEST,
    CONNECT,
    RETRY,
    CANCEL
  }

  /// Why an opening failed.
  ///
  /// @param details to copy
  record Failure(String headline, String message, String mend, String details) {}

  private final Databases databases;
  private final FxTasks tasks;
  private final Texts texts;
  private final Executor ui;
  private final Consumer<OpenDatabase> opened;
  private final ConnectionWords words;
  private final ServerForm form;
  private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.LOOKING);
  private final ReadOnlyObjectWrapper<Focus> focus = new ReadOnlyObjectWrapper<>(Focus.ALONE);
  private final ReadOnlyObjectWrapper<@Nullable Failure> failure = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper what = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
  private final ReadOnlyBooleanWrapper localThere = new ReadOnlyBooleanWrapper();
  private final BooleanProperty samples = new SimpleBooleanProperty(true);
  private final ObservableList<ConnectionWords.Line> results = FXCollections.observableArrayList();
  private @Nullable AtomicBoolean underWay;
  private @Nullable Choice last;

  /// @param ui runs what it is given on the FX thread, later
  /// @param opened takes a database that is open, on the FX thread
  public StartViewModel(
      Databases databases, FxTasks tasks, Texts texts, Executor ui, Consumer<OpenDatabase> opened) {
    this.databases = databases;
    this.tasks = tasks;
    this.texts = texts;
    this.ui = ui;
    this.opened = opened;
    this.words = new ConnectionWords(texts);
    this.form = new ServerForm(texts);
  }

  /// Does what the window does first.
  public void begin() {
    tasks
        .runQuietly(texts.get("task.start"), databases::beginning)
        .onSuccess(this::begin)
        .onFailure(this::askAll);
  }

  /// Asks, whatever is remembered.
  public void ask() {
    phase.set(Phase.LOOKING);
    tasks
        .runQuietly(texts.get("task.start"), databases::again)
        .onSuccess(this::begin)
        .onFailure(this::askAll);
  }

  private void begin(Beginning beginning) {
    switch (beginning) {
      case Beginning.Ask a -> {
        there(a.localThere());
        choosing(Focus.ALONE);
      }
      case Beginning.Open o -> {
        there(o.localThere());
        open(o.choice());
      }
      case Beginning.Fill f -> {
        there(f.localThere());
        form.fill(f.url(), f.user());
        choosing(Focus.PASSWORD);
      }
    }
  }

  private void askAll(Throwable why) {
    LOG.warn("what the window remembers can't be read", why);
    choosing(Focus.ALONE);
  }

  private void there(boolean local) {
    localThere.set(local);
    samples.set(!local);
  }

  private void choosing(Focus where) {
    focus.set(where);
    phase.set(Phase.CHOOSING);
  }

  /// Opens the local database.
  void workAlone() {
    if (phase.get() == Phase.CHOOSING) {
      open(new Choice.Local(samples.get()));
    }
  }

  /// Opens the team's database, if the form is complete.
  void connect() {
    if (phase.get() == Phase.CHOOSING && form.incompleteProperty().get().isEmpty()) {
      open(form.choice());
    }
  }

  /// Opens again what could not be opened.
  void retry() {
    Choice again = last;
    if (phase.get() == Phase.CHOOSING && again != null) {
      open(again);
    }
  }

  /// Tests the way to the team's database.
  void test() {
    if (phase.get() != Phase.CHOOSING || !form.incompleteProperty().get().isEmpty()) {
      return;
    }
    Choice.Server choice = form.choice();
    var cancelled = new AtomicBoolean();
    underWay = cancelled;
    results.clear();
    failure.set(null);
    what.set(texts.get("start.testing.of", form.hostProperty().get()));
    phase.set(Phase.TESTING);
    tasks
        .runQuietly(texts.get("task.test"), () -> databases.test(choice, cancelled::get))
        .onSuccess(report -> tested(cancelled, report))
        .onFailure(why -> {
          if (current(cancelled)) {
            failed(texts.get("start.failed", name(choice)), why);
          }
        });
  }

  private void tested(AtomicBoolean asked, ConnectionReport report) {
    if (current(asked)) {
      underWay = null;
      results.setAll(words.lines(report));
      choosing(report instanceof ConnectionReport.Ready ? Focus.CONNECT : Focus.TEST);
    }
  }

  private void open(Choice choice) {
    var cancelled = new AtomicBoolean();
    underWay = cancelled;
    last = choice;
    results.clear();
    failure.set(null);
    what.set(texts.get("start.opening", name(choice)));
    step.set("");
    progress.set(-1);
    focus.set(Focus.CANCEL);
    phase.set(Phase.OPENING);
    tasks
        .runQuietly(texts.get("task.open"), () -> databases.open(choice, new Reports(cancelled)))
        .onSuccess(opening -> opened(cancelled, choice, opening))
        .onFailure(why -> {
          if (current(cancelled)) {
            failed(texts.get("start.failed", name(choice)), why);
          }
        });
  }

  private void opened(AtomicBoolean asked, Choice choice, Opening opening) {
    if (opening instanceof Opening.Opened(OpenDatabase database)) {
      if (current(asked)) {
        underWay = null;
        form.passwordProperty().set("");
        opened.accept(database);
      } else {
        // Called off too late for whoever opened it to notice.
        tasks.runQuietly(
            texts.get("task.open"),
            () -> {
              database.close();
              return database;
            });
      }
    } else if (current(asked)) {
      String headline = texts.get("start.failed", name(choice));
      switch (opening) {
        case Opening.Blocked(ConnectionReport.Blocked report) -> {
          ConnectionWords.Line line = words.line(report);
          fail(choice, new Failure(headline, line.what(), line.mend(), details(line, report)));
        }
        case Opening.Failed(String message, String details) ->
            fail(choice, new Failure(headline, message, "", details));
        case Opening.Cancelled c -> choosing(Focus.ALONE);
        case Opening.Opened o -> {}
      }
    }
  }

  private String details(ConnectionWords.Line line, ConnectionReport.Blocked report) {
    return texts.get(
        "start.details.text",
        line.what(),
        line.mend(),
        report.obstacle().code() + ": " + report.said());
  }

  private void fail(Choice choice, Failure why) {
    underWay = null;
    failure.set(why);
    if (choice instanceof Choice.Named named && !named.url().isEmpty()) {
      form.fill(named.url(), named.user());
    }
    choosing(choice instanceof Choice.Server ? Focus.PASSWORD : Focus.RETRY);
  }

  // Nobody expected it: a defect of ours, with its trace to copy.
  private void failed(String headline, Throwable why) {
    LOG.error("{}", headline, why);
    var written = new StringWriter();
    why.printStackTrace(new PrintWriter(written));
    underWay = null;
    failure.set(new Failure(headline, String.valueOf(why.getMessage()), "", written.toString()));
    choosing(Focus.RETRY);
  }

  /// Calls off a test or an opening.
  ///
  /// @return whether there was one
  boolean cancel() {
    AtomicBoolean asked = underWay;
    if (asked == null) {
      return false;
    }
    asked.set(true);
    underWay = null;
    choosing(phase.get() == Phase.TESTING ? Focus.TEST : Focus.ALONE);
    return true;
  }

  /// Calls off whatever is under way, for good: the window closes. Forgets the password.
  public void leave() {
    cancel();
    form.passwordProperty().set("");
  }

  private boolean current(AtomicBoolean asked) {
    return underWay == asked;
  }

  private String name(Choice choice) {
    return switch (choice) {
      case Choice.Local l -> texts.get("start.opening.local");
      case Choice.Server s -> brief(s.url());
      case Choice.Named n -> n.url().isEmpty() ? n.name() : brief(n.url());
    };
  }

  private static String brief(String url) {
    return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
  }

  private final class Reports implements Steps {
    private final AtomicBoolean cancelled;

    Reports(AtomicBoolean cancelled) {
      this.cancelled = cancelled;
    }

    @Override
    public void at(Step now, long done, long total) {
      ui.execute(() -> {
        if (current(cancelled)) {
          step.set(texts.code("start.step", now.code()));
          progress.set(total <= 0 ? -1 : Math.clamp((double) done / total, 0, 1));
        }
      });
    }

    @Override
    public boolean cancelled() {
      return cancelled.get();
    }
  }

  ServerForm form() {
    return form;
  }

  ReadOnlyObjectProperty<Phase> phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  /// Where one would begin to type; of meaning when the phase changes.
  ReadOnlyObjectProperty<Focus> focusProperty() {
    return focus.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<@Nullable Failure> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// What is being opened or tested.
  ReadOnlyStringProperty whatProperty() {
    return what.getReadOnlyProperty();
  }

  ReadOnlyStringProperty stepProperty() {
    return step.getReadOnlyProperty();
  }

  /// How much of the step is done, 0 to 1; −1 while that is not known.
  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty localThereProperty() {
    return localThere.getReadOnlyProperty();
  }

  BooleanProperty samplesProperty() {
    return samples;
  }

  List<ConnectionWords.Line> results() {
    return results;
  }

  ObservableList<ConnectionWords.Line> resultsProperty() {
    return results;
  }
}
