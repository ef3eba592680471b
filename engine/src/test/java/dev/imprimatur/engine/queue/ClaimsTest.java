package dev.imprimatur.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
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

  /// Always has one job more.
  private final UnitOfWork there =
      new UnitOfWork() {
        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> T inTransaction(Work<T> work) {
          return (T) List.of(job());
        }
      };

  private static Job job() {
    Instant now = Instant.EPOCH;
    return new Job(
        new JobKey("w", UUID.randomUUID()),
        1,
        "any",
        Json.object(),
        JobStatus.RUNNING,
        0,
        now,
        1,
        0,
        3,
        "automation",
        null,
        now,
        now,
        null,
        "w",
        now,
        now,
        0,
        null,
        false,
        null,
        null,
        null);
  }

  private Claims claims() {
    return claims(away, (attempt, claimed) -> {});
  }

  private Claims claims(UnitOfWork database, ObjLongConsumer<RunningJobs.Attempt> run) {
    var kinds = new JobKinds(List.of());
    var parts =
        new Worker.Parts(
            database,
            database,
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
    return new Claims(parts, options, Set.of("any"), running, run);
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

  @Test
  void whateverAJobDoesTheThreadThatHeardGoesOn() {
    var ran = new AtomicInteger();
    Claims claims =
        claims(
            there,
            (attempt, claimed) -> {
              ran.incrementAndGet();
              running.remove(attempt.job().claim());
              Thread.currentThread().interrupt();
              throw new AssertionError("on purpose");
            });
    claims.attend();
    assertThat(ran).hasValue(1);
    assertThat(Thread.interrupted()).isFalse();
  }
}
