package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobBulk;
import dev.imprimatur.engine.queue.JobBulk.Action;
import dev.imprimatur.engine.queue.JobDetail;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobOverview;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The job that is selected, and what is done to it or to all that are selected.
public final class JobViewModel {
  private final JobOverview jobs;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final Look<Optional<JobDetail>> look;
  private final ReadOnlyObjectWrapper<@Nullable JobDetail> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Results> results = new ReadOnlyObjectWrapper<>(Results.NONE);
  private Runnable changed = () -> {};
  private @Nullable JobKey key;
  private boolean acting;
  private int chosen;

  /// What stands in the way of each action; an empty text is an open gate.
  record Gates(String retry, String cancel) {
    String of(Action action) {
      return action == Action.RETRY ? retry : cancel;
    }
  }

  /// What came of doing the same to many.
  ///
  /// @param asked how many it was to be done to
  record Results(Action action, int asked, List<JobBulk.Item> items) {
    static final Results NONE = new Results(Action.RETRY, 0, List.of());

    long done() {
      return items.stream().filter(i -> i.decision() instanceof Decision.Decided).count();
    }
  }

  public JobViewModel(
      JobOverview jobs, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.jobs = jobs;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    look = new Look<>(tasks, texts.get("task.job"), this::next, this::arrived, this::failed);
    gate();
  }

  /// What to do when something was done.
  void onChanged(Runnable action) {
    changed = action;
  }

  /// Shows a job, or none.
  ///
  /// @param count how many are selected
  void open(@Nullable JobKey job, int count) {
    chosen = count;
    if (job == null || !job.equals(key)) {
      key = job;
      look.forget();
      trouble.set("");
      data.set(null);
      refresh();
    }
    gate();
  }

  /// Looks again.
  void refresh() {
    if (key != null) {
      look.now();
    }
  }

  private Callable<Optional<JobDetail>> next() {
    JobKey wanted = key;
    return wanted == null ? Optional::empty : () -> jobs.detail(wanted);
  }

  private void arrived(Optional<JobDetail> found) {
    if (found.isEmpty()) {
      data.set(null);
      trouble.set(key == null ? "" : texts.get("queue.gone"));
    } else if (!found.get().equals(data.get())) {
      trouble.set("");
      data.set(found.get());
    }
    gate();
  }

  private void failed(Throwable why) {
    if (data.get() == null) {
      trouble.set(texts.get("queue.failed", String.valueOf(why.getMessage())));
    }
  }

  private void gate() {
    gates.set(new Gates(gate(Action.RETRY), gate(Action.CANCEL)));
  }

  private String gate(Action action) {
    if (acting) {
      return texts.get("gate.queue.acting");
    }
    if (chosen > 1) {
      // Which of them it can be done to is looked at, and shown, before it is done.
      return "";
    }
    JobDetail shown = data.get();
    if (shown == null) {
      return texts.get("gate.queue.choose");
    }
    Job job = shown.job();
    if (action == Action.RETRY && shown.retriedAs() != null) {
      return texts.get("gate.queue.retried", shown.retriedAs().id());
    }
    if (action == Action.CANCEL && job.status() == JobStatus.RUNNING && job.cancelRequested()) {
      return texts.get("gate.queue.stopping");
    }
    return jobs.whyNot(action, job.key(), job.kind(), job.status()).map(this::why).orElse("");
  }

  private String why(Refusal refusal) {
    return words.of(new Decision.Refused<>(refusal), "", "").headline() + " " + refusal.unblock();
  }

  /// Does something to the job that is shown.
  void act(Action action) {
    JobKey job = key;
    if (job == null || !gates.get().of(action).isEmpty()) {
      return;
    }
    begin();
    tasks
        .run(texts.code("task.queue", Code.of(action)), () -> jobs.act(action, job))
        .onSuccess(
            decision -> notices.tell(words.of(decision, done(action, decision), wanted(action))))
        .onEnd(this::ended);
  }

  private String done(Action action, Decision<Job> decision) {
    if (!(decision instanceof Decision.Decided<Job> decided)) {
      return "";
    }
    return action == Action.RETRY
        ? texts.get("queue.retried", decided.value().key().id())
        : texts.get(
            decided.value().status() == JobStatus.CANCELLED
                ? "queue.cancelled"
                : "queue.cancel.asked");
  }

  private String wanted(Action action) {
    return texts.code("queue.do", Code.of(action));
  }

  /// What came of one of many, in words.
  Notice outcome(Action action, Decision<Job> decision) {
    return words.of(decision, done(action, decision), wanted(action));
  }

  /// Looks what doing something to these jobs would come to. They are what is done it to, whatever
  /// the list shows later.
  void preview(Action action, List<JobKey> frozen, Consumer<JobBulk.Preview> then) {
    begin();
    tasks
        .run(texts.get("task.queue.preview"), () -> jobs.preview(action, frozen))
        .onSuccess(then::accept)
        .onEnd(this::ended);
  }

  /// Does what was previewed.
  void all(JobBulk.Preview preview) {
    Action action = preview.action();
    int asked = preview.eligible().size();
    begin();
    tasks
        .runLong(
            texts.code("task.queue", Code.of(action)),
            progress ->
                jobs.all(
                    action,
                    preview.eligible(),
                    progress::cancelled,
                    through -> progress.at(through, asked)))
        .onSuccess(items -> {
          var came = new Results(action, asked, items);
          results.set(came);
          notices.tell(
              new Notice(
                  came.done() == asked ? Notice.Kind.DONE : Notice.Kind.REFUSED,
                  texts.code("queue.bulk", Code.of(action), came.done(), asked),
                  came.done() == asked ? "" : texts.get("queue.bulk.more")));
        })
        .onEnd(this::ended);
  }

  /// Puts the results away.
  void forgetResults() {
    results.set(Results.NONE);
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

  ReadOnlyObjectProperty<@Nullable JobDetail> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Results> resultsProperty() {
    return results.getReadOnlyProperty();
  }
}
