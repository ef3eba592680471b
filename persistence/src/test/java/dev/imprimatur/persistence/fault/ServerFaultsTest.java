package dev.imprimatur.persistence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Invariants;
import dev.imprimatur.persistence.Scripted;
import dev.imprimatur.persistence.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A PostgreSQL of its own that stops at once, without asking anybody, and starts again.
@Tag("faults")
class ServerFaultsTest {
  @Test
  void aServerThatIsRestartedAtOnceLosesNothing() throws Exception {
    Path data = Files.createTempDirectory("imprimatur-server-");
    int port = freePort();
    EmbeddedPostgres server = start(data, port);
    try {
      TestDatabase database =
          TestDatabase.at("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
      try (Bench bench =
          Bench.on(
              database.open(),
              Scripted.providers(),
              FaultJobs.extensions(),
              FaultPoints.NONE,
              FaultWorker.quick("1s", "1s"))) {
        Worker worker = FaultWorker.worker(bench, 3);
        worker.start();
        List<JobKey> keys =
            FaultContract.enqueue(bench, FaultContract.times(40, FaultJobs.count(250)));
        for (int i = 0; i < 3; i++) {
          long before = database.count("SELECT count(*) FROM job_history");
          FaultContract.await(
              "some are done",
              () -> database.count("SELECT count(*) FROM job_history") > before + 3);
          restartAtOnce(data);
        }
        Awaitility.await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> database.count("SELECT count(*) FROM job_history") == keys.size());
        FaultContract.awaitIdle(bench);
        worker.close();
      }
      Invariants.holdAtTheEnd(database);
      assertThat(
              database.count(
                  "SELECT count(*) FROM job_counter WHERE name LIKE 'once:effect:%' AND count_value = 1"))
          .isEqualTo(40);
      assertThat(database.count("SELECT count(*) FROM job_history WHERE status <> 'COMPLETED'"))
          .isZero();
    } finally {
      server.close();
    }
  }

  private static EmbeddedPostgres start(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  /// No check point, no goodbyes. PostgreSQL does not run as root, so the embedded one runs in a
  /// name space of its own where root is nobody.
  private static void restartAtOnce(Path data) throws Exception {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    Path binary = Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            binary.resolveSibling("pg_ctl").toString(),
            "restart",
            "-m",
            "immediate",
            "-w",
            "-D",
            data.toString(),
            "-l",
            data.resolve("restart.log").toString()));
    Process restart =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(restart.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(restart.exitValue()).as(String.join(" ", command)).isZero();
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
