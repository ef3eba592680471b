package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchActions.Preview;
import dev.imprimatur.engine.assessment.BatchInspection;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The batch that is inspected, and what an administrator decides on it: first a dry run, then the
/// decision on the revision the dry run was made of, then what the database says after the commit.
public final class InspectorViewModel {
  /// Above so many comparisons a batch that has not moved is not reckoned anew.
  private static final int LARGE = 5_000;

  private final Assessment assessment;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final StuckWords batchWords;
  private final Notices notices;
  private final Look<Optional<BatchInspection>> look;
  private final ReadOnlyObjectWrapper<@Nullable BatchInspection> data =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates =
      new ReadOnlyObjectWrapper<>(new Gates(Map.of(), ""));
  private Runnable changed = () -> {};
  private @Nullable UUID id;
  private boolean acting;

  /// Why each decision can't be made.
  ///
  /// @param closed those that are open are missing
  /// @param common why none of them can be, where that is one reason, or an empty text
  record Gates(Map<Action, String> closed, String common) {
    String of(Action action) {
      return closed.getOrDefault(action, "");
    }
  }

  /// What came of a decision, and the batch as it is read again.
  private record Came(Decision<Batch> decision, Optional<Batch> now) {}

  public InspectorViewModel(
      Assessment assessment, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.assessment = assessment;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.batchWords = new StuckWords(texts);
    this.notices = notices;
    trouble.set(texts.get("stuck.nothing"));
    look = new Look<>(tasks, texts.get("task.stuck.one"), this::next, this::arrived, this::failed);
    gate();
  }

  /// What to do when something was decided.
  void onChanged(Runnable action) {
    changed = action;
  }

  /// Shows a batch, or none.
  void open(@Nullable UUID batch) {
    if (batch == null || !batch.equals(id)) {
      id = batch;
      look.forget();
      trouble.set(batch == null ? texts.get("stuck.nothing") : "");
      data.set(null);
      refresh();
    }
    gate();
  }

  /// Looks again.
  void refresh() {
    if (id != null) {
      look.now();
    }
  }

  private Callable<Optional<BatchInspection>> next() {
    UUID wanted = id;
    BatchInspection shown = data.get();
    if (wanted == null) {
      return Optional::empty;
    }
    return () ->
        shown != null
                && shown.detail().comparisons().size() > LARGE
                && assessment.batches().find(wanted).equals(Optional.of(shown.batch()))
            ? Optional.of(shown)
            : assessment.stuck().inspect(wanted);
  }

  private void arrived(Optional<BatchInspection> found) {
    if (found.isEmpty()) {
      data.set(null);
      trouble.set(id == null ? "" : texts.get("stuck.gone"));
    } else {
      trouble.set("");
      data.set(found.get());
    }
    gate();
  }

  private void failed(Throwable why) {
    if (data.get() == null) {
      trouble.set(texts.get("stuck.unreadable", String.valueOf(why.getMessage())));
    }
  }

  private void gate() {
    BatchInspection shown = data.get();
    Map<Action, String> closed = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      Refusal refusal = shown == null ? null : shown.closed().get(action);
      if (acting) {
        closed.put(action, texts.get("gate.stuck.acting"));
      } else if (shown == null) {
        closed.put(action, texts.get("gate.stuck.choose"));
      } else if (refusal != null) {
        closed.put(action, why(refusal, shown.batch()));
      }
    }
    // What shuts them all is told once, in sight.
    boolean all = shown != null && !acting && closed.size() == Action.values().length;
    String common =
        all && Set.copyOf(closed.values()).size() == 1 ? closed.values().iterator().next() : "";
    gates.set(new Gates(closed, common));
  }

  private String why(Refusal refusal, Batch batch) {
    return batch.terminal() && refusal.code().equals("batch_ended")
        ? texts.get("gate.stuck.ended", texts.code("outcome", batch.progress().status().name()))
        : words.of(new Decision.Refused<>(refusal), "", "").headline() + " " + refusal.unblock();
  }

  /// Looks what a decision on the batch as it is shown would come to; nothing is changed.
  ///
  /// @param pairs which outstanding pairs to ask for again; empty for all
  /// @param then told what it would come to, beside the batch it was reckoned of
  void preview(Action action, Set<UUID> pairs, BiConsumer<Preview, BatchInspection> then) {
    BatchInspection shown = data.get();
    if (shown == null || !gates.get().of(action).isEmpty()) {
      return;
    }
    UUID batch = shown.batch().id();
    begin();
    tasks
        .run(
            texts.get("task.stuck.preview"),
            () -> {
              // A reason is asked for together with the confirmation.
              var order = new Order(batch, action, shown.batch().progress().revision(), "-", pairs);
              Decision<Preview> decision = assessment.actions().preview(order);
              return new Looked(decision, assessment.stuck().inspect(batch));
            })
        .onEnd(this::ended)
        .onSuccess(looked -> {
          if (looked.decision() instanceof Decision.Decided<Preview>(Preview preview)
              && looked.now().isPresent()) {
            then.accept(preview, looked.now().get());
          } else {
            tell(action, looked.decision(), looked.now().map(BatchInspection::batch));
          }
        });
  }

  private record Looked(Decision<Preview> decision, Optional<BatchInspection> now) {}

  /// Makes a decision on what its dry run was made of.
  ///
  /// @param reason kept in the audit, or null
  void act(Preview preview, Set<UUID> pairs, @Nullable String reason) {
    Action action = preview.action();
    UUID batch = preview.batch().id();
    var order = new Order(batch, action, preview.batch().progress().revision(), reason, pairs);
    begin();
    tasks
        .run(
            texts.code("task.stuck", Code.of(action)),
            () -> {
              Decision<Batch> decision = assessment.actions().act(order);
              return new Came(decision, assessment.batches().find(batch));
            })
        .onEnd(this::ended)
        .onSuccess(came -> tell(action, came.decision(), came.now()));
  }

  private void tell(Action action, Decision<?> decision, Optional<Batch> now) {
    String name = now.map(b -> b.terms().name()).orElse("");
    String wanted = texts.code("stuck.do.plain", Code.of(action));
    Notice told = words.of(decision, texts.code("stuck.done", Code.of(action), name), wanted);
    notices.tell(
        switch (decision) {
          case Decision.Decided<?> d -> new Notice(told.kind(), told.headline(), reread(now));
          case Decision.AlreadyDecided<?> a ->
              new Notice(
                  told.kind(),
                  told.headline(),
                  texts.get("clash.kept"),
                  List.of(texts.get("stuck.clash.mine", wanted, name)),
                  stands(now));
          case Decision.Refused<?> r -> told;
        });
  }

  /// A success shown is a success re-read.
  private String reread(Optional<Batch> now) {
    return now.map(b ->
            texts.get(
                "stuck.reread",
                batchWords.state(b),
                batchWords.answers(b),
                b.progress().revision()))
        .orElse("");
  }

  private List<String> stands(Optional<Batch> now) {
    if (now.isEmpty()) {
      return List.of(texts.get("stuck.gone"));
    }
    Batch batch = now.get();
    List<String> lines = new ArrayList<>();
    lines.add(
        texts.get(
            "stuck.stands.state", batchWords.stands(batch, words), batch.progress().revision()));
    lines.add(texts.get("stuck.stands.answers", batchWords.answers(batch)));
    if (!batch.terminal()) {
      lines.add(texts.get("stuck.stands.decision", batchWords.decision(batch)));
    } else if (batch.progress().diagnostics() != null
        && batch.progress().diagnostics().path("reason").isString()) {
      lines.add(
          texts.get("clash.reason", batch.progress().diagnostics().path("reason").asString()));
    }
    return lines;
  }

  private void begin() {
    acting = true;
    gate();
  }

  private void ended() {
    acting = false;
    gate();
    refresh();
    changed.run();
  }

  ReadOnlyObjectProperty<@Nullable BatchInspection> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }
}
