package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Suggestions;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.diff.TextDiff;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// One suggestion: which of its hunks are chosen, how the text would then score, and the decision.
/// Decisions name the revision that is shown.
public final class SuggestionViewModel {
  /// What scores and the whole text depend on.
  ///
  /// @param latest the number of the article's latest version
  private record Choice(
      UUID suggestion, long revision, List<Integer> hunks, IfMovedOn how, int latest) {}

  /// The whole text as it would be accepted, beside the version it is put into.
  record Whole(TextDiff diff, int version) {}

  private final Engine engine;
  private final FxTasks tasks;
  private final FxTasks.Scope looking;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final UndoQueue undo;
  private final Latest<Choice, Estimate> estimate;
  private final Latest<Choice, Optional<Whole>> whole;
  private final ReadOnlyObjectWrapper<@Nullable SuggestionData> data =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Set<Integer>> chosen = new ReadOnlyObjectWrapper<>(Set.of());
  private final ReadOnlyObjectWrapper<Gates> gates;
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ObjectProperty<IfMovedOn> how = new SimpleObjectProperty<>(IfMovedOn.REFUSE);
  private final BooleanProperty wholeText = new SimpleBooleanProperty();
  private final Set<UUID> waiting = new HashSet<>();
  private @Nullable UUID id;
  private boolean loading;
  private boolean again;

  public SuggestionViewModel(
      Engine engine,
      FxTasks tasks,
      Texts texts,
      DecisionWords words,
      Notices notices,
      UndoQueue undo) {
    this.engine = engine;
    this.tasks = tasks;
    this.looking = tasks.scope();
    this.gates = new ReadOnlyObjectWrapper<>(Gates.closed(texts));
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.undo = undo;
    this.estimate = new Latest<>(looking, texts.get("task.estimate"));
    this.whole = new Latest<>(looking, texts.get("task.compare"));
    chosen.addListener((observed, before, now) -> compute());
    how.addListener((observed, before, now) -> compute());
    wholeText.addListener((observed, before, now) -> compute());
    estimate.resultProperty().addListener((observed, before, now) -> gate());
  }

  /// Shows a suggestion.
  public void open(UUID suggestion) {
    if (suggestion.equals(id)) {
      refresh();
      return;
    }
    close();
    id = suggestion;
    trouble.set("");
    data.set(null);
    gate();
    refresh();
  }

  /// Calls off what is under way.
  public void close() {
    looking.cancel();
    estimate.forget();
    whole.forget();
    loading = false;
    again = false;
  }

  /// What is open, or null.
  @Nullable UUID id() {
    return id;
  }

  /// Looks again.
  public void refresh() {
    UUID wanted = id;
    if (wanted == null) {
      return;
    }
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    looking
        .runQuietly(
            texts.get("task.suggestion"),
            () -> SuggestionData.load(engine.review().rewrites(), wanted))
        .onSuccess(this::arrived)
        .onFailure(why -> {
          loading = false;
          again = false;
          if (data.get() == null) {
            trouble.set(texts.get("suggestion.failed", String.valueOf(why.getMessage())));
          }
        });
  }

  private void arrived(Optional<SuggestionData> found) {
    loading = false;
    if (found.isEmpty()) {
      trouble.set(texts.get("suggestion.gone"));
      data.set(null);
    } else {
      trouble.set("");
      take(found.get());
    }
    if (again) {
      again = false;
      refresh();
    }
  }

  private void take(SuggestionData now) {
    SuggestionData before = data.get();
    boolean same = before != null && before.opened().equals(now.opened());
    if (same) {
      if (estimate.resultProperty().get() == null && !estimate.computingProperty().get()) {
        compute();
      }
      return;
    }
    // What was chosen stays chosen as long as it can be; a decision shows what was decided.
    boolean keep = before != null && before.id().equals(now.id()) && now.pending();
    if (before == null || now.latest().number() != before.latest().number()) {
      how.set(IfMovedOn.REFUSE);
    }
    data.set(now);
    if (!keep) {
      chosen.set(now.decided());
    }
    compute();
  }

  private @Nullable Choice choice() {
    SuggestionData d = data.get();
    return d == null
        ? null
        : new Choice(
            d.id(),
            d.suggestion().revision(),
            List.copyOf(chosen.get()),
            how.get(),
            d.latest().number());
  }

  private void compute() {
    SuggestionData d = data.get();
    Choice choice = choice();
    if (d != null && choice != null) {
      estimate.want(
          choice,
          () -> Estimate.of(engine.review().localScores(), d, choice.hunks(), choice.how()));
      if (wholeText.get()) {
        whole.want(choice, () -> compare(d, choice));
      }
    }
    gate();
  }

  private static Optional<Whole> compare(SuggestionData d, Choice choice) {
    Version under = d.under(choice.how());
    return d.content(choice.hunks(), choice.how())
        .map(c ->
            new Whole(
                TextDiff.between(under.title(), under.body(), c.title(), c.body()),
                under.number()));
  }

  private void gate() {
    SuggestionData d = data.get();
    gates.set(
        d == null
            ? Gates.closed(texts)
            : Gates.of(
                d,
                chosen.get(),
                how.get(),
                estimate.computingProperty().get() ? null : estimate.resultProperty().get(),
                waiting.contains(d.id()),
                texts,
                words));
  }

  /// Takes a hunk or leaves it.
  void toggle(int number) {
    with(d -> {
      if (d.pending() && d.all().contains(number)) {
        Set<Integer> now = new TreeSet<>(chosen.get());
        if (!now.remove(number)) {
          now.add(number);
        }
        chosen.set(Collections.unmodifiableSet(now));
      }
    });
  }

  /// Takes all hunks.
  void takeAll() {
    with(d -> {
      if (d.pending()) {
        chosen.set(d.all());
      }
    });
  }

  /// Takes none.
  void takeNone() {
    with(d -> {
      if (d.pending()) {
        chosen.set(Set.of());
      }
    });
  }

  /// Accepts the chosen hunks, unless something stands in the way: then that is told.
  void accept() {
    with(d -> {
      String why = gates.get().accept();
      String wanted = gates.get().acceptText();
      if (!why.isEmpty()) {
        notices.tell(new Notice(Notice.Kind.REFUSED, why, ""));
        return;
      }
      List<Integer> hunks = List.copyOf(chosen.get());
      IfMovedOn moved = how.get();
      int count = d.count();
      hold(
          d,
          wanted,
          () ->
              engine
                  .review()
                  .suggestions()
                  .accept(d.id(), d.suggestion().revision(), hunks, moved, d.latest().number()),
          accepted -> acceptedText(accepted, hunks.size(), count));
    });
  }

  private Notice acceptedText(Suggestions.Accepted accepted, int taken, int count) {
    return new Notice(
        Notice.Kind.DONE,
        texts.get("suggestion.accepted", accepted.version().number(), taken, count),
        texts.get("suggestion.accepted.next"));
  }

  /// Why it can't be rejected, or an empty text; told where there is something.
  boolean mayReject() {
    String why = gates.get().reject();
    if (!why.isEmpty() && data.get() != null) {
      notices.tell(new Notice(Notice.Kind.REFUSED, why, ""));
    }
    return why.isEmpty();
  }

  /// Rejects the suggestion that was shown when the reason was asked for.
  void reject(SuggestionData d, String reason) {
    hold(
        d,
        texts.get("suggestion.reject.action"),
        () -> engine.review().suggestions().reject(d.id(), d.suggestion().revision(), reason),
        rejected -> new Notice(Notice.Kind.DONE, texts.get("suggestion.rejected", d.title()), ""));
  }

  private <T> void hold(
      SuggestionData d,
      String what,
      Callable<Decision<T>> call,
      java.util.function.Function<T, Notice> done) {
    waiting.add(d.id());
    gate();
    undo.hold(
        texts.get("suggestion.held", what, d.title()),
        () ->
            tasks
                .run(what, call)
                .onSuccess(decision -> decided(decision, done, what))
                .onEnd(() -> free(d.id())),
        () -> free(d.id()));
  }

  private void free(UUID suggestion) {
    waiting.remove(suggestion);
    gate();
    refresh();
  }

  private <T> void decided(
      Decision<T> decision, java.util.function.Function<T, Notice> done, String wanted) {
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

  /// Asks for the version that was made of it to be evaluated.
  void evaluate() {
    with(d ->
        d.opened()
            .made()
            .ifPresent(version -> {
              String what = texts.get("suggestion.evaluate.action", version.number());
              tasks
                  .run(what, () -> engine.review().evaluations().request(version.id(), false))
                  .onSuccess(decision ->
                      notices.tell(words.of(decision, evaluating(decision, version), what)));
            }));
  }

  private String evaluating(Decision<Evaluations.Requested> decision, Version version) {
    boolean reused =
        decision instanceof Decision.Decided<Evaluations.Requested>(var asked)
            && asked.how() == Evaluations.Requested.How.REUSED;
    return texts.get(reused ? "suggestion.evaluated" : "suggestion.evaluating", version.number());
  }

  private void with(Consumer<SuggestionData> action) {
    SuggestionData shown = data.get();
    if (shown != null) {
      action.accept(shown);
    }
  }

  /// How it was decided, in a sentence; empty as long as it is pending.
  String decidedText(SuggestionData d) {
    RewriteSuggestion.Choice c = d.suggestion().decision();
    if (c == null) {
      return "";
    }
    String at = words.time(c.at());
    if (d.suggestion().status() == RewriteSuggestion.Status.REJECTED) {
      return texts.get("suggestion.state.rejected", c.by(), at, String.valueOf(c.reason()));
    }
    int taken = d.decided().size();
    return texts.get(
        "suggestion.state.accepted",
        c.by(),
        at,
        taken,
        d.count(),
        d.opened().made().map(Version::number).orElse(0),
        String.valueOf(c.hunks()).replace(",", ", "));
  }

  ReadOnlyObjectProperty<@Nullable SuggestionData> dataProperty() {
    return data.getReadOnlyProperty();
  }

  /// The numbers of the hunks that are taken.
  ReadOnlyObjectProperty<Set<Integer>> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  /// What becomes of a newer version; refuse as long as nothing was said.
  ObjectProperty<IfMovedOn> howProperty() {
    return how;
  }

  /// Whether the whole text is shown instead of the hunks.
  BooleanProperty wholeTextProperty() {
    return wholeText;
  }

  Latest<?, Estimate> estimate() {
    return estimate;
  }

  Latest<?, Optional<Whole>> whole() {
    return whole;
  }

  /// Why there is nothing to show, or an empty text.
  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }
}
