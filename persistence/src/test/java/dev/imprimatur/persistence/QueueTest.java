package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.InvalidJob;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.StaleJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The queue (kernel.md §1, §2) on both databases.
@Execution(ExecutionMode.CONCURRENT)
class QueueTest {
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
  }

  @Nested
  class OnH2InTheOldLayout extends OnH2 {
    @Override
    QueueLayout layout() {
      return QueueLayout.LEGACY;
    }
  }

  @Nested
  class OnH2InBothLayouts extends OnH2 {
    @Override
    QueueLayout layout() {
      return QueueLayout.DUAL;
    }
  }

  @Nested
  class OnPostgresInTheOldLayout extends OnPostgres {
    @Override
    QueueLayout layout() {
      return QueueLayout.LEGACY;
    }
  }

  @Nested
  class OnPostgresInBothLayouts extends OnPostgres {
    @Override
    QueueLayout layout() {
      return QueueLayout.DUAL;
    }
  }

  abstract static class Contract extends QueueContract {
    @Test
    void refusesWhatMustNotStandInTheQueue() {
      var queue = bench.engine().queue();
      assertThatThrownBy(() ->
              queue.enqueue(List.of(noop(), NewJob.of(" ", "diagnostic.noop", Json.object()))))
          .isInstanceOfSatisfying(
              InvalidJob.class, e -> assertThat(e.field()).isEqualTo("workspace_id"));
      assertThatThrownBy(() -> queue.enqueue(List.of(NewJob.of("w", "no.such", Json.object()))))
          .isInstanceOfSatisfying(
              InvalidJob.class, e -> assertThat(e.value()).isEqualTo("no.such"));
      assertThatThrownBy(() ->
              queue.enqueue(
                  List.of(
                      NewJob.of(
                          "w", "diagnostic.noop", Json.object().put("x", "y".repeat(1 << 20))))))
          .hasMessageContaining("1048576");
      assertThatThrownBy(() ->
              queue.enqueue(
                  List.of(NewJob.of("w", "diagnostic.sleep", Json.object().put("millis", -1)))))
          .isInstanceOf(InvalidJob.class);
      assertThat(queue.list(null, null, null, 10)).isEmpty();
    }

    @Test
    void aRepeatedClientRequestFindsTheJobThatExists() {
      var queue = bench.engine().queue();
      Enqueued first = queue.enqueue(List.of(noop().withClientRequestId("x"))).getFirst();
      Enqueued second =
          queue
              .enqueue(
                  List.of(
                      NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c"))
                          .withClientRequestId("x")))
              .getFirst();
      assertThat(first.duplicate()).isFalse();
      assertThat(second).isEqualTo(new Enqueued(first.key(), true));
      Enqueued elsewhere =
          queue
              .enqueue(
                  List.of(
                      NewJob.of("w2", "diagnostic.noop", Json.object()).withClientRequestId("x")))
              .getFirst();
      assertThat(elsewhere.duplicate()).isFalse();
    }

    @Test
    void anEnqueueThatFailedLeavesNoKeyBehind() {
      assertThatThrownBy(() ->
              bench
                  .database()
                  .people()
                  .run(tx -> {
                    tx.jobs().enqueue(List.of(noop().withClientRequestId("x")));
                    throw new IllegalStateException("after the insert");
                  }))
          .hasMessage("after the insert");
      assertThat(
              bench
                  .engine()
                  .queue()
                  .enqueue(List.of(noop().withClientRequestId("x")))
                  .getFirst()
                  .duplicate())
          .isFalse();
    }

    @Test
    void claimsByPriorityThenDueTimeThenOrder() {
      var queue = bench.engine().queue();
      List<Enqueued> keys =
          queue.enqueue(
              List.of(
                  noop(),
                  noop(),
                  noop().withPriority(5),
                  noop().withDelay(Duration.ofHours(1)),
                  noop().withPriority(5)));
      List<JobKey> claimed = claim("w1", 10).stream().map(Job::key).toList();
      assertThat(claimed)
          .containsExactly(
              keys.get(2).key(), keys.get(4).key(), keys.get(0).key(), keys.get(1).key());
    }

    @Test
    void twoClaimersNeverGetOneJob() throws Exception {
      bench.engine().queue().enqueue(IntStream.range(0, 2000).mapToObj(i -> noop()).toList());
      Set<JobKey> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
      List<JobKey> twice = java.util.Collections.synchronizedList(new ArrayList<>());
      Together.run(
          8,
          i -> {
            List<Job> some;
            do {
              some = claim("w" + i, 17);
              some.forEach(job -> {
                if (!seen.add(job.key())) {
                  twice.add(job.key());
                }
              });
            } while (!some.isEmpty());
          });
      assertThat(twice).isEmpty();
      assertThat(seen).hasSize(2000);
    }

    @Test
    void anOwnerPresumedDeadChangesNothing() {
      JobKey key = bench.engine().queue().enqueue(List.of(noop())).getFirst().key();
      Job first = claim("w1", 1).getFirst();
      age(key);
      assertThat(stale().release(LONG).released()).isEqualTo(1);
      Job second = claim("w2", 1).getFirst();
      assertThat(second.attempts()).isEqualTo(2);
      assertThat(complete(first)).isEmpty();
      Map<Job.Claim, Boolean> alive = inTx(tx -> tx.jobs().heartbeat("w1", List.of(first.claim())));
      boolean retried = inTx(tx -> tx.jobs().retryLater(first.claim(), "late", Duration.ZERO));
      boolean abandoned =
          inTx(tx -> tx.jobs().abandon(first.claim(), JobStatus.FAILED, "late", null));
      assertThat(alive).isEmpty();
      assertThat(retried).isFalse();
      assertThat(abandoned).isFalse();
      assertThat(complete(second)).containsExactly(second.claim());
      assertThat(complete(second)).isEmpty();
    }

    @Test
    void aJobHeardOfBetweenChoosingAndLockingIsNotReleased() {
      JobKey key = bench.engine().queue().enqueue(List.of(noop())).getFirst().key();
      Job job = claim("w1", 1).getFirst();
      age(key);
      FaultPoints heard =
          point -> {
            if (point == dev.imprimatur.engine.fault.FaultPoint.STALE_CHOSEN) {
              complete(job);
            }
          };
      var result =
          new StaleJobs(
                  bench.database().automation(),
                  new JobKinds(dev.imprimatur.engine.queue.Diagnostics.handlers()),
                  heard)
              .release(LONG);
      assertThat(result).isEqualTo(new StaleJobs.Result(0, 0, 1));
      assertThat(find(key).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aStaleJobWithoutAttemptsLeftFailsWithDiagnostics() {
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(List.of(NewJob.of("w", Exploding.KIND, Json.object()).withMaxAttempts(1)))
              .getFirst()
              .key();
      claim("w1", 1);
      age(key);
      assertThat(stale().release(LONG)).isEqualTo(new StaleJobs.Result(0, 1));
      assertThat(find(key).status()).isEqualTo(JobStatus.FAILED);
      assertThat(bench.engine().queue().stats().counters())
          .containsEntry("exhausted:stuck_job_timeout", 1L);
    }

    @Test
    void endedJobsAreFinalByTheDatabaseItself() {
      JobKey key = bench.engine().queue().enqueue(List.of(noop())).getFirst().key();
      complete(claim("w1", 1).getFirst());
      boolean old = layout() == QueueLayout.LEGACY;
      assertThatThrownBy(() ->
              LayoutSteps.execute(
                  database,
                  layout(),
                  "UPDATE " + (old ? "legacy_job" : "job_history") + " SET status = 'FAILED'"))
          .rootCause()
          .hasMessageContaining(
              old ? "legacy_job row is final" : "job_history rows are never changed");
      assertThat(find(key).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aCancellationThatWasAcceptedOutlivesItsWorker() {
      JobKey key = bench.engine().queue().enqueue(List.of(noop())).getFirst().key();
      claim("w1", 1);
      decided(bench.engine().queue().cancel(key));
      age(key);
      stale().release(LONG);
      assertThat(find(key).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void numbersThatADatabaseCannotReadBackAreRefused() {
      assertThatThrownBy(() ->
              bench
                  .engine()
                  .queue()
                  .enqueue(
                      List.of(NewJob.of("w", "diagnostic.noop", Json.parse("{\"x\":1e5000}")))))
          .isInstanceOf(InvalidJob.class);
      assertThatThrownBy(() ->
              bench
                  .engine()
                  .queue()
                  .enqueue(
                      List.of(
                          NewJob.of("w", "diagnostic.noop", Json.parse("{\"x\":\"\\u0000\"}")))))
          .isInstanceOf(InvalidJob.class);
    }

    @Test
    void takesThousandsAtOnce() {
      List<Enqueued> all =
          bench.engine().queue().enqueue(IntStream.range(0, 5000).mapToObj(i -> noop()).toList());
      assertThat(new HashSet<>(all)).hasSize(5000);
      assertThat(bench.engine().queue().stats().byStatus()).containsEntry(JobStatus.PENDING, 5000L);
    }
  }
}
