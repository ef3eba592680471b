package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Diagnostics;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/// A queue in one of its layouts, with handlers for what the tests are about; afterwards both
/// layouts have the same where both are written.
abstract class QueueContract {
  static final Duration LONG = Duration.ofMinutes(10);
  TestDatabase database;
  Bench bench;
  final Exploding exploding = new Exploding();
  final Held held = new Held();

  abstract TestDatabase.Kind kind();

  QueueLayout layout() {
    return QueueLayout.WORKSPACE;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(kind());
    bench = bench(Map.of());
    LayoutSteps.to(bench.engine(), layout());
  }

  Bench bench(Map<String, String> settings) {
    return Bench.on(
        database.open(),
        Scripted.providers(),
        new Engine.Extensions(List.of(exploding, held, new Interrupting()), List.of()),
        FaultPoints.NONE,
        settings);
  }

  @AfterEach
  void close() {
    held.release.countDown();
    bench.close();
    if (layout() == QueueLayout.DUAL) {
      // Whatever was done in both, both have it.
      assertThat(database.count("SELECT count(*) FROM legacy_job_difference")).isZero();
      assertThat(database.count("SELECT count(*) FROM legacy_job"))
          .isEqualTo(database.count("SELECT count(*) FROM job_all"));
    }
    database.close();
  }

  NewJob noop() {
    return NewJob.of("w", "diagnostic.noop", Json.object());
  }

  List<Job> claim(String worker, int limit) {
    return inTx(
        tx -> tx.jobs().claim(worker, Set.of("diagnostic.noop", Exploding.KIND), List.of(), limit));
  }

  Set<Job.Claim> complete(Job job) {
    return inTx(tx -> tx.jobs().complete(Map.of(job.claim(), Optional.empty())));
  }

  <T> T inTx(UnitOfWork.Work<T> work) {
    return bench.database().automation().inTransaction(work);
  }

  StaleJobs stale() {
    List<JobHandler> all = new ArrayList<>(Diagnostics.handlers());
    all.add(exploding);
    return new StaleJobs(bench.database().automation(), new JobKinds(all), FaultPoints.NONE);
  }

  void age(JobKey key) {
    LayoutSteps.execute(
        database,
        layout(),
        "UPDATE "
            + (layout() == QueueLayout.LEGACY ? "legacy_job" : "job")
            + " SET heartbeat_at = heartbeat_at - INTERVAL '11' MINUTE WHERE id = '"
            + key.id()
            + "'");
  }

  Job find(JobKey key) {
    return bench.engine().queue().find(key).orElseThrow();
  }

  void awaitStatus(JobKey key, JobStatus status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> find(key).status() == status);
  }

  /// Fails always, and counts how it ended.
  static final class Exploding implements JobHandler {
    static final String KIND = "test.exploding";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) {
      throw new IllegalStateException("boom");
    }

    @Override
    public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
      tx.jobs().increment("exhausted:" + diagnostics.path("error").asString());
    }
  }

  /// Waits until it is let go, and never looks whether it should stop.
  static final class Held implements JobHandler {
    static final String KIND = "test.held";
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) throws InterruptedException {
      if (!release.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("never let go");
      }
      return Effect.none();
    }
  }

  /// Leaves its thread interrupted, as a library may that was told to stop waiting.
  static final class Interrupting implements JobHandler {
    static final String KIND = "test.interrupting";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) {
      Thread.currentThread().interrupt();
      return new Effect.Change(tx -> {
        tx.jobs().increment("interrupting");
        return null;
      });
    }
  }
}
