package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.lock.LockUnavailable;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.lock.WaitCount;
import dev.imprimatur.engine.lock.WaitCount.Outcome;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What is measured of waiting for locks.
class LockWaitsTest {
  private static final Duration LEASE = Duration.ofSeconds(60);

  abstract static class Contract extends BenchContract {
    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    Locks locks() {
      return bench.engine().locks();
    }

    UnitOfWork work() {
      return bench.database().people();
    }

    @Test
    void everyTryIsCounted() {
      for (int i = 0; i < 3; i++) {
        locks().hold("a:1", LEASE, h -> 1);
      }
      locks()
          .hold(
              "a:2",
              LEASE,
              outer -> {
                var other = new Thread(() -> timesOut("a:2"));
                other.start();
                return joined(other);
              });
      LockStatistics statistics = locks().statistics(1);
      assertThat(statistics.types()).hasSize(1);
      LockFigures a = statistics.types().getFirst();
      assertThat(a.type()).isEqualTo("a");
      assertThat(a.tries()).isEqualTo(5);
      assertThat(a.timedOut()).isEqualTo(1);
      assertThat(a.contended()).isEqualTo(1);
      assertThat(a.timeoutPercent()).isCloseTo(20, within(0.01));
      assertThat(a.p99Millis()).isGreaterThanOrEqualTo(18);
      assertThat(a.averageMillis()).isGreaterThanOrEqualTo(4);
    }

    private void timesOut(String name) {
      assertThatThrownBy(() -> locks().hold(name, LEASE, Duration.ofMillis(20), h -> 1))
          .isInstanceOf(LockUnavailable.class);
    }

    private static boolean joined(Thread thread) {
      try {
        thread.join();
        return true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Test
    void countsOfSeveralWritersAddUp() throws Exception {
      Together.run(
          8,
          i ->
              work()
                  .run(tx ->
                      tx.locks()
                          .measured(
                              List.of(
                                  count("b", Outcome.TIMED_OUT, 10, 2),
                                  count("a", Outcome.ACQUIRED, 3, 5)))));
      LockStatistics statistics = locks().statistics(24);
      assertThat(statistics.types()).extracting(LockFigures::type).containsExactly("a", "b");
      assertThat(statistics.types()).extracting(LockFigures::tries).containsExactly(40L, 16L);
    }

    @Test
    void aTypeThatTimesOutTooOftenRaisesAnAlert() {
      write(count("busy", Outcome.ACQUIRED, 3, 18), count("busy", Outcome.TIMED_OUT, 40, 2));
      write(count("rare", Outcome.ACQUIRED, 3, 17), count("rare", Outcome.TIMED_OUT, 40, 2));
      write(count("fine", Outcome.ACQUIRED, 3, 95), count("fine", Outcome.TIMED_OUT, 40, 5));
      List<LockStatistics.Alert> alerts = locks().statistics(24).alerts();
      assertThat(alerts).extracting(a -> a.figures().type()).containsExactly("busy");
      assertThat(alerts.getFirst().limitPercent()).isEqualTo(5);
      // What was two hours ago is no alert any more, though still a figure.
      earlier(2);
      assertThat(locks().statistics(24).alerts()).isEmpty();
      assertThat(locks().statistics(24).types()).hasSize(3);
      assertThat(locks().statistics(2).types()).isEmpty();
    }

    @Test
    void theHeatmapShowsTypesByHour() {
      write(count("a", Outcome.ACQUIRED, 3, 4));
      earlier(3);
      write(count("a", Outcome.ACQUIRED, 3, 6));
      LockStatistics statistics = locks().statistics(168);
      assertThat(statistics.byHour())
          .extracting(LockStatistics.Cell::column)
          .containsExactly(20, 23);
      assertThat(statistics.byHour()).extracting(c -> c.figures().tries()).containsExactly(4L, 6L);
      int hour = statistics.now().atZone(ZoneOffset.UTC).getHour();
      assertThat(statistics.byHourOfDay(ZoneOffset.UTC))
          .extracting(LockStatistics.Cell::column)
          .containsExactlyInAnyOrder(hour, (hour + 21) % 24);
      earlier(24);
      assertThat(locks().statistics(168).byHour()).isEmpty();
      assertThat(locks().statistics(168).byHourOfDay(ZoneOffset.UTC)).hasSize(2);
    }

    @Test
    void whatIsOldIsForgotten() {
      write(count("a", Outcome.ACQUIRED, 3, 4), count("a", Outcome.ACQUIRED, 4, 4));
      assertThat(locks().prune()).isZero();
      earlier(24 * 31);
      write(count("a", Outcome.ACQUIRED, 3, 6));
      locks().hold("a:1", LEASE, h -> 1);
      database.execute("UPDATE lock_lease SET changed_at = changed_at - interval '2' day");
      assertThat(locks().<Integer>hold("a:2", LEASE, h -> locks().prune()))
          .as("two old counts and one lease that nobody holds")
          .isEqualTo(3);
      assertThat(database.count("SELECT count(*) FROM lock_wait WHERE tries = 6")).isEqualTo(1);
    }

    private void write(WaitCount... counts) {
      work().run(tx -> tx.locks().measured(List.of(counts)));
    }

    private void earlier(int hours) {
      database.execute("UPDATE lock_wait SET hour_at = hour_at - interval '" + hours + "' hour");
    }

    private static WaitCount count(String type, Outcome outcome, int bucket, long tries) {
      return new WaitCount(type, null, outcome, bucket, tries, 0, tries * 100);
    }
  }

  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }
}
