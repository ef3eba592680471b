package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The figures in the window: in range, out of range, and none.
class MetricsScreenTest {
  private static final String AGO = "DATEADD('MINUTE', -%d, CURRENT_TIMESTAMP)";

  @TempDir Path folder;
  private TestDatabase database;
  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    robot = ConsoleRobot.on(database);
    robot.bench().stopWork();
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private void show() {
    robot.show(folder);
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.awaitShown("#metrics-scroll");
  }

  private void enqueue(String kind, int jobs) {
    List<NewJob> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(
          NewJob.of(
              "main",
              "diagnostic." + kind,
              Json.object().put("counter", "visits").put("millis", 60_000)));
    }
    robot.engine().queue().enqueue(all);
  }

  private List<Job> claim(String kind, int jobs) {
    return robot
        .bench()
        .database()
        .automation()
        .inTransaction(tx ->
            tx.jobs().claim("reading-room-7f3a", List.of("diagnostic." + kind), List.of(), jobs));
  }

  private void number(String figure, String value) {
    robot.awaitText("#metric-" + figure + " .figure-number", value::equals);
  }

  private String mark(String figure) {
    return String.join("", robot.texts("#metric-" + figure + " .state-mark"));
  }

  private void trouble() {
    enqueue("sleep", 5);
    enqueue("noop", 14);
    enqueue("count", 3);
    List<Job> held = claim("sleep", 4);
    var automation = robot.bench().database().automation();
    automation.run(tx -> {
      tx.jobs().abandon(held.get(0).claim(), JobStatus.FAILED, "no answer", Json.object());
      tx.jobs().complete(Map.of(held.get(1).claim(), Optional.empty()));
      tx.jobs().complete(Map.of(held.get(2).claim(), Optional.empty()));
    });
    String ago = AGO.formatted(42);
    database.execute(
        "UPDATE job SET started_at = %s, progress_at = %s WHERE status = 'RUNNING'"
            .formatted(ago, ago));
    database.execute("UPDATE job SET run_at = " + ago + " WHERE kind = 'diagnostic.count'");
    automation.run(tx -> {
      tx.outbox().register("mail");
      tx.outbox().append("run", "4711", "run.finalised", "run:4711", Json.object());
      tx.outbox().append("run", "4712", "run.finalised", "run:4712", Json.object());
    });
    UUID event = robot.engine().outbox().events(null, null, 10).getFirst().event().id();
    automation.run(tx ->
        tx.outbox()
            .failed(
                tx.outbox().claim("mail", event, Duration.ofMinutes(1)).orElseThrow(),
                new OutboxStore.Failure("no", Duration.ZERO, true)));
    database.execute(
        "INSERT INTO sweep_schedule (task_name, task_instance, execution_time, picked, version)"
            + " VALUES ('retention', 'recurring', "
            + AGO.formatted(7)
            + ", false, 1)");
    robot.engine().locks().hold("tour-job:42", Duration.ofSeconds(5), held1 -> true);
  }

  @Test
  void whatIsOutOfRangeIsSeenWithItsTrendAndLeadsToWhereOneActs() {
    trouble();
    show();
    number("stuck", "1");
    number("waiting", "18");
    number("failed", "1 / min");
    number("completed", "2 / min");
    number("dead", "1");
    robot.awaitText("#metric-oldest .figure-number", t -> t.startsWith("42 min"));
    robot.awaitText("#metric-overdue .figure-number", t -> t.startsWith("7 min"));
    robot.awaitText("#metric-waiting .label", t -> t.startsWith("diagnostic.noop\u00a014 · "));
    for (String figure : List.of("stuck", "oldest", "failed", "dead", "overdue")) {
      assertThat(mark(figure)).as(figure).isEqualTo("Out of range");
    }
    assertThat(mark("lag")).isEqualTo("In range");
    assertThat(mark("waiting")).as("no number alone is bad").isEmpty();
    robot.awaitText("#metrics-bad", "5 out of range"::equals);
    assertThat(robot.texts("#metric-lag .metric-exposed"))
        .containsExactly("imprimatur_outbox_lag_seconds");
    assertThat(robot.node("#metric-stuck", Region.class).getAccessibleText())
        .startsWith("Stuck: 1. Out of range. Read");

    // The trend grows as one looks.
    for (int jobs = 1; jobs <= 4; jobs++) {
      int looks = points();
      enqueue("noop", 3 * jobs);
      await().atMost(SOON).until(() -> points() > looks);
    }
    robot.picture("metrics-out-of-range");
    fx(() -> {
      robot.node("#metrics-scroll", ScrollPane.class).setVvalue(1);
      return null;
    });
    robot.awaitText("#metrics-process .table-cell", "imprimatur_lock_wait_seconds"::equals);
    robot.picture("metrics-lower");

    robot.fire("#metrics-open-outbox");
    robot.awaitShown("#outbox-table");
  }

  private int points() {
    return fx(
        () -> robot.node("#metric-waiting .sparkline-line", Polyline.class).getPoints().size());
  }

  @Test
  void whereNothingHappensAllIsInRange() {
    show();
    robot.awaitText("#metrics-bad", "All in range"::equals);
    number("waiting", "0");
    assertThat(mark("stuck")).isEqualTo("In range");
    robot.awaitText(
        "#metrics-process .placeholder .label", t -> t.startsWith("Nothing was measured"));
    robot.picture("metrics-in-range");
  }

  @Test
  void aDatabaseThatDoesNotAnswerLeavesNoOldFigures() {
    show();
    number("waiting", "0");
    robot.glass().shatter();
    robot.awaitText("#metrics-blank .label", "The figures can’t be read"::equals);
    assertThat(robot.shown("#metrics-scroll")).isFalse();
    robot.picture("metrics-unreadable");
    robot.glass().clear();
    robot.awaitShown("#metrics-scroll");
    robot.awaitText("#metrics-bad", "All in range"::equals);
  }
}
