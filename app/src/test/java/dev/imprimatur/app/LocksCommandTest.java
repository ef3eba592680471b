package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.lock.WaitCount;
import dev.imprimatur.engine.lock.WaitCount.Outcome;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Locks from the command line, on PostgreSQL, where another process can hold them.
class LocksCommandTest {
  @TempDir Path folder;
  private Terminal terminal;
  private TestDatabase database;
  private Bench bench;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    bench = Bench.on(database.open());
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  @Test
  void nothingIsHeldAndNothingWasWaitedFor() {
    assertThat(terminal.run("locks", "--db", database.url()).exits(0).out())
        .contains("No lock is held");
    assertThat(terminal.run("locks", "stats", "--db", database.url()).exits(0).out())
        .contains("No lock was asked for");
    assertThat(
            terminal.run("locks", "stats", "--hours", "0", "--db", database.url()).exits(2).err())
        .contains("--hours is from 1 to 168");
  }

  @Test
  void whoHoldsWhatIsShown() {
    bench
        .engine()
        .locks()
        .hold(
            "tour-job:42",
            Duration.ofSeconds(60),
            held -> {
              JsonNode lock = terminal.json("locks", "--db", database.url()).at("/locks/0");
              assertThat(lock.path("name").asString()).isEqualTo("tour-job:42");
              assertThat(lock.path("type").asString()).isEqualTo("tour-job");
              assertThat(lock.path("state").asString()).isEqualTo("held");
              assertThat(lock.path("token").asLong()).isEqualTo(held.token());
              assertThat(lock.path("left_ms").asLong()).isBetween(1L, 60_000L);
              assertThat(lock.path("waiting").asLong(-1)).isZero();
              assertThat(terminal.run("locks", "--db", database.url()).exits(0).out())
                  .contains("tour-job:42", lock.path("holder").asString());
              return held;
            });
    bench.engine().locks().flush();
    JsonNode stats = terminal.json("locks", "stats", "--db", database.url());
    assertThat(stats.at("/types/0/type").asString()).isEqualTo("tour-job");
    assertThat(stats.at("/types/0/tries").asLong()).isEqualTo(1);
    assertThat(stats.path("alerts").size()).isZero();
    assertThat(stats.path("by_hour").size()).isEqualTo(1);
  }

  @Test
  void anAlertEndsWithStatus1() {
    bench
        .database()
        .people()
        .run(tx ->
            tx.locks()
                .measured(
                    List.of(
                        new WaitCount("busy", null, Outcome.ACQUIRED, 3, 15, 2, 1_500),
                        new WaitCount("busy", null, Outcome.TIMED_OUT, 60, 5, 5, 50_000_000))));
    assertThat(terminal.run("locks", "stats", "--db", database.url()).exits(1).out())
        .contains("ALERT: busy timed out 5 of 20 times", "25.0 %");
    assertThat(
            terminal
                .run(
                    "locks",
                    "stats",
                    "--set",
                    "locks.alert-timeout-rate=50",
                    "--db",
                    database.url())
                .exits(0)
                .out())
        .doesNotContain("ALERT");
  }
}
