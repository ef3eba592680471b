package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand jobs in the queue, and how long the FX thread is busy with any one thing
/// meanwhile, as in [LongInboxTest].
class LongQueueTest {
  private static final int JOBS = 100_000;
  private static final String JOB =
      """
      'press-' || MOD(x, 5), RANDOM_UUID(), 'diagnostic.' || CASE MOD(x, 3) WHEN 0 THEN 'noop' ELSE 'count' END,
      '{"counter":"c' || x || '","title":"Article ' || MOD(x * 7919, 20000) || '"}'
      """;

  /// A quarter waits, a quarter has failed, the others are done.
  private static final List<String> FILL =
      List.of(
          """
          INSERT INTO job (workspace_id, id, kind, payload, status, priority, run_at, max_attempts, actor_id, enqueued_at)
          SELECT %s, 'PENDING', 0, DATEADD('DAY', 1, CURRENT_TIMESTAMP), 5, 'editor', DATEADD('SECOND', -x, CURRENT_TIMESTAMP)
          FROM SYSTEM_RANGE(1, 25000) AS s(x)
          """
              .formatted(JOB),
          """
          INSERT INTO job_history (workspace_id, id, kind, payload, seq, status, priority, run_at, attempts, handed_back,
            max_attempts, actor_id, enqueued_at, started_at, finished_at, progress, cancel_requested, last_error)
          SELECT %s, 1000000 + x, CASE MOD(x, 3) WHEN 0 THEN 'FAILED' ELSE 'COMPLETED' END, 0, CURRENT_TIMESTAMP, 1, 0, 5, 'editor',
            CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1, false,
            CASE MOD(x, 3) WHEN 0 THEN 'the provider did not answer' END
          FROM SYSTEM_RANGE(1, 75000) AS s(x)
          """
              .formatted(JOB));

  @TempDir Path folder;
  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
    FILL.forEach(database::execute);
    robot = ConsoleRobot.on(database);
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private TableView<Slot<JobRow>> table() {
    return robot.table("#queue-table");
  }

  private int rows() {
    return fx(() -> table().getItems().size());
  }

  private JobRow selected() {
    return fx(() -> {
      Slot<JobRow> slot = table().getSelectionModel().getSelectedItem();
      return slot == null ? null : slot.row();
    });
  }

  private void awaitSelectedPlace(int place) {
    await()
        .atMost(SOON)
        .until(() ->
            fx(() -> table().getSelectionModel().getSelectedIndex() == place)
                && selected() != null);
  }

  @Test
  void aHundredThousandJobsStaySmooth() {
    try (FxWatch watch = FxWatch.start()) {
      robot.show(folder);
      robot.fire("#nav-queue");
      await().atMost(SOON).until(() -> rows() == JOBS);
      robot.awaitText("#queue-show-all", "All 100,000"::equals);
      robot.awaitText("#queue-show-failed", "Failed 25,000"::equals);
      // Showing the first window of a process loads classes and styles; that is told apart.
      watch.report("opening the queue", false);
      for (int i = 0; i < 30; i++) {
        robot.press(KeyCode.J);
      }
      await().atMost(SOON).until(() -> selected() != null);
      watch.report("thirty rows down", true);
      robot.press(KeyCode.END);
      awaitSelectedPlace(JOBS - 1);
      robot.press(KeyCode.HOME);
      awaitSelectedPlace(0);
      watch.report("to the end and back", true);
      for (int i = 1; i <= 40; i++) {
        int to = i * 2_499;
        fx(() -> {
          table().scrollTo(to);
          return null;
        });
      }
      watch.report("dragged through", true);
      robot.press(KeyCode.HOME);
      awaitSelectedPlace(0);
      robot.picture("queue-long");
      watch.report("pictures", false);
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
      watch.report("sorted by kind", true);
      robot.type("#queue-search", "article 199");
      await().atMost(SOON).until(() -> rows() > 0 && rows() < 2_000);
      watch.report("searched", true);
      robot.type("#queue-search", "");
      await().atMost(SOON).until(() -> rows() == JOBS);
      robot.fire("#queue-show-failed");
      await().atMost(SOON).until(() -> rows() == JOBS / 4);
      watch.report("only what failed", true);
      fx(() -> {
        table().requestFocus();
        return null;
      });
      robot.press(KeyCode.CONTROL, KeyCode.A);
      robot.awaitText("#queue-shown", "25,000 of 25,000 jobs selected"::equals);
      watch.report("all selected", true);
      robot.fire("#queue-retry");
      robot.awaitText(".dialog-pane .dialog-head", "Retry 25,000 of 25,000 selected jobs?"::equals);
      watch.report("all previewed", true);
      robot.press(KeyCode.ESCAPE);
      fx(() -> {
        table().getSelectionModel().clearAndSelect(1);
        table().requestFocus();
        return null;
      });
      await()
          .atMost(SOON)
          .until(() -> selected() != null && selected().status() == JobStatus.FAILED);
      await().atMost(SOON).until(() -> !robot.button("#queue-retry").isDisabled());
      robot.press(KeyCode.R);
      robot.awaitText("#queue-show-all", "All 100,001"::equals);
      watch.report("one retried", true);
    }
  }
}
