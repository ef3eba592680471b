package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.action.Questions;
import dev.imprimatur.fxml.diff.TextDiff;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The selected article and what is done about it. Decisions are made on the revision that was
/// shown when they were asked for.
public final class ArticleViewModel {
  private final Parts parts;
  private final Engine engine;
  private final FxTasks.Scope reading;
  private final Texts texts;
  private final ReadOnlyObjectWrapper<@Nullable ArticleData> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ArticleGates> gates;
  private final ObjectProperty<Version.@Nullable Head> version = new SimpleObjectProperty<>();
  private final StringProperty trouble = new SimpleStringProperty("");
  private @Nullable UUID id;
  private boolean loading;
  private boolean again;

  /// What it stands on.
  ///
  /// @param me who is signed in
  public record Parts(
      Engine engine,
      FxTasks tasks,
      Texts texts,
      DecisionWords words,
      Notices notices,
      UndoQueue undo,
      Evaluating evaluating,
      String me) {}

  /// What was in sight when a question was asked. Its answer is about this, whatever has come in
  /// the meantime: other rows are selected and newer revisions are read while a dialog is open.
  ///
  /// @param escalations the pending ones of this version
  record Seen(
      UUID article, String title, long revision, Version.Head version, Set<UUID> escalations) {
    Seen {
      escalations = Set.copyOf(escalations);
    }

    private static Seen of(ArticleData shown, Version.Head chosen) {
      return new Seen(
          shown.row().article().id(),
          shown.row().article().title(),
          shown.row().article().revision(),
          chosen,
          shown.pendingOf(chosen.id()).stream()
              .map(d -> d.row().escalation().id())
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /// Two texts, compared.
  record Compared(TextDiff diff, int left, int right) {}

  public ArticleViewModel(Parts parts) {
    this.parts = parts;
    this.engine = parts.engine();
    this.texts = parts.texts();
    this.reading = parts.tasks().scope();
    gates = new ReadOnlyObjectWrapper<>(ArticleGates.closed(texts.get("articles.gate.none")));
    version.addListener((observed, before, now) -> gate());
  }

  /// Shows an article, or none.
  void open(@Nullable UUID article) {
    if (article != null && article.equals(id)) {
      return;
    }
    reading.cancel();
    loading = false;
    again = false;
    id = article;
    version.set(null);
    data.set(null);
    trouble.set(article == null ? "" : texts.get("articles.detail.loading"));
    gate();
    refresh();
  }

  /// Calls off what is being read; decisions under way go on.
  void close() {
    reading.cancel();
    loading = false;
    again = false;
  }

  /// Looks again. While it is looking, further calls come to one more look.
  void refresh() {
    UUID wanted = id;
    if (wanted == null) {
      return;
    }
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    reading
        .runQuietly(texts.get("task.article"), () -> ArticleData.load(engine, wanted))
        .onSuccess(this::arrived)
        .onFailure(why -> {
          loading = false;
          again = false;
          trouble.set(texts.get("articles.detail.failed", String.valueOf(why.getMessage())));
        });
  }

  private void arrived(Optional<ArticleData> found) {
    loading = false;
    if (found.isEmpty()) {
      trouble.set(texts.get("articles.detail.gone"));
      data.set(null);
    } else {
      trouble.set("");
      // Lists are compared, so that what is as it was leaves selections alone.
      if (!found.get().equals(data.get())) {
        UUID before = version.get() == null ? null : version.get().id();
        data.set(found.get());
        version.set(
            found.get().versions().stream()
                .filter(v -> v.id().equals(before))
                .findFirst()
                .orElse(
                    found.get().versions().isEmpty() ? null : found.get().versions().getFirst()));
      }
    }
    gate();
    if (again) {
      again = false;
      refresh();
    }
  }

  private void gate() {
    ArticleData shown = data.get();
    Version.Head chosen = version.get();
    gates.set(
        shown == null || chosen == null
            ? ArticleGates.closed(
                texts.get(id == null ? "articles.gate.none" : "articles.detail.loading"))
            : ArticleGates.of(shown, chosen, parts.me(), texts, parts.words()));
  }

  /// Evaluates the chosen version, again if that was done before.
  void evaluate() {
    with((shown, chosen) ->
        parts.evaluating().versions(List.of(chosen.id()), shown.evaluated(chosen.id())));
  }

  /// Calls off the evaluation of the chosen version.
  void stop() {
    with((shown, chosen) -> {
      RunResult running = shown.running(chosen.id());
      if (running != null) {
        decide(
            texts.get("action.stop"),
            texts.get("articles.stopped"),
            () -> parts.evaluating().cancel(running.run().id()));
      }
    });
  }

  /// What a question asked now is about; empty as long as nothing is shown.
  Optional<Seen> seen() {
    ArticleData shown = data.get();
    Version.Head chosen = version.get();
    return shown == null || chosen == null ? Optional.empty() : Optional.of(Seen.of(shown, chosen));
  }

  /// Approves a version, after a while in which it can be taken back.
  ///
  /// @param seen what was in sight when it was asked for
  void approve(Seen seen, Questions.Approval answer) {
    Questions.Resolution r = answer.resolution();
    Approvals.Resolving resolving =
        r == null ? null : new Approvals.Resolving(r.outcome(), r.reason(), seen.escalations());
    String note = answer.note().isEmpty() ? null : answer.note();
    int number = seen.version().number();
    UUID chosen = seen.version().id();
    hold(
        texts.get("articles.approve", number, seen.title()),
        texts.get("articles.approved", number, seen.title()),
        () -> engine.review().approvals().approve(chosen, seen.revision(), note, resolving));
  }

  /// Takes the approval in force back, after a while in which that can be taken back.
  ///
  /// @param seen what was in sight when it was asked for
  void revoke(Seen seen, String reason) {
    hold(
        texts.get("articles.revoke", seen.title()),
        texts.get("articles.revoked", seen.title()),
        () -> engine.review().approvals().revoke(seen.article(), seen.revision(), reason));
  }

  /// Asks for a rewrite of the chosen version.
  void rewrite() {
    with((shown, chosen) ->
        decide(
            texts.get("articles.rewrite", chosen.number()),
            texts.get("articles.rewrite.asked", chosen.number()),
            () -> engine.review().rewrites().request(chosen.id())));
  }

  /// Compares two versions; bodies are read only for this.
  void compare(int left, int right, Consumer<Compared> then) {
    with((shown, chosen) -> {
      UUID article = shown.row().article().id();
      reading
          .run(
              texts.get("action.compare", left, right),
              () -> {
                String before = body(article, left);
                return new Compared(TextDiff.between(before, body(article, right)), left, right);
              })
          .onSuccess(then);
    });
  }

  private String body(UUID article, int number) {
    return engine.review().articles().version(article, number).map(Version::body).orElse("");
  }

  private void hold(String what, String done, Callable<? extends Decision<?>> call) {
    parts
        .undo()
        .hold(new UndoQueue.Held(what, call, () -> decide(what, done, call), this::refresh));
  }

  private void decide(String what, String done, Callable<? extends Decision<?>> call) {
    parts
        .tasks()
        .run(what, call)
        .onSuccess(decision -> {
          parts.notices().tell(parts.words().of(decision, done, what));
          refresh();
        });
  }

  @FunctionalInterface
  private interface Action {
    void on(ArticleData shown, Version.Head chosen);
  }

  private void with(Action action) {
    ArticleData shown = data.get();
    Version.Head chosen = version.get();
    if (shown != null && chosen != null) {
      action.on(shown, chosen);
    }
  }

  ReadOnlyObjectProperty<@Nullable ArticleData> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<ArticleGates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  /// The version that actions are about.
  ObjectProperty<Version.@Nullable Head> versionProperty() {
    return version;
  }

  /// Why there is nothing to show, or an empty text.
  StringProperty troubleProperty() {
    return trouble;
  }
}
