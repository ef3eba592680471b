package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.action.EscalationActions;
import dev.imprimatur.fxml.control.Paragraphs;
import dev.imprimatur.fxml.diff.TextDiff;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.MapChangeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One escalation on the desk. Decisions are made on the revision that is shown.
public final class DeskViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(DeskViewModel.class);

  private final Engine engine;
  private final FxTasks all;
  private final FxTasks.Scope tasks;
  private final Look<Optional<DeskData>> look;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final EscalationActions actions;
  private final String me;
  private final ReadOnlyObjectWrapper<@Nullable DeskData> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Gates> gates = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Reading> reading = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Comparison> comparison =
      new ReadOnlyObjectWrapper<>();
  private final StringProperty trouble = new SimpleStringProperty("");
  private @Nullable UUID id;
  private int failedComparison;

  /// The text of the escalated version.
  ///
  /// @param paragraphs blocks between empty lines
  record Reading(UUID version, List<String> paragraphs) {}

  /// The escalated version beside another.
  ///
  /// @param diff null until it is worked out
  record Comparison(int left, int right, @Nullable TextDiff diff) {}

  /// @param me who is signed in
  public DeskViewModel(
      Engine engine,
      FxTasks tasks,
      Texts texts,
      DecisionWords words,
      Notices notices,
      EscalationActions actions,
      String me) {
    this.engine = engine;
    this.all = tasks;
    this.tasks = tasks.scope();
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.actions = actions;
    this.me = me;
    look =
        new Look<>(
            this.tasks,
            texts.get("task.desk"),
            this::next,
            this::arrived,
            why -> trouble.set(texts.get("desk.failed", String.valueOf(why.getMessage()))));
    actions.onDecided(this::refresh);
    actions.held().addListener((MapChangeListener<UUID, String>) change -> gate());
  }

  /// Puts an escalation on the desk.
  public void open(UUID escalation) {
    close();
    id = escalation;
    trouble.set("");
    data.set(null);
    gates.set(null);
    reading.set(null);
    comparison.set(null);
    refresh();
  }

  /// Whether whoever is signed in has claimed it.
  boolean mine(DeskData shown) {
    return me.equals(shown.detail().claimHolder());
  }

  /// Which escalation is on the desk, or null.
  @Nullable UUID id() {
    return id;
  }

  /// Calls off what is under way.
  public void close() {
    tasks.cancel();
    look.forget();
    id = null;
  }

  /// Looks again.
  public void refresh() {
    if (id != null) {
      look.now();
    }
  }

  private Callable<Optional<DeskData>> next() {
    UUID wanted = Objects.requireNonNull(id);
    return () -> DeskData.load(engine, wanted);
  }

  private void arrived(Optional<DeskData> found) {
    if (found.isEmpty()) {
      trouble.set(texts.get("desk.gone"));
    } else {
      trouble.set("");
      boolean first = data.get() == null;
      if (!found.get().equals(data.get())) {
        data.set(found.get());
        gate();
      }
      if (first) {
        compareWith(found.get().comparedWith());
      } else if (failedComparison != 0) {
        compareWith(failedComparison);
      }
      if (reading.get() == null) {
        read(found.get());
      }
    }
  }

  private void gate() {
    DeskData shown = data.get();
    if (shown != null) {
      String held = actions.held().get(shown.escalation().id());
      gates.set(Gates.of(shown, me, held, texts, words));
    }
  }

  // A version never changes: it is read once.
  private void read(DeskData shown) {
    UUID version = shown.escalation().versionId();
    tasks
        .runQuietly(
            texts.get("task.text"),
            () -> {
              Version text = engine.review().articles().version(version).orElseThrow();
              return new Reading(version, Paragraphs.of(text.body()));
            })
        .onSuccess(reading::set)
        // It is tried again when the desk looks again.
        .onFailure(why -> LOG.debug("the text can't be read", why));
  }

  /// Sets the escalated version beside another of the article.
  ///
  /// @param number of the other version; 0 for none
  void compareWith(int number) {
    DeskData shown = data.get();
    if (shown == null) {
      return;
    }
    failedComparison = 0;
    if (number == 0 || number == shown.version()) {
      comparison.set(null);
      return;
    }
    int left = Math.min(number, shown.version());
    int right = Math.max(number, shown.version());
    Comparison now = comparison.get();
    if (now != null && now.left() == left && now.right() == right) {
      return;
    }
    comparison.set(new Comparison(left, right, null));
    UUID article = shown.escalation().articleId();
    tasks
        .runQuietly(
            texts.get("task.compare"),
            () -> {
              Version a = engine.review().articles().version(article, left).orElseThrow();
              Version b = engine.review().articles().version(article, right).orElseThrow();
              return TextDiff.between(a.title(), a.body(), b.title(), b.body());
            })
        .onSuccess(diff -> {
          Comparison wanted = comparison.get();
          // Another may have been chosen meanwhile.
          if (wanted != null && wanted.left() == left && wanted.right() == right) {
            comparison.set(new Comparison(left, right, diff));
          }
        })
        .onFailure(why -> {
          LOG.debug("the versions can't be compared", why);
          // It is tried again when the desk looks again.
          failedComparison = number;
          comparison.set(null);
        });
  }

  /// Adds a remark.
  ///
  /// @param stored called when it is stored
  void comment(String text, Runnable stored) {
    UUID escalation = Objects.requireNonNull(id);
    // Not called off with the screen: what it came to is told wherever one is then.
    all.run(
            texts.get("action.comment"),
            () -> engine.review().escalations().comment(escalation, text))
        .onSuccess(decision -> {
          if (decision instanceof Decision.Decided<?>) {
            stored.run();
          } else {
            notices.tell(words.of(decision, "", texts.get("action.comment")));
          }
          refresh();
        });
  }

  ReadOnlyObjectProperty<@Nullable DeskData> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<@Nullable Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  /// The text, or null until it is read.
  ReadOnlyObjectProperty<@Nullable Reading> readingProperty() {
    return reading.getReadOnlyProperty();
  }

  /// What the text is set beside, or null.
  ReadOnlyObjectProperty<@Nullable Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /// Why there is nothing to show, or an empty text.
  StringProperty troubleProperty() {
    return trouble;
  }
}
