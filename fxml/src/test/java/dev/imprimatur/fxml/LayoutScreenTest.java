package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue's way between its layouts, in the window: each step, what stands in its way, what
/// differs.
class LayoutScreenTest {
  @TempDir Path folder;

  private TestDatabase database;
  private ConsoleRobot robot;
  private @Nullable Sweeper sweeper;

  @AfterEach
  void close() {
    if (sweeper != null) {
      sweeper.close();
    }
    robot.close();
  }

  private void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    robot = ConsoleRobot.on(database);
    // The jobs are to stand as the test puts them.
    robot.bench().stopWork();
  }

  private void toLayout() {
    robot.show(folder);
    robot.fire("#nav-queue");
    robot.awaitShown("#queue-blank");
    robot.press(KeyCode.L);
    robot.awaitShown("#queue-layout-pane");
  }

  private List<JobKey> enqueue(int jobs) {
    List<NewJob> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(NewJob.of("main", "diagnostic.noop", Json.object()).withDelay(Duration.ofHours(1)));
    }
    return robot.engine().queue().enqueue(all).stream().map(e -> e.key()).toList();
  }

  private void step(String button, QueueLayout wanted) {
    await().atMost(SOON).until(() -> !robot.button(button).isDisabled());
    robot.fire(button);
    robot.awaitShown(".dialog-pane");
    robot.confirm();
    robot.awaitText("#layout-" + wanted.code(), t -> t.endsWith(": in force"));
    assertThat(robot.engine().queueLayouts().inForce()).isEqualTo(wanted);
  }

  private TableView<LayoutDifference> differences() {
    return robot.table("#layout-differences");
  }

  @Test
  void everyStepIsTakenAndRefusedWhereItWouldLoseSomething() {
    open();
    toLayout();
    robot.awaitText("#layout-workspace", "New: in force"::equals);
    robot.awaitText("#layout-means", t -> t.contains("nothing to compare"));
    assertThat(robot.shown("#layout-after")).isFalse();
    robot.picture("layout-new");

    robot.fire("#layout-before");
    robot.awaitText(".dialog-pane .label", t -> t.contains("are not copied back"));
    robot.dialogPicture("layout-step-dialog");
    robot.confirm();
    robot.awaitText("#layout-dual", "Both: in force"::equals);
    robot.awaitText("#notice .notice-headline", t -> t.contains("is now “Both”"));
    robot.awaitText("#layout-copied", t -> t.startsWith("All 0 jobs"));
    step("#layout-before", QueueLayout.LEGACY);
    enqueue(12);
    robot.picture("layout-old");

    step("#layout-after", QueueLayout.DUAL);
    enqueue(4);
    robot.fire("#queue-layout");
    robot.fire("#queue-layout");
    robot.awaitText("#layout-copied", "4 of 16 jobs of the old layout, 12 to go"::equals);
    robot.awaitText(
        "#layout-written", t -> t.startsWith("By this console since it started: 1, failed 0"));
    await().atMost(SOON).until(() -> robot.button("#layout-after").isDisabled());
    assertThat(robot.button("#layout-after").getAccessibleHelp())
        .isEqualTo("12 jobs stand only in the old layout; copying brings them over.");
    robot.awaitText("#layout-why-not", t -> t.startsWith("On to New: 12 jobs stand only"));
    robot.awaitText("#layout-differences .placeholder .label", "Nothing differs"::equals);
    robot.picture("layout-copying");

    sweeper = robot.engine().sweeper("desk-3-9f21c07a");
    sweeper.start();
    robot.fire("#layout-copy");
    robot.awaitText("#layout-copied", "All 16 jobs of the old layout"::equals);
    await().atMost(SOON).until(() -> !robot.button("#layout-after").isDisabled());
    robot.picture("layout-both");
  }

  @Test
  void whatDiffersIsListedAndAnEarlySwitchIsRefusedByTheEngine() {
    open();
    Bench.decided(robot.engine().queueLayouts().set(QueueLayout.DUAL));
    List<JobKey> keys = enqueue(3);
    robot.show(folder);
    robot.fire("#nav-queue");
    robot.awaitShown("#queue-table .table-row-cell:filled");
    robot.press(KeyCode.L);
    robot.awaitText("#layout-copied", "All 3 jobs of the old layout"::equals);
    await().atMost(SOON).until(() -> !robot.button("#layout-after").isDisabled());
    robot.fire("#layout-after");
    robot.awaitShown(".dialog-pane");
    // Meanwhile somebody writes past the engine.
    database.execute(
        "UPDATE legacy_job SET priority = 9, last_error = 'by hand' WHERE id = '"
            + keys.get(0).id()
            + "'");
    database.execute("UPDATE legacy_job SET priority = 7 WHERE id = '" + keys.get(1).id() + "'");
    robot.confirm();
    robot.awaitText(
        "#notice .notice-headline", "Step to “New” was refused; nothing was changed."::equals);
    robot.awaitText("#notice .label", t -> t.startsWith("2 jobs differ between the two"));
    await().atMost(SOON).until(() -> fx(() -> differences().getItems().size()) == 2);
    robot.awaitText("#layout-differing", "2 jobs, in priority (2) · last_error (1)"::equals);
    await().atMost(SOON).until(() -> robot.button("#layout-after").isDisabled());
    assertThat(robot.button("#layout-before").isDisabled()).isTrue();
    assertThat(robot.engine().queueLayouts().inForce()).isEqualTo(QueueLayout.DUAL);
    robot.picture("layout-refused");

    // No job is in sight, so no key acts on one.
    robot.press(KeyCode.X);
    assertThat(robot.engine().queue().find(keys.get(2)).orElseThrow().cancelRequested()).isFalse();
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone("#queue-layout-pane");
    robot.awaitShown("#queue-table");
  }

  @Test
  void whoIsNoAdministratorReadsAndIsToldWhyNotMore() {
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    robot =
        ConsoleRobot.over(database, database.openAs(TestDatabase.EDITOR_A), TestDatabase.EDITOR_A);
    robot.bench().stopWork();
    toLayout();
    robot.awaitText("#layout-workspace", "New: in force"::equals);
    robot.awaitText("#layout-why-not", t -> t.contains("imprimatur_admin"));
    assertThat(robot.button("#layout-before").isDisabled()).isTrue();
    robot.picture("layout-reader");
  }

  @Test
  void whatCantBeReadSaysSo() {
    open();
    robot.show(folder);
    robot.fire("#nav-queue");
    robot.awaitShown("#queue-blank");
    robot.glass().shatter();
    robot.press(KeyCode.L);
    robot.awaitText("#layout-blank-head", "The layout can’t be read"::equals);
    robot.picture("layout-unreadable");
    robot.glass().clear();
    robot.awaitText("#layout-workspace", "New: in force"::equals);
  }
}
