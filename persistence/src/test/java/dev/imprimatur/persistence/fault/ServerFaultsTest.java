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
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
          stopAtOnce(data);
          server = start(data, port);
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

  /// As `pg_ctl stop -m immediate`: no check point, no goodbyes.
  private static void stopAtOnce(Path data) throws Exception {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    CompletableFuture<ProcessHandle> end = postmaster.onExit();
    new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
    end.get(30, TimeUnit.SECONDS);
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
