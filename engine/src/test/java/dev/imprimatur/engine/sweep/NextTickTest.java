package dev.imprimatur.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NextTickTest {
  private static final Instant TICK = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Instant next(String now) {
    return SweepRunner.next(TICK, MINUTE, Instant.parse(now));
  }

  @Test
  void theNextTickStandsOneIntervalLater() {
    assertThat(next("2026-03-01T10:00:00Z")).isEqualTo("2026-03-01T10:01:00Z");
    assertThat(next("2026-03-01T10:00:59.999Z")).isEqualTo("2026-03-01T10:01:00Z");
  }

  @Test
  void whatWasMissedIsNotMadeUpFor() {
    assertThat(next("2026-03-01T10:01:00Z")).isEqualTo("2026-03-01T10:02:00Z");
    assertThat(next("2026-03-01T13:30:30Z")).isEqualTo("2026-03-01T13:31:00Z");
  }

  @Test
  void aClockThatWasSetBackBringsNoTickForward() {
    assertThat(next("2026-03-01T08:00:00Z")).isEqualTo("2026-03-01T10:01:00Z");
  }

  @Test
  void intervalsHaveARange() {
    assertThat(Sweep.inRange(Duration.ofSeconds(1))).isTrue();
    assertThat(Sweep.inRange(Duration.ofDays(7))).isTrue();
    assertThat(Sweep.inRange(Duration.ofMillis(999))).isFalse();
    assertThat(Sweep.inRange(Duration.ofDays(7).plusMillis(1))).isFalse();
    assertThatThrownBy(() -> new Sweep("x", Duration.ZERO, stopping -> Findings.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
