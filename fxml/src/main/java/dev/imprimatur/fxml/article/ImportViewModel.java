package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Imports;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Progress;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/// An import and what came of each file. Its results stay until they are put away; another import
/// takes their place.
public final class ImportViewModel {
  private final Imports imports;
  private final Tasks tasks;
  private final Texts texts;
  private final Notices notices;
  private final Evaluating evaluating;
  private final Executor later;
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final FilteredList<Line> shown = new FilteredList<>(lines);
  private final BooleanProperty failuresOnly = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper there = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");

  /// @param later runs what it is given on the FX thread
  public ImportViewModel(
      Imports imports,
      Tasks tasks,
      Texts texts,
      Notices notices,
      Evaluating evaluating,
      Executor later) {
    this.imports = imports;
    this.tasks = tasks;
    this.texts = texts;
    this.notices = notices;
    this.evaluating = evaluating;
    this.later = later;
    failuresOnly.addListener(
        (observed, before, now) -> shown.setPredicate(now ? Line::failed : null));
  }

  /// What came of one file or feed item.
  ///
  /// @param kind `new`, `new_version`, `unchanged` or `failed`
  /// @param what the title it has, or why it failed and what to do
  /// @param articleId null if it failed
  /// @param versionId null if it failed
  record Line(
      String path, String kind, String what, @Nullable UUID articleId, @Nullable UUID versionId) {
    boolean failed() {
      return versionId == null;
    }

    static Line of(Imports.Result result) {
      return switch (result) {
        case Imports.Result.Stored(String path, Articles.Imported imported) ->
            new Line(
                path,
                Code.of(imported.how()),
                imported.version().title(),
                imported.article().id(),
                imported.version().id());
        case Imports.Result.Failed failed ->
            new Line(failed.path(), "failed", advice(failed), null, null);
      };
    }

    // The path stands in a column of its own.
    private static String advice(Imports.Result.Failed failed) {
      String message = failed.message();
      return message.startsWith(failed.path())
          ? message.substring(failed.path().length()).replaceFirst("^[:\\s]+", "")
          : message;
    }
  }

  /// Imports; one at a time.
  void start(List<Path> paths) {
    if (paths.isEmpty()) {
      return;
    }
    if (running.get()) {
      notices.tell(
          new Notice(
              Notice.Kind.REFUSED, texts.get("import.busy"), texts.get("import.busy.detail")));
      return;
    }
    running.set(true);
    there.set(true);
    failuresOnly.set(false);
    lines.clear();
    summary.set(texts.get("import.running"));
    tasks
        .runLong(texts.get("import.task"), progress -> run(paths, progress))
        .onSuccess(stopped -> ended(stopped ? texts.get("import.stopped") + " " : ""))
        .onFailure(why -> {
          ended(texts.get("import.broken") + " ");
          notices.tell(
              new Notice(
                  Notice.Kind.REFUSED,
                  texts.get("import.broken"),
                  texts.get("import.broken.detail", String.valueOf(why.getMessage()))));
        });
  }

  private boolean run(List<Path> paths, Progress progress) {
    Queue<Line> arriving = new ConcurrentLinkedQueue<>();
    var waiting = new AtomicBoolean();
    imports.run(
        paths,
        new Imports.Watch() {
          @Override
          public void ended(Imports.Result result) {
            arriving.add(Line.of(result));
            // However many end, one report waits for the FX thread.
            if (waiting.compareAndSet(false, true)) {
              later.execute(() -> {
                waiting.set(false);
                take(arriving);
              });
            }
          }

          @Override
          public void files(int done, int total) {
            progress.at(done, total);
          }

          @Override
          public boolean stopped() {
            return progress.cancelled();
          }
        });
    return progress.cancelled();
  }

  private void take(Queue<Line> arriving) {
    List<Line> some = new ArrayList<>();
    for (Line line = arriving.poll(); line != null; line = arriving.poll()) {
      some.add(line);
    }
    lines.addAll(some);
  }

  private void ended(String before) {
    running.set(false);
    summary.set(
        before
            + texts.get(
                "import.summary",
                count("new"),
                count("new_version"),
                count("unchanged"),
                count("failed")));
  }

  private long count(String kind) {
    return lines.stream().filter(line -> line.kind().equals(kind)).count();
  }

  /// The versions that can be evaluated: what was stored, or was there already.
  List<UUID> versions() {
    List<UUID> versions = new ArrayList<>();
    for (Line line : lines) {
      if (line.versionId() != null) {
        versions.add(line.versionId());
      }
    }
    return versions;
  }

  /// Evaluates what was imported.
  void evaluate() {
    evaluating.versions(versions(), false);
  }

  /// Puts the results away.
  void putAway() {
    if (!running.get()) {
      lines.clear();
      there.set(false);
    }
  }

  /// What is shown, as text with tabs, for the clipboard.
  String text() {
    var all = new StringBuilder();
    for (Line line : shown) {
      all.append(line.path())
          .append('\t')
          .append(texts.code("import.kind", line.kind()))
          .append('\t')
          .append(line.what())
          .append('\n');
    }
    return all.toString();
  }

  ObservableList<Line> lines() {
    return lines;
  }

  FilteredList<Line> shown() {
    return shown;
  }

  BooleanProperty failuresOnlyProperty() {
    return failuresOnly;
  }

  ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /// Whether there are results, or soon will be.
  ReadOnlyBooleanProperty thereProperty() {
    return there.getReadOnlyProperty();
  }

  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }
}
