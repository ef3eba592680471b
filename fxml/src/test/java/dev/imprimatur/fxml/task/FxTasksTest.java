package dev.imprimatur.fxml.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.queue.WakeUps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Tasks and the bridge without a window.
class FxTasksTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final FxTasks tasks =
      new FxTasks(Runnable::run, arriving::add, (name, failure) -> failures.add(name));

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  @Test
  void aResultArrivesOnceAndTheTaskIsNoLongerRunning() {
    tasks.run("adding", () -> "sum").onSuccess(heard::add);
    assertThat(tasks.running()).extracting(FxTask::name).containsExactly("adding");
    assertThat(heard).isEmpty();
    arrive();
    assertThat(heard).containsExactly("sum");
    assertThat(tasks.running()).isEmpty();
  }

  @Test
  void aFailureNobodyAnswersGoesToTheUsualPlace() {
    tasks.run("failing", FxTasksTest::fail).onSuccess(heard::add);
    arrive();
    assertThat(failures).containsExactly("failing");
    assertThat(heard).isEmpty();
  }

  @Test
  void aFailureThatIsAnsweredDoesNot() {
    tasks.run("failing", FxTasksTest::fail).onFailure(e -> heard.add(e.getMessage()));
    arrive();
    assertThat(failures).isEmpty();
    assertThat(heard).containsExactly("no luck");
  }

  @Test
  void whatIsCalledOffIsNotHeardOf() {
    FxTasks.Scope scope = tasks.scope();
    scope.run("late", () -> "sum").onSuccess(heard::add);
    scope.run("late and failing", FxTasksTest::fail);
    scope.cancel();
    arrive();
    assertThat(heard).isEmpty();
    assertThat(failures).isEmpty();
    assertThat(tasks.running()).isEmpty();
  }

  @Test
  void whoLeavesCallsNothingOff() {
    Queue<Runnable> background = new ArrayDeque<>();
    var held = new FxTasks(background::add, arriving::add, (name, failure) -> failures.add(name));
    List<Progress> seen = new ArrayList<>();
    Tasks.LongCall<Boolean> look = seen::add;
    held.runLong("left", look);
    FxTask<Boolean> stopped = held.runLong("stopped", look);
    background.forEach(Runnable::run);
    assertThat(seen).noneMatch(Progress::cancelled).noneMatch(Progress::leaving);
    stopped.stop();
    held.leave();
    assertThat(held.finish(java.time.Duration.ofSeconds(1))).isTrue();
    assertThat(seen).allMatch(Progress::cancelled);
    // What was called off stays called off.
    assertThat(seen).extracting(Progress::leaving).containsExactly(true, false);
  }

  @Test
  void manyRingsComeToOneCall() {
    var wakeUps = new WakeUps();
    Queue<Runnable> ui = new ConcurrentLinkedQueue<>();
    var calls = new AtomicInteger();
    try (var bridge = new FxEventBridge(wakeUps, () -> String.valueOf(wakeUps.count()), ui::add)) {
      bridge.subscribe(calls::incrementAndGet);
      bridge.start();
      for (int i = 0; i < 1000; i++) {
        wakeUps.ring();
      }
      Awaitility.await().until(() -> ui.size() == 1);
      for (int i = 0; i < 1000; i++) {
        wakeUps.ring();
      }
      assertThat(ui).hasSize(1);
      ui.remove().run();
      assertThat(calls).hasValue(1);
      // Rings that came while the call waited are not lost.
      Awaitility.await().until(() -> ui.size() == 1);
    }
  }

  private static String fail() {
    throw new IllegalStateException("no luck");
  }
}
