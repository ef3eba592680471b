package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue in the window: what jobs do, what hangs, retry and cancel, of one and of many.
class QueueScreenTest {
  private static final List<String> KINDS =
      List.of("diagnostic.noop", "diagnostic.sleep", "diagnostic.count");

  @TempDir Path folder;
  private TestDatabase database;
  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    robot = ConsoleRobot.on(database);
    // The jobs are to stand as the test puts them.
    robot.bench().stopWork();
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private JobKey put(String kind, String workspace, int priority, Duration delay) {
    var payload = Json.object().put("counter", "visits").put("millis", 60_000);
    payload.putObject("article").put("title", "Unlocking digital workflows").put("version", 3);
    var job =
        NewJob.of(workspace, "diagnostic." + kind, payload)
            .withPriority(priority)
            .withDelay(delay)
            .withMaxAttempts(3);
    return robot.engine().queue().enqueue(List.of(job)).getFirst().key();
  }

  private JobKey put(String kind, int priority) {
    return put(kind, "main", priority, Duration.ZERO);
  }

  private Job claim() {
    return robot
        .bench()
        .database()
        .automation()
        .inTransaction(tx -> tx.jobs().claim("reading-room-7f3a", KINDS, List.of(), 1))
        .getFirst();
  }

  private void fail(Job job) {
    robot
        .bench()
        .database()
        .automation()
        .run(tx ->
            tx.jobs()
                .abandon(
                    job.claim(),
                    JobStatus.FAILED,
                    "aeo how to did not answer within 30000 ms",
                    Json.object().put("error", "attempts_exhausted").put("attempts", 3)));
  }

  private void hang(JobKey key) {
    assertThat(
            database.execute(
                "UPDATE job SET started_at = DATEADD('MINUTE', -42, CURRENT_TIMESTAMP), progress ="
                    + " 0.35, progress_text = 'asking the provider', progress_at ="
                    + " DATEADD('MINUTE', -41, CURRENT_TIMESTAMP) WHERE id = '"
                    + key.id()
                    + "'"))
        .isOne();
  }

  private JobStatus status(JobKey key) {
    return robot.engine().queue().find(key).orElseThrow().status();
  }

  private TableView<Slot<JobRow>> table() {
    return robot.table("#queue-table");
  }

  private void awaitRows(int count) {
    await().atMost(SOON).until(() -> fx(() -> table().getItems().size()) == count);
  }

  private void show() {
    robot.show(folder);
    robot.fire("#nav-queue");
  }

  @Test
  void anEmptyQueueSaysWhatItIsFor() {
    show();
    robot.awaitText("#queue-blank .blank-head", "No jobs yet"::equals);
    assertThat(robot.button("#queue-retry").getAccessibleHelp()).isEqualTo("Choose a job.");
    robot.picture("queue-empty");
  }

  @Test
  void aJobThatHangsInALivingWorkerIsSeen() {
    put("noop", 0);
    put("noop", "press", 0, Duration.ofHours(2));
    fail(claimed("count", 9));
    JobKey hung = claimed("sleep", 9).key();
    claimed("sleep", 9);
    hang(hung);
    show();
    awaitRows(5);
    robot.awaitText("#queue-table .state-mark", "Hung"::equals);
    robot.awaitText("#queue-show-stuck", "Stuck 1"::equals);
    robot.awaitText("#queue-show-failed", "Failed 1"::equals);
    robot.fire("#queue-show-stuck");
    awaitRows(1);
    robot.awaitText("#job-alarm", t -> t.startsWith("Hung: its worker reading-room-7f3a lives"));
    robot.awaitText("#job-facts .label", t -> t.contains("35 %") && t.contains("asking"));
    robot.picture("queue-hung-job");
    robot.fire("#queue-show-all");
    awaitRows(5);
    robot.picture("queue-jobs");
    robot.fire("#queue-by-kind");
    await().atMost(SOON).until(() -> robot.shown("#queue-kinds .table-row-cell:filled"));
    robot.picture("queue-by-kind");
  }

  private Job claimed(String kind, int priority) {
    put(kind, priority);
    return claim();
  }

  @Test
  void aFailedJobIsReadAndRetriedAndAPendingOneCancelledByKeyboard() {
    JobKey failed = claimed("count", 9).key();
    fail(robot.engine().queue().find(failed).orElseThrow());
    show();
    awaitRows(1);
    robot.awaitText("#job-kind", "diagnostic.count"::equals);
    robot.awaitText("#job-mark", "Failed"::equals);
    assertThat(text("#job-payload")).contains("\"title\" : \"Unlocking digital workflows\"");
    assertThat(text("#job-error")).contains("did not answer within");
    assertThat(text("#job-diagnostics")).contains("attempts_exhausted");
    await().atMost(SOON).until(() -> robot.button("#queue-cancel").isDisabled());
    assertThat(robot.button("#queue-cancel").getAccessibleHelp()).contains("has ended: FAILED");
    robot.picture("queue-failed-job");

    robot.press(KeyCode.R);
    awaitRows(2);
    robot.awaitText("#notice .notice-headline", t -> t.startsWith("The job runs again, as "));
    await().atMost(SOON).until(() -> robot.button("#queue-retry").isDisabled());
    assertThat(robot.button("#queue-retry").getAccessibleHelp()).startsWith("It was retried");
    robot.awaitText("#job-history .label", t -> t.startsWith("retried by"));

    robot.press(KeyCode.HOME);
    robot.awaitText("#job-mark", "Pending"::equals);
    await().atMost(SOON).until(() -> !robot.button("#queue-cancel").isDisabled());
    robot.press(KeyCode.X);
    robot.awaitText("#job-mark", "Cancelled"::equals);
  }

  private String text(String id) {
    return fx(() -> robot.node(id, TextInputControl.class).getText());
  }

  @Test
  void manyAreCancelledAfterALookWhatItComesTo() {
    JobKey failed = claimed("count", 9).key();
    fail(robot.engine().queue().find(failed).orElseThrow());
    JobKey running = claimed("sleep", 9).key();
    JobKey one = put("noop", 0);
    JobKey two = put("noop", 0);
    show();
    awaitRows(4);
    robot.press(KeyCode.CONTROL, KeyCode.A);
    robot.awaitText("#queue-shown", "4 of 4 jobs selected"::equals);
    robot.fire("#queue-cancel");
    robot.awaitShown(".dialog-pane");
    robot.awaitText(".dialog-pane .label", t -> t.contains("One has ended already."));
    robot.awaitText(".dialog-pane .dialog-head", "Cancel 3 of 4 selected jobs?"::equals);
    robot.dialogPicture("queue-bulk-dialog");
    // What comes after the selection was frozen is left alone; what ends meanwhile is told.
    JobKey late = put("noop", 0);
    Job ended = Bench.decided(robot.engine().queue().cancel(two));
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    robot.confirm();
    robot.awaitShown("#queue-results");
    robot.awaitText("#queue-results .card-head", "Done: 2 of 3"::equals);
    robot.picture("queue-bulk-results");
    assertThat(status(one)).isEqualTo(JobStatus.CANCELLED);
    assertThat(status(late)).isEqualTo(JobStatus.PENDING);
    assertThat(robot.engine().queue().find(running).orElseThrow().cancelRequested()).isTrue();
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone("#queue-results");
  }

  @Test
  void theListIsNarrowedSortedAndFollowsWhatHappensElsewhere() {
    put("noop", 0);
    put("count", "press", 0, Duration.ZERO);
    show();
    awaitRows(2);
    put("sleep", "press", 0, Duration.ofHours(1));
    awaitRows(3);
    robot.awaitText("#queue-count", "3"::equals);
    await().atMost(SOON).until(() -> fx(() -> robot.combo("#queue-kind").getItems().size()) == 4);
    fx(() -> {
      robot.combo("#queue-kind").setValue("diagnostic.count");
      return null;
    });
    awaitRows(1);
    fx(() -> {
      robot.combo("#queue-kind").setValue(null);
      robot.combo("#queue-workspace").setValue("press");
      return null;
    });
    awaitRows(2);
    robot.type("#queue-search", "nobody has this");
    robot.awaitText("#queue-blank .blank-head", "No job matches"::equals);
    robot.picture("queue-no-match");
    robot.type("#queue-search", "workflows digital");
    awaitRows(2);
    fx(() -> {
      table().getSortOrder().setAll(List.of(table().getColumns().get(1)));
      return null;
    });
    await()
        .atMost(SOON)
        .until(() ->
            fx(() ->
                table().getItems().getFirst().row() != null
                    && table().getItems().getFirst().row().kind().equals("diagnostic.count")));
  }
}
