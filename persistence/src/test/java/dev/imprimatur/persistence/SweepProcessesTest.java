package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.sweep.Sweeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sweeps over several processes, some of which die or stand still.
@Execution(ExecutionMode.CONCURRENT)
class SweepProcessesTest {
  private static final String AUTOMATION_GRANTS =
      "GRANT SELECT ON simulated_clock TO imprimatur_worker";

  @TempDir private Path folder;
  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void kill() {
    children.forEach(Process::destroyForcibly);
  }

  private Process child(TestDatabase database, String... what) throws IOException {
    Path output = folder.resolve(children.size() + ".log");
    List<String> args = new ArrayList<>(List.of(database.url()));
    args.addAll(List.of(what));
    Process child = Children.start(SweepChild.class, output, args.toArray(String[]::new));
    children.add(child);
    return child;
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }

  @Test
  void anHourOfTicksByTwoProcessesWithTwoSweepersEachIsTakenOnceTickByTick() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES)) {
      // Years away from the clock of any process, and of the server.
      database.execute("CREATE TABLE simulated_clock (now_is timestamp(6) with time zone)");
      database.execute("INSERT INTO simulated_clock VALUES ('2031-01-01 00:00:00Z')");
      database.execute(AUTOMATION_GRANTS);
      child(database, "simulate", "2");
      child(database, "simulate", "2");
      Map<String, Integer> every = Map.of("a", 10, "b", 30, "c", 60, "d", 300);
      for (int second = 0; second <= 3600; second += 10) {
        long expected = 0;
        for (int interval : every.values()) {
          expected += second / interval + 1;
        }
        long until = expected;
        await(() ->
            database.count("SELECT count(*) FROM sweep_run WHERE ended_at IS NOT NULL") >= until);
        database.execute("UPDATE simulated_clock SET now_is = now_is + INTERVAL '10' SECOND");
      }
      for (Map.Entry<String, Integer> sweep : every.entrySet()) {
        String of = " FROM sweep_run WHERE name = '" + sweep.getKey() + "'";
        long ticks = 3600 / sweep.getValue() + 1;
        assertThat(database.count("SELECT count(*)" + of + " AND tick <= '2031-01-01 01:00:00Z'"))
            .as(sweep.getKey())
            .isEqualTo(ticks);
        assertThat(
                database.count(
                    "SELECT count(*)"
                        + of
                        + " AND mod(CAST(extract(epoch FROM tick) AS bigint), "
                        + sweep.getValue()
                        + ") <> 0"))
            .as("ticks off the grid")
            .isZero();
      }
      await(() ->
          database.count("SELECT sum(count_value) FROM job_counter WHERE name LIKE 'swept:%'")
              == database.count("SELECT count(*) FROM sweep_run"));
      assertThat(database.count("SELECT count(*) FROM sweep_run WHERE error IS NOT NULL")).isZero();
      assertThat(database.count("SELECT count(DISTINCT worker) FROM sweep_run")).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void killedAtEachStepTheTickEndsAsLostAndTheNextComes(TestDatabase.Kind kind) throws Exception {
    for (FaultPoint point :
        List.of(FaultPoint.SWEEP_TICKED, FaultPoint.SWEEP_SWEPT, FaultPoint.SWEEP_BEFORE_COMMIT)) {
      try (TestDatabase database = TestDatabase.migrated(kind)) {
        Process child = child(database, "halt", point.code());
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(137);
        try (Database open = database.open();
            Sweeper sweeper =
                SweepChild.sweeper(open, FaultPoints.NONE, SweepChild.counting(open, "it"))) {
          sweeper.start();
          await(() ->
              open.people().inTransaction(tx -> tx.sweeps().runs("it", 10)).stream()
                  .anyMatch(run -> run.done() != null));
          var runs = open.people().inTransaction(tx -> tx.sweeps().runs("it", 10));
          assertThat(runs).as(point.code()).hasSize(2);
          assertThat(runs.get(1).error()).contains("not heard of");
          assertThat(runs.get(0).error()).isNull();
          assertThat(runs.get(0).tick()).isAfter(runs.get(1).tick());
        }
      }
    }
  }

  @Test
  void anOwnerThatStoodStillAndComesBackChangesNothing() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES)) {
      database.execute("CREATE TABLE signal (go integer)");
      Process child = child(database, "slow");
      await(() -> database.count("SELECT count(*) FROM job_counter WHERE name = 'begun'") == 1);
      signal(child, "STOP");
      try (Database open = database.open();
          Sweeper sweeper =
              SweepChild.sweeper(open, FaultPoints.NONE, SweepChild.counting(open, "it"))) {
        sweeper.start();
        await(() ->
            open.people().inTransaction(tx -> tx.sweeps().runs("it", 10)).stream()
                .anyMatch(run -> run.done() != null));
        database.execute("INSERT INTO signal VALUES (1)");
        signal(child, "CONT");
        await(
            () -> database.count("SELECT count(*) FROM job_counter WHERE name = 'came-back'") == 1);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("its tick has ended").isTrue();
        assertThat(child.exitValue()).isZero();
        var runs = open.people().inTransaction(tx -> tx.sweeps().runs("it", 10));
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1).error()).contains("not heard of");
        assertThat(runs.get(1).done()).isNull();
        assertThat(runs.get(0).done()).isEqualTo(1);
        assertThat(open.people().inTransaction(tx -> tx.sweeps().find("it")).orElseThrow().due())
            .isEqualTo(runs.get(0).tick().plus(Duration.ofDays(1)));
      }
    }
  }

  private static void signal(Process child, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
