package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.WaitCount;
import dev.imprimatur.engine.lock.WaitCount.Outcome;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The administrator's screen of locks.
class LocksWindowTest {
  @TempDir Path folder;

  private TestDatabase database;
  private ConsoleRobot robot;
  private final CountDownLatch leave = new CountDownLatch(1);
  private final List<Thread> holders = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    robot = ConsoleRobot.on(database);
  }

  @AfterEach
  void close() throws InterruptedException {
    leave.countDown();
    for (Thread holder : holders) {
      holder.join();
    }
    robot.close();
  }

  private void toLocks() {
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT9);
  }

  private void hold(String name, Duration lease) {
    var held = new CountDownLatch(1);
    holders.add(
        Thread.ofPlatform()
            .start(() ->
                robot
                    .engine()
                    .locks()
                    .hold(
                        name,
                        lease,
                        h -> {
                          held.countDown();
                          return awaits(leave);
                        })));
    assertThat(awaits(held)).isTrue();
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TableView<LockLease> held() {
    return robot.table("#locks-held");
  }

  @Test
  void withoutLocksItSaysSo() {
    robot.show(folder);
    toLocks();
    robot.awaitText("#locks-blank .label", t -> t.equals("No lock is held"));
    robot.picture("locks-empty");
  }

  @Test
  void whoHoldsWhatIsSeenAsItComesAndGoes() {
    robot.show(folder);
    toLocks();
    robot.awaitShown("#locks-blank");
    hold("tour-job:42", Duration.ofMinutes(5));
    robot.awaitShown("#locks-held");
    await().atMost(SOON).until(() -> fx(() -> held().getItems().size()) == 1);
    robot.awaitText("#locks-count", t -> t.equals("1"));
    LockLease lease = fx(() -> held().getItems().getFirst());
    assertThat(lease.name()).isEqualTo("tour-job:42");
    robot.awaitText("#locks-held .table-cell", "in force"::equals);
    leave.countDown();
    await().atMost(SOON).until(() -> fx(() -> held().getItems().isEmpty()));
    robot.awaitText("#locks-held-count", t -> t.equals("no lock is held"));
  }

  @Test
  void figuresHeatmapAndAlerts() {
    fill();
    hold("article:0f3a9c1e-7b1d-4f0e-9f57-0c6f2f5a1d11", Duration.ofMinutes(5));
    hold("tour-job:42", Duration.ofMillis(1));
    robot.show(folder);
    toLocks();
    robot.awaitShown("#locks-figures");
    robot.awaitText("#locks-alerts .label", t -> t.startsWith("Alert: tour-job timed out"));
    robot.awaitText("#locks-held .table-cell", t -> t != null && t.startsWith("−"));
    TableView<LockFigures> figures = robot.table("#locks-figures");
    assertThat(fx(() -> figures.getItems().stream().map(LockFigures::type).toList()))
        .containsExactly("article", "board", "tour-job");
    assertThat(robot.texts("#locks-heat .heat-timeouts"))
        .isNotEmpty()
        .allMatch(t -> t.endsWith("!"));
    assertThat(fx(() -> robot.stage().getScene().getFocusOwner()))
        .isEqualTo(robot.node("#locks-span", Node.class));
    robot.picture("locks");
    // All by keyboard: the span is in focus, tables and heatmap follow.
    robot.press(KeyCode.DOWN);
    robot.awaitText(".card-head", t -> t.equals("Found held, by type and hour of the day"));
    robot.press(KeyCode.TAB);
    robot.press(KeyCode.TAB);
    robot.press(KeyCode.TAB);
    assertThat(fx(() -> robot.node("#locks-heat", Node.class).isFocused())).isTrue();
    assertThat(fx(() -> robot.node("#locks-heat", Node.class).getAccessibleText()))
        .contains("tour-job at", "timed out");
    assertThat(robot.texts("#locks-heat .heat-timeouts")).anyMatch(t -> t.length() == 4);
    robot.picture("locks-week");
  }

  @Test
  void whatCanNotBeReadIsSaid() {
    robot.show(folder);
    robot.awaitShown("#inbox-blank");
    robot.glass().shatter();
    toLocks();
    robot.awaitText("#locks-blank .label", t -> t.startsWith("The locks can"));
    robot.picture("locks-failed");
    robot.glass().clear();
    robot.awaitText("#locks-blank .label", t -> t.equals("No lock is held"));
  }

  /// A week of waiting, some of it bad, the worst just now.
  private void fill() {
    var random = new Random(5);
    for (int hour = 1; hour <= 40; hour++) {
      database.execute("UPDATE lock_wait SET hour_at = hour_at - interval '1' hour");
      boolean day = hour % 24 > 6;
      List<WaitCount> counts = new ArrayList<>();
      if (day) {
        long tries = 20 + random.nextLong(200);
        counts.add(new WaitCount("article", null, Outcome.ACQUIRED, 12, tries, 0, tries * 900));
        counts.add(
            new WaitCount("article", null, Outcome.ACQUIRED, 30, 3, random.nextLong(3), 60_000));
      }
      if (hour % 3 == 0) {
        counts.add(new WaitCount("board", null, Outcome.ACQUIRED, 15, 12, 0, 18_000));
      }
      long busy = random.nextLong(60);
      counts.add(new WaitCount("tour-job", null, Outcome.ACQUIRED, 14, 100, 4, 120_000));
      counts.add(new WaitCount("tour-job", null, Outcome.ACQUIRED, 38, busy, busy, busy * 100_000));
      if (hour == 40 || hour % 9 == 0) {
        counts.add(
            new WaitCount("tour-job", null, Outcome.TIMED_OUT, 63, 20, 20, 20 * 10_000_000L));
      }
      robot.bench().database().people().run(tx -> tx.locks().measured(counts));
    }
  }
}
