package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/// The queue as it is shown: what is loaded, what of it is shown, and what was told last.
public final class InboxViewModel {
  /// More than anybody reads; the engine's list is not paged.
  static final int LIMIT = 5000;

  /// What there is to show.
  enum State {
    LOADING,
    READY,
    EMPTY,
    NO_MATCH,
    FAILED
  }

  /// Which statuses are loaded.
  enum Show {
    PENDING,
    RESOLVED,
    ALL
  }

  private record Loaded(List<Escalations.Detail> rows, int pending) {}

  private final Escalations escalations;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final ObservableList<Escalations.Detail> loaded = FXCollections.observableArrayList();
  private final FilteredList<Escalations.Detail> shown = new FilteredList<>(loaded);
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.LOADING);
  private final ReadOnlyIntegerWrapper pending = new ReadOnlyIntegerWrapper();
  private final Notices notices;
  private final ObjectProperty<Show> show = new SimpleObjectProperty<>(Show.PENDING);
  private final ObjectProperty<Escalation.@Nullable Reason> reason = new SimpleObjectProperty<>();
  private final StringProperty search = new SimpleStringProperty("");
  private final StringProperty failure = new SimpleStringProperty("");
  private boolean everLoaded;
  private boolean loading;
  private boolean again;

  public InboxViewModel(
      Escalations escalations, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.escalations = escalations;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    reason.addListener((observed, before, now) -> filter());
    search.addListener((observed, before, now) -> filter());
    show.addListener((observed, before, now) -> {
      everLoaded = false;
      loaded.clear();
      settle();
      refresh();
    });
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    Show wanted = show.get();
    tasks
        .runQuietly(texts.get("task.inbox"), () -> load(wanted))
        .onSuccess(result -> arrived(wanted, result))
        .onFailure(this::failed);
  }

  private Loaded load(Show wanted) {
    List<Escalations.Detail> open = escalations.list(Escalation.Status.PENDING, LIMIT);
    List<Escalations.Detail> rows =
        switch (wanted) {
          case PENDING -> open;
          case RESOLVED -> escalations.list(Escalation.Status.RESOLVED, LIMIT);
          case ALL -> escalations.list(null, LIMIT);
        };
    return new Loaded(rows, open.size());
  }

  private void arrived(Show wanted, Loaded result) {
    loading = false;
    if (wanted == show.get()) {
      everLoaded = true;
      failure.set("");
      pending.set(result.pending());
      // A list that is as it was is left alone: the selection and the scrolling stay.
      if (!keys(result.rows()).equals(keys(loaded))) {
        loaded.setAll(result.rows());
      }
      settle();
    }
    lookAgain();
  }

  private void failed(Throwable why) {
    loading = false;
    String message = why.getMessage();
    failure.set(message == null ? why.getClass().getSimpleName() : message);
    settle();
    if (again) {
      // Not at once: what failed will likely fail again, and the bridge calls soon enough.
      again = false;
    }
  }

  private void lookAgain() {
    if (again) {
      again = false;
      refresh();
    }
  }

  private static List<String> keys(List<Escalations.Detail> rows) {
    return rows.stream()
        .map(d ->
            d.row().escalation().id()
                + " "
                + d.row().escalation().revision()
                + " "
                + d.claimHolder())
        .toList();
  }

  private void filter() {
    var filter = new InboxFilter(reason.get(), search.get());
    shown.setPredicate(d -> filter.shows(d, reasonText(d)));
    settle();
  }

  private void settle() {
    if (!failure.get().isEmpty()) {
      state.set(State.FAILED);
    } else if (!everLoaded) {
      state.set(State.LOADING);
    } else if (loaded.isEmpty()) {
      state.set(State.EMPTY);
    } else {
      state.set(shown.isEmpty() ? State.NO_MATCH : State.READY);
    }
  }

  /// Claims for whoever is signed in.
  void claim(Escalations.Detail detail) {
    Escalation e = detail.row().escalation();
    decide(
        texts.get("action.claim"),
        texts.get("inbox.claimed", detail.row().articleTitle()),
        () -> escalations.claim(e.id(), e.revision()));
  }

  /// Gives a claim back.
  void release(Escalations.Detail detail) {
    Escalation e = detail.row().escalation();
    decide(
        texts.get("action.release"),
        texts.get("inbox.released", detail.row().articleTitle()),
        () -> escalations.release(e.id(), e.revision()));
  }

  /// Decides for good.
  ///
  /// @param detail as the reviewer saw it when the decision was made
  void resolve(Escalations.Detail detail, Escalation.Outcome outcome, String why) {
    Escalation e = detail.row().escalation();
    String name = texts.code("outcome", Code.of(outcome));
    decide(
        texts.get("action.resolve", name),
        texts.get("inbox.resolved", detail.row().articleTitle(), name),
        () -> escalations.resolve(e.id(), e.revision(), outcome, why));
  }

  /// Says who decided an escalation that is decided already.
  void tellDecided(Escalations.Detail detail) {
    Escalation.Resolution r = detail.row().escalation().resolution();
    if (r != null) {
      String outcome = texts.code("outcome", Code.of(r.outcome()));
      notices.tell(
          new Notice(
              Notice.Kind.CONFLICT,
              texts.get("inbox.decided.notice", outcome, r.by(), words.time(r.at())),
              r.reason()));
    }
  }

  private void decide(String what, String done, Callable<Decision<Escalations.Detail>> call) {
    tasks
        .run(what, call)
        .onSuccess(decision -> {
          notices.tell(words.of(decision, done, what));
          refresh();
        });
  }

  /// The loaded escalation with this id, if it is still loaded.
  Escalations.@Nullable Detail find(UUID id) {
    for (Escalations.Detail d : shown) {
      if (d.row().escalation().id().equals(id)) {
        return d;
      }
    }
    return null;
  }

  /// The reason in words.
  String reasonText(Escalations.Detail detail) {
    return texts.code("reason", Code.of(detail.row().escalation().reason()));
  }

  FilteredList<Escalations.Detail> shown() {
    return shown;
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// How many are pending, whatever is shown.
  public ReadOnlyIntegerProperty pendingProperty() {
    return pending.getReadOnlyProperty();
  }

  ObjectProperty<Show> showProperty() {
    return show;
  }

  ObjectProperty<Escalation.@Nullable Reason> reasonProperty() {
    return reason;
  }

  StringProperty searchProperty() {
    return search;
  }

  StringProperty failureProperty() {
    return failure;
  }
}
