package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.RunProgress;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Progress;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Evaluates versions and stays with them to the end: how far they have come stands in the status
/// bar, and stopping there calls the runs off.
public final class Evaluating {
  /// So many ids go into one query.
  private static final int BATCH = 500;

  private static final long LOOK_MILLIS = 300;
  private static final long REST_MILLIS = 100;

  private final Engine engine;
  private final Tasks tasks;
  private final Texts texts;
  private final Notices notices;

  /// Runs that somebody called off by themselves and was told so: not told of again.
  private final Set<UUID> calledOff = ConcurrentHashMap.newKeySet();

  public Evaluating(Engine engine, Tasks tasks, Texts texts, Notices notices) {
    this.engine = engine;
    this.tasks = tasks;
    this.texts = texts;
    this.notices = notices;
  }

  /// What came of it.
  ///
  /// @param evaluated runs that ended with scores
  /// @param reused versions that the same providers had scored already
  /// @param failed runs without any score, and versions that could not be asked for
  /// @param stopped whether somebody wanted it to stop
  /// @param why the first reason of a refusal, or null
  record Outcome(int evaluated, int reused, int failed, boolean stopped, @Nullable String why) {}

  /// Evaluates the latest versions of articles.
  void articles(List<UUID> articles) {
    start(() -> latest(articles), articles.size(), false);
  }

  /// Evaluates versions.
  ///
  /// @param force also what the same providers have scored already
  void versions(List<UUID> versions, boolean force) {
    start(() -> versions, versions.size(), force);
  }

  private List<UUID> latest(List<UUID> ids) {
    Articles articles = engine.review().articles();
    List<UUID> versions = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<UUID> some = ids.subList(from, Math.min(ids.size(), from + BATCH));
      Map<UUID, ArticleRow> rows = articles.rows(some);
      for (UUID id : some) {
        ArticleRow row = rows.get(id);
        UUID version = row == null ? null : row.latestVersionId();
        if (version != null) {
          versions.add(version);
        }
      }
    }
    return versions;
  }

  /// Calls one run off; whoever watches it does not tell of its end.
  Decision<RunResult> cancel(UUID run) {
    calledOff.add(run);
    return engine.review().evaluations().cancel(run);
  }

  private void start(Callable<List<UUID>> versions, int count, boolean force) {
    if (count == 0) {
      return;
    }
    tasks
        .runLong(
            texts.get("articles.evaluating", count),
            progress -> run(versions.call(), force, progress))
        .onSuccess(this::tell)
        // Asked for is asked for: the runs go on without anybody watching.
        .onFailure(why ->
            notices.tell(
                new Notice(
                    Notice.Kind.REFUSED,
                    texts.get("articles.evaluating.lost"),
                    String.valueOf(why.getMessage()))));
  }

  Outcome run(List<UUID> versions, boolean force, Progress progress) throws InterruptedException {
    Evaluations evaluations = engine.review().evaluations();
    Set<UUID> open = new LinkedHashSet<>();
    int reused = 0;
    int refused = 0;
    String why = null;
    for (UUID version : versions) {
      if (progress.cancelled()) {
        break;
      }
      switch (evaluations.request(version, force)) {
        case Decision.Decided<Evaluations.Requested>(Evaluations.Requested asked) -> {
          if (asked.how() == Evaluations.Requested.How.REUSED) {
            reused++;
          } else {
            open.add(asked.runId());
          }
        }
        case Decision.Refused<Evaluations.Requested> r -> {
          refused++;
          why = why == null ? r.refusal().message() + ". " + r.refusal().unblock() : why;
        }
        case Decision.AlreadyDecided<Evaluations.Requested> a -> refused++;
      }
    }
    return watch(List.copyOf(open), progress, reused, refused, why);
  }

  private Outcome watch(
      List<UUID> runs, Progress progress, int reused, int refused, @Nullable String why)
      throws InterruptedException {
    Set<UUID> open = new LinkedHashSet<>(runs);
    int evaluated = 0;
    int failed = refused;
    boolean stopped = false;
    while (!open.isEmpty()) {
      long seen = engine.wakeUps().count();
      double parts = 0;
      for (RunProgress run : look(open)) {
        if (run.status() == EvaluationRun.Status.IN_PROGRESS) {
          parts += (double) run.ended() / Math.max(1, run.parts());
        } else {
          open.remove(run.runId());
          if (calledOff.remove(run.runId())) {
            continue;
          }
          evaluated += run.status() == EvaluationRun.Status.FAILED ? 0 : 1;
          failed += run.status() == EvaluationRun.Status.FAILED ? 1 : 0;
        }
      }
      progress.at(Math.round((runs.size() - open.size() + parts) * 100), runs.size() * 100L);
      if (progress.cancelled() && !stopped) {
        stopped = true;
        List.copyOf(open).forEach(engine.review().evaluations()::cancel);
      } else if (!open.isEmpty()) {
        engine.wakeUps().await(seen, LOOK_MILLIS);
        Thread.sleep(REST_MILLIS);
      }
    }
    return new Outcome(evaluated, reused, failed, stopped || progress.cancelled(), why);
  }

  private List<RunProgress> look(Set<UUID> open) {
    List<UUID> ids = List.copyOf(open);
    List<RunProgress> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      Map<UUID, RunProgress> some =
          engine
              .review()
              .evaluations()
              .progress(ids.subList(from, Math.min(ids.size(), from + BATCH)));
      found.addAll(some.values());
    }
    return found;
  }

  private void tell(Outcome outcome) {
    List<String> parts = new ArrayList<>();
    if (outcome.evaluated() > 0) {
      parts.add(texts.get("articles.evaluated", outcome.evaluated()));
    }
    if (outcome.reused() > 0) {
      parts.add(texts.get("articles.evaluated.reused", outcome.reused()));
    }
    if (outcome.failed() > 0) {
      parts.add(texts.get("articles.evaluated.failed", outcome.failed()));
    }
    String detail = outcome.why() == null ? "" : outcome.why();
    String head =
        (outcome.stopped() ? texts.get("articles.evaluated.stopped") + " " : "")
            + String.join(" ", parts);
    if (!head.isBlank()) {
      Notice.Kind kind =
          outcome.failed() > 0 && !outcome.stopped() ? Notice.Kind.REFUSED : Notice.Kind.DONE;
      notices.tell(new Notice(kind, head.strip(), detail));
    }
  }
}
