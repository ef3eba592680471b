package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.change.ChangeListener;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a worker does with jobs that another process enqueues while it rests, on PostgreSQL: on H2
/// there is no other.
class HeardJobsTest {
  private static final String KIND = "test.heard";

  /// Nothing is found by polling within a test.
  private static final Duration POLL = Duration.ofMinutes(10);

  private final Heard handler = new Heard();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicBoolean fails = new AtomicBoolean();
  private TestDatabase shared;
  private Bench here;
  private Bench elsewhere;
  private Worker worker;

  /// Notes on which thread it runs, and waits if it is told to.
  private static final class Heard implements JobHandler {
    private final Map<JobKey, String> threads = new ConcurrentHashMap<>();
    private final Semaphore goOn = new Semaphore(0);

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) throws InterruptedException {
      threads.put(run.job().key(), Thread.currentThread().getName());
      if (run.job().payload().path("long").asBoolean(false)) {
        goOn.acquire();
      }
      return Effect.none();
    }
  }

  @BeforeEach
  void begin() {
    shared = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    Database open = shared.open();
    open.watch(
        new ChangeListener() {
          @Override
          public void changed(Change change) {
            told();
          }

          @Override
          public void missed() {
            told();
          }
        });
    here = bench(open);
    elsewhere = bench(shared.open());
    worker = work(4, Set.of(), 0);
  }

  private void told() {
    changes.incrementAndGet();
    if (fails.compareAndSet(true, false)) {
      throw new AssertionError("on purpose");
    }
  }

  private Bench bench(Database open) {
    return Bench.on(
        open,
        Scripted.providers(),
        new Engine.Extensions(List.of(handler), List.of()),
        FaultPoints.NONE);
  }

  private Worker work(int concurrency, Set<String> kinds, int limit) {
    WorkerOptions usual = here.engine().workerOptions("w");
    Worker started =
        here.engine()
            .worker(
                new WorkerOptions(
                    "w",
                    kinds,
                    List.of(),
                    concurrency,
                    POLL,
                    Duration.ZERO,
                    usual.staleAfter(),
                    usual.heartbeatInterval(),
                    Duration.ZERO,
                    limit));
    started.start();
    return started;
  }

  @AfterEach
  void end() {
    handler.goOn.release(100);
    worker.close();
    elsewhere.close();
    here.close();
    shared.close();
  }

  @Test
  void whoHearsOfAJobRunsItAndAnotherHearsOn() {
    JobKey first = heardAndHeld();
    // The threads that claim see to what comes meanwhile, and changes are heard.
    JobKey second = enqueue(job());
    await().until(() -> handler.threads.containsKey(second));
    assertThat(handler.threads.get(second)).isEqualTo("job-" + second.id());
    int before = changes.get();
    elsewhere.store("told", "A text.");
    await().until(() -> changes.get() > before);

    assertThat(find(first).status()).isEqualTo(JobStatus.RUNNING);
    handler.goOn.release();
    await().until(() -> find(first).status() == JobStatus.COMPLETED);
    heardAndHeld();
  }

  @Test
  void manyAtOnceAreRunAndNoneTwice() {
    for (int round = 1; round <= 10; round++) {
      JobKey one = enqueue(job());
      await().until(() -> handler.threads.containsKey(one));
      List<JobKey> many = enqueue(Collections.nCopies(50, job()));
      await().until(() -> handler.threads.keySet().containsAll(many));
      awaitNoneOpen();
    }
    assertThat(shared.count("SELECT count(*) FROM job_history WHERE attempts > 1")).isZero();
  }

  @Test
  void whatIsDueLaterIsKnownToWhoSleeps() {
    for (int round = 1; round <= 10; round++) {
      JobKey now = enqueue(job());
      await().until(() -> handler.threads.containsKey(now));
      JobKey later = enqueue(job().withDelay(Duration.ofMillis(200)));
      await().until(() -> handler.threads.containsKey(later));
    }
  }

  @Test
  void aStopHandsBackWhatWasHeardAndIsStillRunning() {
    JobKey job = heardAndHeld();
    worker.close();
    assertThat(find(job).status()).isEqualTo(JobStatus.PENDING);
    assertThat(find(job).attempts() - find(job).handedBack()).isZero();

    // The next one hears, too, with one thread still away.
    handler.threads.clear();
    worker = work(4, Set.of(), 0);
    await().until(() -> handler.threads.containsKey(job));
    handler.goOn.release(2);
    await().until(() -> find(job).status() == JobStatus.COMPLETED);
    heardAndHeld();
  }

  @Test
  void aWorkerWithALimitIsRungForBesideOneWithout() {
    worker.close();
    worker = work(4, Set.of(KIND), 0);
    String other = "diagnostic.noop";
    try (Worker limited = work(1, Set.of(other), 100)) {
      for (int round = 1; round <= 5; round++) {
        // One after the other: who claims those never asks what comes due, and would not be rung
        // for; who has the limit has asked, and sleeps.
        for (int i = 1; i <= 20; i++) {
          JobKey key = enqueue(job());
          await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> handler.threads.containsKey(key));
        }
        enqueue(NewJob.of("w", other, Json.object()));
        awaitNoneOpen();
      }
      assertThat(limited.taken()).isEqualTo(5);
    }
  }

  @Test
  void whateverBecomesOfThoseWhoAreToldBothThreadsHearOn() {
    for (int time = 1; time <= 3; time++) {
      fails.set(true);
      elsewhere.store("told " + time, "A text.");
      await().until(() -> !fails.get());
    }
    int before = changes.get();
    elsewhere.store("told at last", "A text.");
    await().until(() -> changes.get() > before);
    heardAndHeld();
    // While one is away, the other hears.
    int soFar = changes.get();
    elsewhere.store("told while one is away", "A text.");
    await().until(() -> changes.get() > soFar);
  }

  /// A job that is held by a thread that hears.
  private JobKey heardAndHeld() {
    return await().until(this::heldWhereverItRuns, this::isHeard);
  }

  /// A job that runs; the last one does no more.
  private JobKey heldWhereverItRuns() {
    // A thread that claims was still about to rest, or no other was there yet to hear on.
    handler.goOn.release();
    await()
        .until(() -> elsewhere.database().people().inTransaction(tx -> tx.jobs().countOpen()) == 0);
    handler.goOn.drainPermits();
    JobKey key = enqueue(job(Json.object().put("long", true)));
    await().until(() -> handler.threads.containsKey(key));
    return key;
  }

  private void awaitNoneOpen() {
    await()
        .until(() -> elsewhere.database().people().inTransaction(tx -> tx.jobs().countOpen()) == 0);
  }

  private boolean isHeard(JobKey key) {
    return handler.threads.get(key).startsWith("postgres-listener");
  }

  private static NewJob job() {
    return job(Json.object());
  }

  private static NewJob job(tools.jackson.databind.node.ObjectNode payload) {
    return NewJob.of("w", KIND, payload);
  }

  private JobKey enqueue(NewJob job) {
    return enqueue(List.of(job)).getFirst();
  }

  private List<JobKey> enqueue(List<NewJob> jobs) {
    return elsewhere.engine().queue().enqueue(jobs).stream().map(it -> it.key()).toList();
  }

  private Job find(JobKey key) {
    return elsewhere.database().people().inTransaction(tx -> tx.jobs().find(key)).orElseThrow();
  }
}
