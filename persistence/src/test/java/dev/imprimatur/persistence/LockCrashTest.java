package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.lock.Held;
import dev.imprimatur.engine.lock.LockLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Locks between processes on PostgreSQL: processes that work, are killed, or are stopped and go on
/// when another has their lock. On H2, where no second process comes in, what a killed one leaves
/// is seen by [CrashTest].
@Execution(ExecutionMode.CONCURRENT)
class LockCrashTest {
  static final int ROUNDS = 100;

  private static final String NAME = "tour-job:42";
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private TestDatabase database;
  private Bench bench;
  private final List<Process> children = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    bench = Bench.on(database.open());
  }

  @AfterEach
  void close() {
    children.forEach(Process::destroyForcibly);
    bench.close();
    database.close();
  }

  @Test
  void processesHoldItOneAfterTheOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      start("count-" + i, "count", Duration.ofSeconds(60));
    }
    for (Process child : children) {
      assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
    }
    assertThat(value()).isEqualTo(String.valueOf(3 * ROUNDS));
    assertThat(database.count("SELECT count(*) FROM lock_lease WHERE holder IS NOT NULL")).isZero();
  }

  @Test
  void whoIsKilledLosesItLongBeforeHisLeaseRunsOut() throws Exception {
    Process child = start("killed", "hold", Duration.ofMinutes(30));
    awaitSaid("killed", "HELD");
    long childs = bench.engine().locks().held().getFirst().token();
    child.destroyForcibly().waitFor();
    assertThat(bench.engine().locks().<Long>hold(NAME, LEASE, LONG, Held::token))
        .isGreaterThan(childs);
  }

  @Test
  void whoIsStoppedBeyondHisLeaseIsRefusedWhenHeGoesOn() throws Exception {
    Process child = start("stopped", "hold", Duration.ofSeconds(1));
    awaitSaid("stopped", "HELD");
    signal("-STOP", child);
    // Its connection stands, and the server's advisory lock with it.
    bench
        .engine()
        .locks()
        .hold(
            NAME,
            LEASE,
            LONG,
            held -> {
              write(held);
              signal("-CONT", child);
              tell(child);
              awaitSaid("stopped", "REFUSED");
              LockLease lease = bench.engine().locks().held().getFirst();
              assertThat(lease.token()).isEqualTo(held.token());
              assertThat(lease.state()).isEqualTo(LockLease.State.HELD);
              return held;
            });
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(value()).isEqualTo("parent");
    assertThat(database.count("SELECT count(*) FROM lock_lease WHERE holder IS NOT NULL")).isZero();
  }

  @Test
  void whoIsStoppedInsideHisTransactionHoldsNobodyUpForEver() throws Exception {
    Process child = start("inside", "inside", Duration.ofSeconds(1));
    awaitSaid("inside", "HELD");
    signal("-STOP", child);
    bench
        .engine()
        .locks()
        .hold(
            NAME,
            LEASE,
            LONG,
            held -> {
              write(held);
              return held;
            });
    signal("-CONT", child);
    tell(child);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said("inside")).doesNotContain("WRITTEN").containsAnyOf("REFUSED", "BROKEN");
    assertThat(value()).isEqualTo("parent");
  }

  private void write(Held held) {
    bench
        .database()
        .people()
        .run(tx -> {
          held.check(tx);
          tx.settings().put("test.value", "parent");
        });
  }

  private String value() {
    return bench.database().people().inTransaction(tx -> tx.settings().all()).get("test.value");
  }

  private Process start(String log, String what, Duration lease) throws IOException {
    Process child =
        Children.start(
            LockChild.class,
            folder.resolve(log),
            database.url(),
            what,
            NAME,
            String.valueOf(lease.toMillis()));
    children.add(child);
    return child;
  }

  private void awaitSaid(String log, String word) {
    await().atMost(LONG).until(() -> said(log).contains(word));
  }

  private String said(String log) throws IOException {
    return Files.readString(folder.resolve(log));
  }

  private static void tell(Process child) {
    try {
      child.getOutputStream().write('\n');
      child.getOutputStream().flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void signal(String signal, Process child) {
    try {
      int status =
          new ProcessBuilder("kill", signal, String.valueOf(child.pid())).start().waitFor();
      assertThat(status).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
