package dev.imprimatur.persistence.fault;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Children;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.Invariants;
import dev.imprimatur.persistence.Scripted;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A database of its own, children that are put away, and the invariants after each failure.
abstract class FaultContract {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  TestDatabase database;
  @TempDir Path folder;
  private final List<Process> children = new ArrayList<>();

  abstract TestDatabase.Kind kind();

  @BeforeEach
  void makeDatabase() {
    database = TestDatabase.migrated(kind());
  }

  @AfterEach
  void putAway() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
    database.close();
  }

  /// An engine in this process.
  Bench bench() {
    return bench(database.open());
  }

  Bench bench(Database open) {
    return Bench.on(
        open,
        Scripted.providers(),
        FaultJobs.extensions(),
        FaultPoints.NONE,
        FaultWorker.quick("1s", "1s"));
  }

  /// Enqueues through an engine that is closed again.
  List<JobKey> enqueue(NewJob... jobs) {
    try (Bench bench = bench()) {
      return enqueue(bench, List.of(jobs));
    }
  }

  static List<JobKey> enqueue(Bench bench, List<NewJob> jobs) {
    return bench.engine().queue().enqueue(jobs).stream().map(Enqueued::key).toList();
  }

  static List<NewJob> times(int count, NewJob job) {
    return Collections.nCopies(count, job);
  }

  /// Starts a worker process; what it says is in the file.
  Process child(Path output, List<String> options, String... settings) throws IOException {
    return child(Map.of(), output, options, settings);
  }

  /// The same with more in its environment.
  Process child(
      Map<String, String> environment, Path output, List<String> options, String... settings)
      throws IOException {
    String login = kind() == TestDatabase.Kind.H2 ? "" : TestDatabase.WORKER;
    List<String> args = new ArrayList<>(List.of(url(), login));
    args.addAll(List.of(settings));
    Process child = Children.start(options, FaultWorker.class, output, args.toArray(String[]::new));
    children.add(child);
    return child;
  }

  /// What a child is given: on PostgreSQL without a user, as it signs in by itself.
  String url() {
    return kind() == TestDatabase.Kind.H2 ? database.url() : database.url().replaceAll("\\?.*", "");
  }

  static void signal(Process child, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor();
  }

  static void awaitLine(Path output, String line) {
    await(line, () -> Files.exists(output) && Files.readString(output).contains(line));
  }

  static void await(String what, Callable<Boolean> so) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(so);
  }

  static Job find(Bench bench, JobKey key) {
    return bench.engine().queue().find(key).orElseThrow();
  }

  static void awaitEnd(Bench bench, List<JobKey> keys) {
    await(
        "the jobs end", () -> keys.stream().allMatch(key -> find(bench, key).status().terminal()));
  }

  /// Waits until no job and no delivery is left to be done.
  static void awaitIdle(Bench bench) {
    await(
        "all is done",
        () -> {
          var queue = bench.engine().queue().stats().byStatus();
          return queue.getOrDefault(JobStatus.PENDING, 0L) == 0
              && queue.getOrDefault(JobStatus.RUNNING, 0L) == 0
              && bench
                      .engine()
                      .outbox()
                      .counters()
                      .byState()
                      .get(dev.imprimatur.engine.outbox.DeliveryState.PENDING)
                  == 0;
        });
  }

  /// All has ended, each of so many jobs had its effect once, and all is whole.
  void assertDoneOnce(int jobs) {
    Invariants.holdAtTheEnd(database);
    org.assertj.core.api.Assertions.assertThat(
            database.count("SELECT count(*) FROM job_all WHERE status = 'COMPLETED'"))
        .isEqualTo(jobs);
    for (String what : List.of("effect", "applied")) {
      org.assertj.core.api.Assertions.assertThat(
              database.count(
                  "SELECT count(*) FROM job_counter WHERE name LIKE 'once:"
                      + what
                      + ":%' AND count_value = 1"))
          .as(what)
          .isEqualTo(jobs);
    }
  }
}
