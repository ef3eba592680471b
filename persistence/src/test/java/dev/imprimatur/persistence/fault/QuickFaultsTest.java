package dev.imprimatur.persistence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import dev.imprimatur.persistence.Invariants;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Failures that take seconds to make.
class QuickFaultsTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }

    /// The database's clock is the computer's: it may be set back between a crash and the next
    /// start, and what the dead process held must not wait for it to come round again.
    @Test
    void aDeadProcessIsKnownThoughTheClockWasSetBack() {
      JobKey key = enqueue(FaultJobs.count(0)).getFirst();
      try (Database open = database.open()) {
        open.automation()
            .inTransaction(tx -> tx.jobs().claim("dead", Set.of(FaultJobs.COUNT), List.of(), 1));
      }
      database.execute("UPDATE job SET heartbeat_at = heartbeat_at + INTERVAL '1' HOUR");
      try (Bench bench = bench()) {
        assertThat(find(bench, key).status()).isEqualTo(JobStatus.PENDING);
        try (Worker worker = FaultWorker.worker(bench, 2)) {
          worker.start();
          awaitIdle(bench);
        }
      }
      assertDoneOnce(1);
    }

    @Test
    void aSecondConsoleIsToldClearlyAndBreaksNothing() throws Exception {
      enqueue(FaultJobs.count(0));
      var output = folder.resolve("first.log");
      Process first = child(output, List.of());
      awaitLine(output, "ready");
      assertThatThrownBy(() -> database.open())
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("open in another process")
          .hasMessageContaining("PostgreSQL");
      awaitLine(output, "ran ");
      signal(first, "TERM");
      assertThat(first.waitFor()).isEqualTo(143);
      try (Bench bench = bench()) {
        bench.work();
        awaitIdle(bench);
      }
      assertDoneOnce(1);
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    /// On H2 one transaction writes at a time, and events commit in the order of their numbers.
    @Test
    void anEventThatCommitsLateIsDeliveredAllTheSame() throws Exception {
      try (Bench bench = bench()) {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        Thread early =
            Thread.ofPlatform()
                .start(() ->
                    bench
                        .database()
                        .people()
                        .run(tx -> {
                          tx.outbox().append("fault", "a", "DidV1", "written first", Json.object());
                          first.countDown();
                          awaitQuietly(second);
                        }));
        first.await();
        bench
            .database()
            .people()
            .run(tx -> tx.outbox().append("fault", "b", "DidV1", "committed first", Json.object()));
        assertThat(bench.engine().dispatchEvents()).isEqualTo(1);
        second.countDown();
        early.join();
        assertThat(bench.engine().dispatchEvents()).isEqualTo(1);
        assertThat(bench.engine().queue().stats().counters())
            .containsEntry("once:applied:written first", 1L)
            .containsEntry("once:applied:committed first", 1L);
      }
      Invariants.holdAtTheEnd(database);
    }
  }

  abstract static class Contract extends FaultContract {
    @Test
    void jobsThatWaitForAPlaceAreNotPresumedDead() {
      try (Bench bench = bench()) {
        var busy = FaultWorker.worker(bench, 1);
        busy.start();
        List<JobKey> slow = enqueue(bench, List.of(FaultJobs.count(2500)));
        List<JobKey> deep = enqueue(bench, times(30, FaultJobs.count(1)));
        awaitEnd(bench, slow);
        awaitEnd(bench, deep);
        assertThat(find(bench, slow.getFirst()).attempts()).isEqualTo(1);
        assertThat(deep).allSatisfy(key -> assertThat(find(bench, key).attempts()).isEqualTo(1));
        awaitIdle(bench);
        busy.close();
      }
      assertDoneOnce(31);
    }

    /// More than one batch of jobs that can't be released: of a kind that nobody here knows, and of
    /// one whose end the database refuses.
    @Test
    void whatCannotBeTreatedHoldsUpNothing() {
      try (Bench bench = bench()) {
        var refused = new Refused();
        var kinds = new JobKinds(List.of(refused, countHandler()));
        bench
            .database()
            .people()
            .run(tx ->
                tx.jobs()
                    .enqueue(
                        times(
                            250, NewJob.of("w", Refused.KIND, Json.object()).withMaxAttempts(1))));
        bench
            .database()
            .automation()
            .run(tx -> tx.jobs().claim("dead", Set.of(Refused.KIND), List.of(), 250));
        List<JobKey> keys = enqueue(bench, times(10, FaultJobs.count(0)));
        bench
            .database()
            .automation()
            .run(tx -> tx.jobs().claim("dead", Set.of(FaultJobs.COUNT), List.of(), 10));
        database.execute("UPDATE job SET heartbeat_at = heartbeat_at - INTERVAL '11' MINUTE");
        database.execute(
            "UPDATE job SET heartbeat_at = heartbeat_at - INTERVAL '1' MINUTE WHERE kind = '"
                + Refused.KIND
                + "'");
        var stale = new StaleJobs(bench.database().automation(), kinds, FaultPoints.NONE);
        await(
            "the others are released",
            () -> {
              stale.release(Duration.ofMinutes(10));
              return keys.stream().allMatch(key -> find(bench, key).status() == JobStatus.PENDING);
            });
        // A kind that no process knows is nobody's to claim, and stands in nobody's way.
        bench
            .database()
            .people()
            .run(tx ->
                tx.jobs()
                    .enqueue(
                        times(250, NewJob.of("w", "no.such", Json.object()).withPriority(100))));
        bench.work();
        awaitEnd(bench, keys);
      }
      Invariants.holdMeanwhile(database);
    }

    @Test
    void heartbeatsGoOnWhileEveryConnectionIsTaken() throws Exception {
      DatabaseConfig usual = database.config();
      var small =
          new DatabaseConfig(usual.url(), usual.user(), usual.password(), usual.person(), 2);
      try (Bench bench = bench(Database.open(small))) {
        var worker = FaultWorker.worker(bench, 2);
        worker.start();
        JobKey key = enqueue(bench, List.of(FaultJobs.count(4000))).getFirst();
        await("it runs", () -> find(bench, key).status() == JobStatus.RUNNING);
        Instant before = Objects.requireNonNull(find(bench, key).heartbeatAt());
        var release = new CountDownLatch(1);
        List<Thread> holders = List.of(holder(bench, release), holder(bench, release));
        await(
            "it is heard of for longer than its lease",
            () ->
                Duration.between(before, Objects.requireNonNull(find(bench, key).heartbeatAt()))
                        .toMillis()
                    > 2000);
        release.countDown();
        for (Thread holder : holders) {
          holder.join();
        }
        awaitEnd(bench, List.of(key));
        assertThat(find(bench, key).attempts()).isEqualTo(1);
        awaitIdle(bench);
        worker.close();
      }
      assertDoneOnce(1);
    }

    private static Thread holder(Bench bench, CountDownLatch release) throws InterruptedException {
      var held = new CountDownLatch(1);
      Thread thread =
          Thread.ofPlatform()
              .start(() ->
                  bench
                      .database()
                      .automation()
                      .run(tx -> {
                        tx.now();
                        held.countDown();
                        awaitQuietly(release);
                      }));
      held.await();
      return thread;
    }

    static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static JobHandler countHandler() {
      return FaultJobs.extensions().handlers().getFirst();
    }
  }

  /// Its end can't be stored: the database refuses what it writes then.
  private record Refused() implements JobHandler {
    static final String KIND = "fault.refused";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) {
      return Effect.none();
    }

    @Override
    public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
      tx.jobs()
          .enqueue(
              List.of(
                  // The workspace must not be blank.
                  NewJob.of(" ", KIND, Json.object())));
    }
  }
}
