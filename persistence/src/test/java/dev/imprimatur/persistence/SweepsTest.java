package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.SweepStatus.State;
import dev.imprimatur.engine.sweep.Sweeper;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Ticks of sweeps, what people decide on them, and what a tick survives.
class SweepsTest {
  private static final Duration POLL = Duration.ofMillis(30);
  private static final Duration RARELY = Duration.ofDays(1);

  abstract static class Contract extends BenchContract {
    private final List<Sweeper> sweepers = new ArrayList<>();

    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          Engine.Extensions.NONE,
          FaultPoints.NONE,
          Map.of("sweep.heartbeat-interval", "50ms", "queue.grace", "2s"));
    }

    @AfterEach
    void stopSweeping() {
      sweepers.forEach(Sweeper::requestStop);
      sweepers.forEach(Sweeper::close);
    }

    private Sweeper sweep(Sweep... sweeps) {
      Sweeper sweeper = bench.engine().sweeper("sweeper-" + sweepers.size(), List.of(sweeps), POLL);
      sweepers.add(sweeper);
      sweeper.start();
      return sweeper;
    }

    private void sweepWithin(Duration timeout, Sweep... sweeps) {
      var rhythm =
          new TickSource.Rhythm("hasty", POLL, Duration.ofMillis(50), 6, Duration.ofMillis(200));
      var sweeper =
          new Sweeper(bench.database(), List.of(sweeps), rhythm, timeout, FaultPoints.NONE);
      sweepers.add(sweeper);
      sweeper.start();
    }

    private SweepStatus status(String name) {
      return bench.engine().sweeps().find(name).orElseThrow();
    }

    private List<SweepRun> runs(String name) {
      return bench.engine().sweeps().history(name, 1000);
    }

    private List<SweepRun> ended(String name) {
      return runs(name).stream().filter(run -> run.ended() != null).toList();
    }

    private void awaitEnded(String name, int ticks) {
      await(() -> ended(name).size() >= ticks);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(condition);
    }

    private static Sweep counting(String name, Duration interval, AtomicInteger count) {
      return new Sweep(name, interval, stopping -> Findings.all(count.incrementAndGet()));
    }

    @Test
    void everyTickIsTakenByOneOfThemAndTold() {
      var count = new AtomicInteger();
      Sweep sweep = counting("often", Duration.ofSeconds(1), count);
      for (int i = 0; i < 4; i++) {
        sweep(sweep);
      }
      awaitEnded("often", 3);
      stopSweeping();
      sweepers.clear();
      assertThat(runs("often")).hasSize(count.get());
      List<SweepRun> all = runs("often").reversed();
      for (int i = 1; i < all.size(); i++) {
        long apart = Duration.between(all.get(i - 1).tick(), all.get(i).tick()).toMillis();
        assertThat(apart % 1000).as("ticks stand on the grid of the interval").isZero();
      }
      SweepRun first = all.getFirst();
      assertThat(first.found()).isPositive();
      assertThat(first.started()).isAfterOrEqualTo(first.tick());
      assertThat(first.error()).isNull();
      assertThat(status("often").due()).isNotNull();
      assertThat(status("often").state()).isEqualTo(State.WAITING);
    }

    @Test
    void oneThatThrowsShowsItIsTriedAgainAndStopsNoOther() {
      var good = new AtomicInteger();
      var failing = new AtomicBoolean(true);
      sweep(
          new Sweep(
              "broken",
              Duration.ofSeconds(1),
              stopping -> {
                if (failing.get()) {
                  throw new IllegalStateException("no such table");
                }
                return Findings.NONE;
              }),
          counting("good", Duration.ofSeconds(1), good));
      awaitEnded("broken", 2);
      awaitEnded("good", 2);
      assertThat(status("broken").state()).isEqualTo(State.FAILING);
      assertThat(status("broken").failed().error()).isEqualTo("no such table");
      failing.set(false);
      await(() -> status("broken").state() == State.WAITING);
      assertThat(status("broken").failed()).as("its last error stays in sight").isNotNull();
    }

    @Test
    void oneThatHangsIsPresumedDeadAndStopsNoOther() {
      var release = new CountDownLatch(1);
      var good = new AtomicInteger();
      sweepWithin(
          Duration.ofMillis(300),
          new Sweep(
              "hanging",
              Duration.ofSeconds(1),
              stopping -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts a sweep", e);
                }
                return Findings.NONE;
              }),
          counting("good", Duration.ofSeconds(1), good));
      awaitEnded("hanging", 2);
      awaitEnded("good", 2);
      List<SweepRun> all = ended("hanging").reversed();
      assertThat(all.get(0).error()).contains("not ended within");
      assertThat(all.get(1).error()).contains("still hangs");
      release.countDown();
      await(() -> status("hanging").state() == State.WAITING);
    }

    @Test
    void pausedItDoesNotTickButRunsWhenAskedAndResumed() {
      var count = new AtomicInteger();
      sweep(counting("it", Duration.ofSeconds(1), count));
      awaitEnded("it", 1);
      SweepStatus paused = decided(bench.engine().sweeps().pause("it"));
      assertThat(paused.state()).isIn(State.PAUSED, State.RUNNING);
      await(() -> status("it").state() == State.PAUSED);
      assertThat(status("it").due()).isNull();
      int before = runs("it").size();
      assertThat(bench.engine().sweeps().pause("it")).isInstanceOf(Decision.AlreadyDecided.class);
      decided(bench.engine().sweeps().runNow("it"));
      awaitEnded("it", before + 1);
      assertThat(runs("it")).hasSize(before + 1);
      assertThat(runs("it").getFirst().requested()).isTrue();
      decided(bench.engine().sweeps().resume("it"));
      awaitEnded("it", before + 2);
      assertThat(bench.engine().sweeps().resume("it")).isInstanceOf(Decision.AlreadyDecided.class);
    }

    @Test
    void runNowPressedByManyAtOnceRunsOnce() throws Exception {
      var count = new AtomicInteger();
      var hold = new CountDownLatch(1);
      sweep(
          new Sweep(
              "rare",
              RARELY,
              stopping -> {
                if (count.getAndIncrement() == 0) {
                  try {
                    hold.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }
                return Findings.NONE;
              }));
      await(() -> count.get() == 1);
      // While it runs, so that none of them is answered before all have asked.
      List<Decision<SweepStatus>> answers =
          Together.call(8, i -> () -> bench.engine().sweeps().runNow("rare"));
      assertThat(answers.stream().filter(Decision.Decided.class::isInstance)).hasSize(1);
      assertThat(answers.stream().filter(Decision.AlreadyDecided.class::isInstance)).hasSize(7);
      hold.countDown();
      awaitEnded("rare", 2);
      await(() -> status("rare").state() != State.REQUESTED);
      assertThat(runs("rare")).hasSize(2);
      assertThat(database.count("SELECT count(*) FROM sweep_request")).isEqualTo(1);
      assertThat(bench.engine().audit().list("sweep", null, 10)).hasSize(1);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void aChangedIntervalHoldsFromTheLatestTickOn() {
      var count = new AtomicInteger();
      sweep(counting("rare", RARELY, count));
      awaitEnded("rare", 1);
      SweepStatus changed =
          decided(bench.engine().sweeps().setInterval("rare", Duration.ofSeconds(1)));
      assertThat(changed.interval()).isEqualTo(Duration.ofSeconds(1));
      assertThat(changed.defaultInterval()).isEqualTo(RARELY);
      awaitEnded("rare", 3);
      decided(bench.engine().sweeps().setInterval("rare", null));
      await(() -> {
        SweepStatus now = status("rare");
        return now.state() == State.WAITING && now.due().equals(now.last().tick().plus(RARELY));
      });
      assertThat(refused(bench.engine().sweeps().setInterval("rare", Duration.ofMillis(999))))
          .isEqualTo("interval_out_of_range");
      assertThat(refused(bench.engine().sweeps().setInterval("rare", Duration.ofDays(8))))
          .isEqualTo("interval_out_of_range");
      assertThat(refused(bench.engine().sweeps().pause("nothing"))).isEqualTo("not_found");
    }

    @Test
    void stoppedInTheMiddleItsTickIsHandedBackAndTheNextIsDueAtOnce() {
      var begun = new CountDownLatch(1);
      var never = new CountDownLatch(1);
      Sweeper first =
          sweep(
              new Sweep(
                  "slow",
                  RARELY,
                  stopping -> {
                    begun.countDown();
                    try {
                      never.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                    return Findings.NONE;
                  }));
      await(() -> begun.getCount() == 0);
      first.close();
      sweepers.clear();
      assertThat(ended("slow").getFirst().error()).isNotNull();
      var count = new AtomicInteger();
      sweep(counting("slow", RARELY, count));
      awaitEnded("slow", 2);
      assertThat(count).hasValue(1);
      never.countDown();
    }

    @Test
    void theDatabaseRefusesASecondOpenTickASecondRequestAndAChangedEnd() {
      sweep(counting("it", RARELY, new AtomicInteger()));
      awaitEnded("it", 1);
      String run =
          "INSERT INTO sweep_run (name, tick, worker, requested, started_at) VALUES ('it', %s, 'w', false, now())";
      String tick = "(SELECT last_tick FROM sweep WHERE name = 'it')";
      assertRefused(run.formatted(tick));
      assertRefused("UPDATE sweep_run SET done = 7 WHERE ended_at IS NOT NULL");
      asAutomation(run.formatted("now()"));
      assertRefused(run.formatted("now() + INTERVAL '1' HOUR"));
      assertRefused("UPDATE sweep SET default_ms = 999");
      assertRefused("UPDATE sweep_setting SET paused = true");
      assertRefused("INSERT INTO sweep_setting (name, paused) VALUES ('it', true)");
    }

    private void assertRefused(String sql) {
      assertThatThrownBy(() -> asAutomation(sql)).hasRootCauseInstanceOf(SQLException.class);
    }

    private void asAutomation(String sql) {
      try (Connection connection =
              kind() == TestDatabase.Kind.H2
                  ? database.plain("IMPRIMATUR_WORKER")
                  : database.plain(TestDatabase.WORKER);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    @Test
    void automationDecidesOnNothing() {
      sweep(counting("it", RARELY, new AtomicInteger()));
      awaitEnded("it", 1);
      var automation =
          new dev.imprimatur.engine.sweep.Sweeps(bench.database().automation(), FaultPoints.NONE);
      assertThat(refused(automation.pause("it"))).isEqualTo("human_required");
      assertThat(refused(automation.runNow("it"))).isEqualTo("human_required");
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

    @Test
    void onlyAdministratorsDecideAndNobodyKeepsTheBooksByHand() throws SQLException {
      Sweeper sweeper =
          bench
              .engine()
              .sweeper("one", List.of(new Sweep("it", RARELY, stopping -> Findings.NONE)), POLL);
      sweeper.start();
      sweeper.close();
      try (Bench reviewer = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        var sweeps = reviewer.engine().sweeps();
        assertThat(sweeps.refusal().orElseThrow().code()).isEqualTo("admin_required");
        assertThat(refused(sweeps.pause("it"))).isEqualTo("admin_required");
        assertThat(refused(sweeps.runNow("it"))).isEqualTo("admin_required");
        assertThat(refused(sweeps.setInterval("it", Duration.ofMinutes(1))))
            .isEqualTo("admin_required");
      }
      for (String login : List.of(TestDatabase.READER, TestDatabase.EDITOR_A)) {
        try (Connection connection = database.plain(login);
            Statement statement = connection.createStatement()) {
          for (String sql :
              List.of(
                  "UPDATE sweep SET last_tick = NULL",
                  "DELETE FROM sweep_run",
                  "UPDATE sweep_schedule SET picked = false",
                  "UPDATE sweep_setting SET paused = true",
                  "INSERT INTO sweep_request (id, name, actor_id, requested_at)"
                      + " VALUES (gen_random_uuid(), 'it', 'x', now())")) {
            assertThatThrownBy(() -> statement.executeUpdate(sql))
                .as(login + ": " + sql)
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
          }
          assertThat(statement.executeQuery("SELECT count(*) FROM sweep_run").next()).isTrue();
        }
      }
    }
  }
}
