package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sweeps as an administrator watches and steers them, over a real engine on a temporary
/// database. Pictures of what is seen are left in `target/screens`.
class SweepsTest {
  @TempDir Path folder;

  private ConsoleRobot robot;
  private final List<Sweeper> sweepers = new ArrayList<>();

  @AfterEach
  void close() {
    sweepers.forEach(Sweeper::close);
    robot.close();
  }

  private void sweep(Sweep... sweeps) {
    Sweeper sweeper =
        robot.engine().sweeper("desk-3-9f21c07a", List.of(sweeps), Duration.ofMillis(50));
    sweepers.add(sweeper);
    sweeper.start();
  }

  private static Sweep found(String name, Duration interval, long found) {
    return new Sweep(name, interval, stopping -> Findings.all(found));
  }

  private SweepStatus status(String name) {
    return robot.engine().sweeps().find(name).orElseThrow();
  }

  private List<String> column(String table, int column) {
    return fx(() -> {
      TableView<?> view = robot.node(table, TableView.class);
      return IntStream.range(0, view.getItems().size())
          .mapToObj(row -> String.valueOf(view.getColumns().get(column).getCellData(row)))
          .toList();
    });
  }

  private void awaitColumn(int column, String text) {
    await()
        .atMost(SOON)
        .until(() -> column("#sweeps-table", column).stream().anyMatch(t -> t.contains(text)));
  }

  @Test
  void theyAreWatchedAskedForPausedAndGivenAnInterval() {
    robot = ConsoleRobot.onH2();
    var broken = new AtomicBoolean(true);
    sweep(
        found("expired-claims", Duration.ofMinutes(1), 0),
        found("outbox-relay", Duration.ofSeconds(30), 3),
        new Sweep(
            "retention",
            Duration.ofHours(1),
            stopping -> new Findings(12_480, 12_480, "deleted 12,031 jobs, 449 events")),
        new Sweep(
            "stale-jobs",
            Duration.ofMinutes(1),
            stopping -> {
              if (broken.get()) {
                throw new IllegalStateException(
                    "database jdbc:postgresql://db.example/imprimatur: the server is in trouble: no space left on device");
              }
              return new Findings(2, 2, "2 put back, 0 given up");
            }),
        found("stuck-runs", Duration.ofMinutes(1), 0));
    robot.show(folder, Duration.ZERO);
    await().atMost(SOON).until(() -> robot.texts("#sweeps-count").contains("1"));
    robot.fire("#nav-sweeps");
    awaitColumn(0, "stuck-runs");
    assertThat(column("#sweeps-table", 0))
        .containsExactly(
            "batch-completion",
            "batch-monitor",
            "expired-claims",
            "lock-waits",
            "outbox-relay",
            "queue-backfill",
            "retention",
            "stale-jobs",
            "stuck-runs",
            "tour-expiry");
    awaitColumn(8, "no space left");
    robot.awaitText("#sweep-name", "batch-completion"::equals);
    // Past all of them: each says in words what it does.
    for (int row = 0; row < 9; row++) {
      robot.press(KeyCode.DOWN);
    }
    robot.awaitText("#sweep-name", "tour-expiry"::equals);
    robot.press(KeyCode.UP);
    robot.press(KeyCode.UP);
    robot.awaitText("#sweep-name", "stale-jobs"::equals);
    robot.awaitText("#sweep-error .label", t -> t.contains("no space left"));
    robot.picture("sweeps-failing");

    // Mended, and asked for: it comes by itself.
    broken.set(false);
    robot.fire("#sweep-run");
    await().atMost(SOON).until(() -> status("stale-jobs").state() == SweepStatus.State.WAITING);
    await().atMost(SOON).until(() -> column("#sweep-ticks", 6).contains("2 put back, 0 given up"));
    robot.awaitText("#notice .label", t -> t.contains("takes it up"));
    assertThat(column("#sweep-ticks", 4)).contains("asked for", "due");
    await().atMost(SOON).until(() -> !robot.texts("#sweeps-count").contains("1"));

    robot.fire("#sweep-pause");
    await().atMost(SOON).until(() -> robot.shown("#sweep-resume"));
    assertThat(status("stale-jobs").paused()).isTrue();
    awaitColumn(7, "when resumed");
    robot.picture("sweeps-paused");
    robot.fire("#sweep-resume");
    await().atMost(SOON).until(() -> robot.shown("#sweep-pause"));

    robot.fire("#sweep-interval");
    robot.awaitShown("#sweep-interval-field");
    robot.type("#sweep-interval-field", "8d");
    robot.awaitText("#sweep-interval-hint", t -> t.startsWith("That is no interval"));
    robot.dialogPicture("sweeps-interval");
    robot.type("#sweep-interval-field", "5m");
    robot.confirm();
    awaitColumn(1, "5m");
    assertThat(status("stale-jobs").interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(robot.glass().trespasses()).isEmpty();
  }

  @Test
  void whoIsNoAdministratorReadsAndIsToldWhyNotMore() {
    TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    robot =
        ConsoleRobot.over(database, database.openAs(TestDatabase.EDITOR_A), TestDatabase.EDITOR_A);
    robot.show(folder, Duration.ZERO);
    robot.fire("#nav-sweeps");
    awaitColumn(0, "stuck-runs");
    await()
        .atMost(SOON)
        .until(() ->
            robot.button("#sweep-run").isDisabled()
                && robot.button("#sweep-run").getAccessibleHelp().contains("administrators"));
    robot.awaitText("#sweep-why", t -> t.contains("imprimatur_admin"));
    assertThat(robot.button("#sweep-pause").isDisabled()).isTrue();
    assertThat(robot.button("#sweep-interval").isDisabled()).isTrue();
    robot.picture("sweeps-reader");
  }

  @Test
  void whatCantBeReadSaysSo() {
    robot = ConsoleRobot.onH2();
    robot.show(folder, Duration.ZERO);
    robot.glass().shatter();
    robot.fire("#nav-sweeps");
    robot.awaitText("#sweeps-blank .label", t -> t.contains("can’t be read"));
    robot.picture("sweeps-unreadable");
    robot.glass().clear();
    robot.fire("#nav-inbox");
    robot.fire("#nav-sweeps");
    awaitColumn(0, "stuck-runs");
    assertThat(robot.shown("#sweeps-blank")).isFalse();
  }
}
