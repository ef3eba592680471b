package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningJobsTest {
  private final RunningJobs running = new RunningJobs();

  @Test
  void aStopWaitsForWhatIsBeingClaimedAndNoMoreIs() throws Exception {
    assertThat(running.reserve(4, 3)).isEqualTo(3);
    running.refuse();
    assertThat(running.reserve(4, 1)).isZero();
    Thread stopping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                running.awaitClaimed(Duration.ofMinutes(5).toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    running.signal();
    await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    running.release(3);
    assertThat(stopping.join(Duration.ofMinutes(1))).isTrue();
  }
}
