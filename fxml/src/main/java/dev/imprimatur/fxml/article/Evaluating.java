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
/// bar. Stopping there calls off the runs that were started for it; runs that were under way before
/// are somebody's own and go on, as everything does when the window closes.
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
  /// @param unwatched runs that were under way before, and go on though it was stopped
  /// @param why the first reason of a refusal, or null
  record Outcome(
      int evaluated,
      int reused,
      int failed,
      boolean stopped,
      int unwatched,
      @Nullable String why) {}

  /// What was asked for.
  ///
  /// @param started runs that were started for it
  /// @param joined runs that were under way already
  private record Asked(
      Set<UUID> started, Set<UUID> joined, int reused, int refused, @Nullable String why) {}

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
    return watch(ask(versions, force, progress), progress);
  }

  // Whoever closes the window wants what he has asked for all the same: it is asked for to the end.
  private static boolean calledOff(Progress progress) {
    return progress.cancelled() && !progress.leaving();
  }

  private Asked ask(List<UUID> versions, boolean force, Progress progress) {
    Evaluations evaluations = engine.review().evaluations();
    Set<UUID> started = new LinkedHashSet<>();
    Set<UUID> joined = new LinkedHashSet<>();
    int reused = 0;
    int refused = 0;
    String why = null;
    for (UUID version : versions) {
      if (calledOff(progress)) {
        break;
      }
      switch (evaluations.request(version, force)) {
        case Decision.Decided<Evaluations.Requested>(Evaluations.Requested asked) -> {
          switch (asked.how()) {
            case STARTED -> started.add(asked.runId());
            case JOINED -> joined.add(asked.runId());
            case REUSED -> reused++;
          }
        }
        case Decision.Refused<Evaluations.Requested> r -> {
          refused++;
          why = why == null ? r.refusal().message() + ". " + r.refusal().unblock() : why;
        }
        case Decision.AlreadyDecided<Evaluations.Requested> a -> refused++;
      }
    }
    joined.removeAll(started);
    return new Asked(started, joined, reused, refused, why);
  }

  private Outcome watch(Asked asked, Progress progress) throws InterruptedException {
    Set<UUID> open = new LinkedHashSet<>(asked.started());
    open.addAll(asked.joined());
    int all = open.size();
    int evaluated = 0;
    int failed = asked.refused();
    int unwatched = 0;
    boolean stopped = false;
    while (!open.isEmpty() && !progress.leaving()) {
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
      progress.at(Math.round((all - open.size() + parts) * 100), all * 100L);
      if (calledOff(progress) && !stopped) {
        stopped = true;
        int watched = open.size();
        open.retainAll(asked.started());
        unwatched = watched - open.size();
        List.copyOf(open).forEach(engine.review().evaluations()::cancel);
      } else if (!open.isEmpty()) {
        engine.wakeUps().await(seen, LOOK_MILLIS);
        Thread.sleep(REST_MILLIS);
      }
    }
    return new Outcome(
        evaluated, asked.reused(), failed, stopped || calledOff(progress), unwatched, asked.why());
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
    if (outcome.unwatched() > 0) {
      parts.add(texts.get("articles.evaluated.unwatched", outcome.unwatched()));
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
