package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration BASE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Test
  void doublesUpToTheLongest() {
    var most = new RetryPolicy(BASE, LONGEST, () -> 1.0);
    assertThat(most.delayAfter(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(most.delayAfter(2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(most.delayAfter(5)).isEqualTo(Duration.ofSeconds(32));
    assertThat(most.delayAfter(30)).isEqualTo(LONGEST);
    assertThat(most.delayAfter(1000)).isEqualTo(LONGEST);
  }

  @Test
  void jitterTakesAtMostHalf() {
    assertThat(new RetryPolicy(BASE, LONGEST, () -> 0.0).delayAfter(3))
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void theAttemptBeforeTheFirstIsTheFirst() {
    assertThat(new RetryPolicy(BASE, LONGEST, () -> 1.0).delayAfter(0)).isEqualTo(BASE);
  }
}
