package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decisions on suggestions: each waits in sight before it is recorded, names the revision that was
/// shown, and tells what it came to. They are seen through though the screen is left.
final class Decisions {
  private final Engine engine;
  private final FxTasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final UndoQueue undo;
  private final Runnable changed;
  private @Nullable Notice told;
  private final Set<UUID> waiting = new HashSet<>();

  /// @param changed called when a decision begins to wait, and when it no longer does
  Decisions(
      Engine engine,
      FxTasks tasks,
      Texts texts,
      DecisionWords words,
      Notices notices,
      UndoQueue undo,
      Runnable changed) {
    this.engine = engine;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.undo = undo;
    this.changed = changed;
  }

  /// Whether a decision on this suggestion waits to be recorded.
  boolean waits(UUID suggestion) {
    return waiting.contains(suggestion);
  }

  /// Whether nothing stands in the way; what does is told.
  boolean free(String blocked) {
    if (!blocked.isEmpty()) {
      Notice why = new Notice(Notice.Kind.REFUSED, blocked, "");
      notices.tell(why);
      told = why;
    }
    return blocked.isEmpty();
  }

  /// Puts away what was told to be in the way, where it no longer is.
  void cleared(String blocked) {
    Notice shown = told;
    if (shown != null && !shown.headline().equals(blocked)) {
      if (shown == notices.noticeProperty().get()) {
        notices.clear();
      }
      told = null;
    }
  }

  /// Accepts some hunks.
  ///
  /// @param wanted what it comes to, for people
  void accept(SuggestionData d, String wanted, List<Integer> hunks, IfMovedOn how) {
    var suggestions = engine.review().suggestions();
    long revision = d.suggestion().revision();
    hold(
        d,
        wanted,
        () -> suggestions.accept(d.id(), revision, hunks, how, d.latest().number()),
        accepted ->
            new Notice(
                Notice.Kind.DONE,
                texts.get(
                    "suggestion.accepted", accepted.version().number(), hunks.size(), d.count()),
                texts.get("suggestion.accepted.next")));
  }

  /// Rejects the whole.
  void reject(SuggestionData d, String reason) {
    var suggestions = engine.review().suggestions();
    hold(
        d,
        texts.get("suggestion.reject.action"),
        () -> suggestions.reject(d.id(), d.suggestion().revision(), reason),
        rejected -> new Notice(Notice.Kind.DONE, texts.get("suggestion.rejected", d.title()), ""));
  }

  private <T> void hold(
      SuggestionData d, String what, Callable<Decision<T>> call, Function<T, Notice> done) {
    waiting.add(d.id());
    changed.run();
    undo.hold(
        new UndoQueue.Held(
            texts.get("suggestion.held", what, d.title()),
            call,
            () ->
                tasks
                    .run(what, call)
                    .onSuccess(decision -> tell(decision, done, what))
                    .onEnd(() -> freed(d.id())),
            () -> freed(d.id())));
  }

  private void freed(UUID suggestion) {
    waiting.remove(suggestion);
    changed.run();
  }

  private <T> void tell(Decision<T> decision, Function<T, Notice> done, String wanted) {
    notices.tell(
        switch (decision) {
          case Decision.Decided<T> d -> done.apply(d.value());
          case Decision.AlreadyDecided<T> a ->
              // The outcome stands in the action's name already.
              words.of(
                  new Decision.AlreadyDecided<T>(
                      a.what().replaceFirst(" .*", ""), a.by(), a.at(), a.revision()),
                  "",
                  wanted);
          case Decision.Refused<T> r when r.refusal().code().equals("moved_on") ->
              new Notice(
                  Notice.Kind.CONFLICT,
                  texts.get(
                      "suggestion.moved.notice",
                      String.valueOf(r.refusal().facts().get("base")),
                      String.valueOf(r.refusal().facts().get("latest"))),
                  texts.get("suggestion.moved.notice.detail", wanted));
          case Decision.Refused<T> r -> words.of(r, "", wanted);
        });
  }

  /// Asks for a version to be evaluated.
  void evaluate(Version version) {
    String what = texts.get("suggestion.evaluate.action", version.number());
    tasks
        .run(what, () -> engine.review().evaluations().request(version.id(), false))
        .onSuccess(
            decision -> notices.tell(words.of(decision, evaluating(decision, version), what)));
  }

  private String evaluating(Decision<Evaluations.Requested> decision, Version version) {
    boolean reused =
        decision instanceof Decision.Decided<Evaluations.Requested>(var asked)
            && asked.how() == Evaluations.Requested.How.REUSED;
    return texts.get(reused ? "suggestion.evaluated" : "suggestion.evaluating", version.number());
  }

  /// How a suggestion was decided, in a sentence; empty as long as it is pending.
  String text(SuggestionData d) {
    RewriteSuggestion.Choice c = d.suggestion().decision();
    if (c == null) {
      return "";
    }
    String at = words.time(c.at());
    if (d.suggestion().status() == RewriteSuggestion.Status.REJECTED) {
      return texts.get("suggestion.state.rejected", c.by(), at, String.valueOf(c.reason()));
    }
    return texts.get(
        "suggestion.state.accepted",
        c.by(),
        at,
        d.decided().size(),
        d.count(),
        d.opened().made().map(Version::number).orElse(0),
        String.valueOf(c.hunks()).replace(",", ", "));
  }
}
