package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.diff.TextDiff;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private final FxTasks.Scope looking;
  private final Texts texts;
  private final DecisionWords words;
  private final Decisions decisions;
  private final Latest<Choice, Estimate> estimate;
  private final Latest<Choice, Optional<Whole>> whole;
  private final ReadOnlyObjectWrapper<@Nullable SuggestionData> data =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Set<Integer>> chosen = new ReadOnlyObjectWrapper<>(Set.of());
  private final ReadOnlyObjectWrapper<Gates> gates;
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ObjectProperty<IfMovedOn> how = new SimpleObjectProperty<>(IfMovedOn.REFUSE);
  private final BooleanProperty wholeText = new SimpleBooleanProperty();
  // Written to by one computation at a time, but by different threads.
  private final Map<UUID, LocalScores.Preview> scored = new ConcurrentHashMap<>();
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
    this.looking = tasks.scope();
    this.gates = new ReadOnlyObjectWrapper<>(Gates.closed(texts));
    this.texts = texts;
    this.words = words;
    this.decisions =
        new Decisions(engine, tasks, texts, words, notices, undo, this::decisionsChanged);
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
    scored.clear();
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

  private void decisionsChanged() {
    gate();
    refresh();
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
          () ->
              Estimate.of(engine.review().localScores(), d, choice.hunks(), choice.how(), scored));
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
                decisions.waits(d.id()),
                texts,
                words));
    decisions.cleared(gates.get().accept());
  }

  // What waits to be recorded was chosen already.
  private boolean choosable(SuggestionData d) {
    return d.pending() && !decisions.waits(d.id());
  }

  /// Takes a hunk or leaves it.
  void toggle(int number) {
    with(d -> {
      if (choosable(d) && d.all().contains(number)) {
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
      if (choosable(d)) {
        chosen.set(d.all());
      }
    });
  }

  /// Takes none.
  void takeNone() {
    with(d -> {
      if (choosable(d)) {
        chosen.set(Set.of());
      }
    });
  }

  /// Accepts the chosen hunks, unless something stands in the way: then that is told.
  void accept() {
    with(d -> {
      Gates open = gates.get();
      if (decisions.free(open.accept())) {
        decisions.accept(d, open.acceptText(), List.copyOf(chosen.get()), how.get());
      }
    });
  }

  /// Whether it can be rejected; told where it can't.
  boolean mayReject() {
    return data.get() != null && decisions.free(gates.get().reject());
  }

  /// Rejects the suggestion that was shown when the reason was asked for.
  void reject(SuggestionData shown, String reason) {
    decisions.reject(shown, reason);
  }

  /// Asks for the version that was made of it to be evaluated.
  void evaluate() {
    with(d -> d.opened().made().ifPresent(decisions::evaluate));
  }

  private void with(Consumer<SuggestionData> action) {
    SuggestionData shown = data.get();
    if (shown != null) {
      action.accept(shown);
    }
  }

  /// How it was decided, in a sentence; empty as long as it is pending.
  String decidedText(SuggestionData shown) {
    return decisions.text(shown);
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
