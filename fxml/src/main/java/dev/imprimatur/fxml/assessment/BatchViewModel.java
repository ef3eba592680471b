package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.RankingFile;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.assessment.scale.csv.TableFile;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection;
import dev.imprimatur.engine.assessment.scale.quality.WithoutJudge;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTask;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Progress;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The batch that is selected: how its texts and judges stand, and what would be otherwise. It is
/// reckoned anew only when its row has changed.
public final class BatchViewModel {
  private final Assessment assessment;
  private final Tasks tasks;
  private final Texts texts;
  private final Notices notices;
  private final Look<Read> look;
  private final ReadOnlyObjectWrapper<@Nullable BatchReport> report = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper reckoning = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable WithoutJudge> without =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<GradeProjection.@Nullable Outcome> projection =
      new ReadOnlyObjectWrapper<>();
  private @Nullable UUID id;
  private @Nullable FxTask<?> asked;
  private int withoutOf;
  private int projectionOf;

  private record Read(@Nullable UUID id, @Nullable BatchReport report) {}

  public BatchViewModel(Assessment assessment, Tasks tasks, Texts texts, Notices notices) {
    this.assessment = assessment;
    this.tasks = tasks;
    this.texts = texts;
    this.notices = notices;
    look =
        new Look<>(
            tasks,
            texts.get("task.assessment"),
            this::next,
            this::arrived,
            why -> trouble.set(texts.get("assess.unread", String.valueOf(why.getMessage()))));
  }

  /// Shows another batch, or none.
  void open(@Nullable UUID batch) {
    if (batch == null ? id == null : batch.equals(id)) {
      return;
    }
    id = batch;
    FxTask<?> open = asked;
    if (open != null) {
      open.cancel();
      asked = null;
      reckoning.set(false);
    }
    report.set(null);
    without.set(null);
    projection.set(null);
    trouble.set(batch == null ? "" : texts.get("assess.reading"));
    refresh();
  }

  /// Looks again.
  void refresh() {
    if (id != null) {
      look.now();
    }
  }

  private Callable<Read> next() {
    UUID wanted = id;
    BatchReport shown = report.get();
    return () -> {
      if (wanted == null) {
        return new Read(null, null);
      }
      Batch now = assessment.batches().find(wanted).orElse(null);
      boolean same = shown != null && shown.batch().equals(now);
      return new Read(
          wanted,
          same
              ? shown
              : assessment.reports().report(wanted, false, FitProgress.SILENT).orElse(null));
    };
  }

  private void arrived(Read read) {
    UUID wanted = id;
    if (wanted == null || !wanted.equals(read.id())) {
      look.now();
      return;
    }
    BatchReport now = read.report();
    BatchReport shown = report.get();
    trouble.set(now == null ? texts.get("assess.gone") : "");
    // What was asked for in the meantime is not thrown away for what was looked at before it.
    if (now != null && shown != null && shown.batch().equals(now.batch()) && !shown.tooLarge()) {
      return;
    }
    report.set(now);
  }

  /// Reckons a batch that is too large to be reckoned whenever it changes.
  void reckon() {
    UUID wanted = id;
    if (wanted == null || reckoning.get()) {
      return;
    }
    reckoning.set(true);
    asked =
        tasks
            .runLong(
                texts.get("task.assessment.fit"),
                progress -> assessment.reports().report(wanted, true, watched(progress)))
            .onEnd(() -> reckoning.set(false))
            .onSuccess(made -> {
              if (wanted.equals(id) && made.isPresent() && made.get().analysis() != null) {
                report.set(made.get());
              }
            });
  }

  private static FitProgress watched(Progress progress) {
    return (stage, done, total) -> {
      progress.at(done, total);
      return !progress.cancelled();
    };
  }

  /// Looks what leaving a judge out would do. Nothing is changed.
  void leaveOut(String judge) {
    withoutOf = answers();
    ask(
        texts.get("task.assessment.without"),
        (wanted, progress) -> assessment.reports().without(wanted, judge, watched(progress)),
        made -> without.set(made.orElse(null)));
  }

  private int answers() {
    BatchReport shown = report.get();
    return shown == null ? 0 : shown.batch().counts().completed();
  }

  /// Whether answers have come in since a judge was left out.
  boolean withoutIsStale() {
    return withoutOf != answers();
  }

  /// Whether answers have come in since grades were tried.
  boolean projectionIsStale() {
    return projectionOf != answers();
  }

  /// Puts the preview away.
  void takeBack() {
    without.set(null);
  }

  /// Projects grades from anchors. Nothing is changed.
  ///
  /// @param grades the lowest first
  /// @param anchors the grades that are known, by label
  void project(List<String> grades, Map<String, String> anchors) {
    projectionOf = answers();
    ask(
        texts.get("task.assessment.grades"),
        (wanted, progress) ->
            assessment.reports().project(wanted, grades, anchors, watched(progress)),
        made -> projection.set(made.orElse(null)));
  }

  @FunctionalInterface
  private interface Question<T> {
    Optional<T> ask(UUID batch, Progress progress) throws Exception;
  }

  private <T> void ask(
      String name, Question<T> question, java.util.function.Consumer<Optional<T>> then) {
    UUID wanted = id;
    if (wanted == null) {
      return;
    }
    tasks
        .runLong(name, progress -> question.ask(wanted, progress))
        .onSuccess(made -> {
          if (wanted.equals(id)) {
            then.accept(made);
          }
        });
  }

  /// Writes the ranking that is in sight to a file, and tells how many texts it has, as read back.
  void exportRanking(Path file) {
    BatchReport shown = report.get();
    if (shown != null) {
      tasks
          .run(texts.get("task.assessment.export"), () -> RankingFile.write(file, shown))
          .onSuccess(lines -> told(texts.get("assess.exported.ranking", lines, file.toString())))
          .onFailure(why -> failed(file, why));
    }
  }

  /// Writes all answers that count to a file, and tells how many it has, as read back.
  void exportComparisons(Path file) {
    UUID wanted = id;
    if (wanted != null) {
      tasks
          .run(
              texts.get("task.assessment.export"),
              () ->
                  TableFile.comparisons(
                      file, assessment.reports().comparisons(wanted).orElseThrow()))
          .onSuccess(
              lines -> told(texts.get("assess.exported.comparisons", lines, file.toString())))
          .onFailure(why -> failed(file, why));
    }
  }

  private void told(String what) {
    notices.tell(new Notice(Notice.Kind.DONE, what, ""));
  }

  private void failed(Path file, Throwable why) {
    notices.tell(
        new Notice(
            Notice.Kind.REFUSED,
            texts.get("assess.export.failed", file.toString()),
            texts.get("assess.export.failed.detail", String.valueOf(why.getMessage()))));
  }

  /// How it stands, or null until that is read.
  ReadOnlyObjectProperty<@Nullable BatchReport> reportProperty() {
    return report.getReadOnlyProperty();
  }

  /// Why there is nothing to see, or an empty text.
  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  /// Whether it is being reckoned because somebody asked for it.
  ReadOnlyBooleanProperty reckoningProperty() {
    return reckoning.getReadOnlyProperty();
  }

  /// What leaving a judge out would do, or null.
  ReadOnlyObjectProperty<@Nullable WithoutJudge> withoutProperty() {
    return without.getReadOnlyProperty();
  }

  /// What grades would be with the anchors that were chosen here, or null.
  ReadOnlyObjectProperty<GradeProjection.@Nullable Outcome> projectionProperty() {
    return projection.getReadOnlyProperty();
  }
}
