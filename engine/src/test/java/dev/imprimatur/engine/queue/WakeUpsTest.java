package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeUpsTest {
  private final WakeUps bell = new WakeUps();

  @Test
  void jobsAloneDoNotConcernWhoWaitsForEvents() {
    long all = bell.count();
    long events = bell.countForEvents();
    bell.ring(WakeUps.News.JOBS);
    assertThat(bell.count()).isGreaterThan(all);
    assertThat(bell.countForEvents()).isEqualTo(events);
    bell.ring(WakeUps.News.NONE);
    assertThat(bell.count()).isEqualTo(all + 1);
    bell.ring();
    assertThat(bell.count()).isEqualTo(all + 2);
    assertThat(bell.countForEvents()).isGreaterThan(events);
  }

  @Test
  void whoWaitsForEventsSleepsThroughJobsAndWakesForMore() throws Exception {
    long seen = bell.countForEvents();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bell.awaitForEvents(seen, Duration.ofMinutes(5).toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    bell.ring(WakeUps.News.JOBS);
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    bell.ring(WakeUps.News.ANY);
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void whoeverTellsItIsAskedToBeforeTheFirstWaitAndNotAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    bell.onFirstWait(asked::incrementAndGet);
    bell.ring();
    assertThat(asked).hasValue(0);
    bell.await(bell.count(), 1);
    bell.awaitForEvents(bell.countForEvents(), 1);
    assertThat(asked).hasValue(1);
    bell.onFirstWait(asked::incrementAndGet);
    assertThat(asked).hasValue(2);
  }

  /// Counts, and does nothing else.
  private static final class Counting implements WakeUps.Attendant {
    private boolean free = true;
    private int attended;

    @Override
    public boolean free() {
      return free;
    }

    @Override
    public void attend() {
      attended++;
    }
  }

  @Test
  void whoCanSeeToJobsDoesSoAndNobodyIsRungFor() {
    var one = new Counting();
    bell.attend(one);
    bell.ring(WakeUps.News.NONE, () -> true);
    bell.ring(WakeUps.News.JOBS, () -> true);
    assertThat(one.attended).isEqualTo(1);
    assertThat(bell.count()).isZero();
    bell.ring(WakeUps.News.ANY, () -> true);
    assertThat(one.attended).as("events concern others, too").isEqualTo(1);
    assertThat(bell.count()).isEqualTo(1);
    assertThat(bell.countForEvents()).isEqualTo(1);
  }

  @Test
  void whereNobodyCanSeeToJobsTheBellIsRung() {
    var one = new Counting();
    bell.attend(one);
    bell.ring(WakeUps.News.JOBS, () -> false);
    assertThat(bell.count()).as("the thread has something else to do").isEqualTo(1);
    one.free = false;
    bell.ring(WakeUps.News.JOBS, () -> true);
    assertThat(bell.count()).as("it is busy").isEqualTo(2);
    one.free = true;
    var other = new Counting();
    bell.attend(other);
    bell.ring(WakeUps.News.JOBS, () -> true);
    assertThat(bell.count()).as("either may be meant").isEqualTo(3);
    bell.leave(one);
    bell.leave(other);
    bell.ring(WakeUps.News.JOBS, () -> true);
    assertThat(bell.count()).as("it has left").isEqualTo(4);
    assertThat(one.attended + other.attended).isZero();
  }
}
