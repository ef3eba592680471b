package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// One escalation on the desk. Decisions are made on the revision that is shown.
public final class DeskViewModel {
  private final Engine engine;
  private final FxTasks.Scope tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final String me;
  private final ReadOnlyObjectWrapper<@Nullable DeskData> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Gates> gates = new ReadOnlyObjectWrapper<>();
  private final Notices notices;
  private final StringProperty trouble = new SimpleStringProperty("");
  private @Nullable UUID id;
  private boolean loading;
  private boolean again;

  /// @param me who is signed in
  public DeskViewModel(
      Engine engine, FxTasks tasks, Texts texts, DecisionWords words, Notices notices, String me) {
    this.engine = engine;
    this.tasks = tasks.scope();
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.me = me;
  }

  /// Puts an escalation on the desk.
  public void open(UUID escalation) {
    close();
    id = escalation;
    notices.clear();
    trouble.set("");
    data.set(null);
    gates.set(null);
    refresh();
  }

  /// Calls off what is under way.
  public void close() {
    tasks.cancel();
    loading = false;
    again = false;
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
    tasks
        .runQuietly(texts.get("task.desk"), () -> DeskData.load(engine, wanted))
        .onSuccess(this::arrived)
        .onFailure(failure -> {
          loading = false;
          trouble.set(texts.get("desk.failed", String.valueOf(failure.getMessage())));
        });
  }

  private void arrived(Optional<DeskData> found) {
    loading = false;
    if (found.isEmpty()) {
      trouble.set(texts.get("desk.gone"));
    } else {
      trouble.set("");
      if (!found.get().equals(data.get())) {
        data.set(found.get());
        gates.set(Gates.of(found.get(), me, texts, words));
      }
    }
    if (again) {
      again = false;
      refresh();
    }
  }

  void claim() {
    with(d -> {
      Escalation e = escalation(d);
      decide(
          texts.get("action.claim"),
          texts.get("desk.claimed"),
          () -> engine.review().escalations().claim(e.id(), e.revision()));
    });
  }

  void release() {
    with(d -> {
      Escalation e = escalation(d);
      decide(
          texts.get("action.release"),
          texts.get("desk.released"),
          () -> engine.review().escalations().release(e.id(), e.revision()));
    });
  }

  void resolve(Dialogs.Resolution answer) {
    with(d -> {
      Escalation e = escalation(d);
      String name = texts.code("outcome", Code.of(answer.outcome()));
      decide(
          texts.get("action.resolve", name),
          texts.get("desk.resolved", name),
          () ->
              engine
                  .review()
                  .escalations()
                  .resolve(e.id(), e.revision(), answer.outcome(), answer.reason()));
    });
  }

  void approve(Dialogs.Answer answer) {
    with(d -> {
      Dialogs.Resolution r = answer.resolution();
      Approvals.Resolving resolving =
          r == null ? null : new Approvals.Resolving(r.outcome(), r.reason());
      String note = answer.note().isEmpty() ? null : answer.note();
      decide(
          texts.get("action.approve", d.detail().row().versionNumber()),
          texts.get("desk.approved", d.detail().row().versionNumber()),
          () ->
              engine
                  .review()
                  .approvals()
                  .approve(escalation(d).versionId(), d.articleRevision(), note, resolving));
    });
  }

  /// Adds a remark.
  ///
  /// @param stored called when it is stored
  void comment(String text, Runnable stored) {
    with(d ->
        tasks
            .run(
                texts.get("action.comment"),
                () -> engine.review().escalations().comment(escalation(d).id(), text))
            .onSuccess(decision -> {
              if (decision instanceof Decision.Decided<?>) {
                stored.run();
              } else {
                notices.tell(words.of(decision, "", texts.get("action.comment")));
              }
              refresh();
            }));
  }

  private void decide(String what, String done, Callable<? extends Decision<?>> call) {
    tasks
        .run(what, call)
        .onSuccess(decision -> {
          notices.tell(words.of(decision, done, what));
          refresh();
        });
  }

  private void with(java.util.function.Consumer<DeskData> action) {
    DeskData shown = data.get();
    if (shown != null) {
      action.accept(shown);
    }
  }

  private static Escalation escalation(DeskData data) {
    return data.detail().row().escalation();
  }

  ReadOnlyObjectProperty<@Nullable DeskData> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<@Nullable Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  /// Why there is nothing to show, or an empty text.
  StringProperty troubleProperty() {
    return trouble;
  }
}
