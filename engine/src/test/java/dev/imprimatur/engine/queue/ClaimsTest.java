package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Claiming on a thread that heard of jobs; the rest is tested over real databases.
class ClaimsTest {
  private final WakeUps bell = new WakeUps();
  private final AtomicInteger asked = new AtomicInteger();
  private final RunningJobs running = new RunningJobs();

  /// Counts how often it is asked, and can't be reached.
  private final UnitOfWork away =
      new UnitOfWork() {
        @Override
        public <T extends @Nullable Object> T inTransaction(Work<T> work) {
          asked.incrementAndGet();
          throw new StoreException.Unavailable("away", null);
        }
      };

  private Claims claims() {
    var kinds = new JobKinds(List.of());
    var parts =
        new Worker.Parts(
            away,
            away,
            kinds,
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> 0.5),
            bell,
            () -> 0,
            Metrics.NONE,
            1,
            FaultPoints.NONE);
    var options =
        new WorkerOptions(
            "w",
            Set.of(),
            List.of(),
            2,
            Duration.ofMinutes(5),
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ZERO,
            0);
    return new Claims(parts, options, Set.of("any"), running, (attempt, claimed) -> {});
  }

  @Test
  void whereTheDatabaseIsAwayTheOthersAreRungForAndThePlacesAreFree() {
    Claims claims = claims();
    claims.attend();
    assertThat(asked).hasValue(1);
    assertThat(bell.count()).isEqualTo(1);
    assertThat(running.reserve(2, 2)).isEqualTo(2);
  }

  @Test
  void whereNoPlaceIsFreeTheOthersAreRungFor() {
    assertThat(running.reserve(2, 2)).isEqualTo(2);
    claims().attend();
    assertThat(asked).hasValue(0);
    assertThat(bell.count()).isEqualTo(1);
  }

  @Test
  void nothingIsClaimedAfterAStopEvenIfItWasFreeBefore() {
    Claims claims = claims();
    claims.stop();
    assertThat(claims.free()).isFalse();
    claims.attend();
    assertThat(asked).hasValue(0);
  }
}
