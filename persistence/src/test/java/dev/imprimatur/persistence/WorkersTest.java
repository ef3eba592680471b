package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Workers and what they do with the jobs of the queue (kernel.md §1, §2) on both databases.
@Execution(ExecutionMode.CONCURRENT)
class WorkersTest {
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

    @Test
    void workCommittedElsewhereWakesAWorkerLongBeforeItsPoll() throws InterruptedException {
      var slow = bench.engine().workerOptions("sleepy");
      var worker =
          bench
              .engine()
              .worker(
                  new WorkerOptions(
                      "sleepy",
                      Set.of(),
                      List.of(),
                      2,
                      Duration.ofHours(1),
                      Duration.ofHours(1),
                      slow.staleAfter(),
                      slow.heartbeatInterval(),
                      Duration.ofSeconds(1),
                      0));
      worker.start();
      try (Bench elsewhere = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        JobKey key = elsewhere.engine().queue().enqueue(List.of(noop())).getFirst().key();
        awaitStatus(key, JobStatus.COMPLETED);
      } finally {
        worker.close();
      }
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
    void attemptsSpentRunTheExhaustedHandlerInTheSameTransaction() {
      bench.work();
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(List.of(NewJob.of("w", Exploding.KIND, Json.object()).withMaxAttempts(3)))
              .getFirst()
              .key();
      awaitStatus(key, JobStatus.FAILED);
      assertThat(find(key).attempts()).isEqualTo(3);
      assertThat(find(key).lastError()).isEqualTo("boom");
      assertThat(bench.engine().queue().stats().counters())
          .containsEntry("exhausted:attempts_exhausted", 1L);
    }

    @Test
    void cancelEndsAPendingJobAndAsksARunningOneToStop() throws InterruptedException {
      var queue = bench.engine().queue();
      JobKey pending =
          queue.enqueue(List.of(noop().withDelay(Duration.ofHours(1)))).getFirst().key();
      assertThat(decided(queue.cancel(pending)).status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(refused(queue.cancel(pending))).isEqualTo("job_ended");
      bench.work();
      JobKey running =
          queue
              .enqueue(
                  List.of(NewJob.of("w", "diagnostic.sleep", Json.object().put("millis", 600_000))))
              .getFirst()
              .key();
      awaitStatus(running, JobStatus.RUNNING);
      decided(queue.cancel(running));
      awaitStatus(running, JobStatus.CANCELLED);
      Job retried = decided(queue.retry(pending));
      assertThat(retried.retryOf()).isEqualTo(pending.id().toString());
      assertThat(decided(queue.retry(pending)).key()).isEqualTo(retried.key());
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void closingHandsUnfinishedJobsBackWithoutUsingAnAttempt() {
      bench.close();
      bench = bench(Map.of("queue.grace", "50ms"));
      var worker = bench.work();
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(List.of(NewJob.of("w", Held.KIND, Json.object()).withMaxAttempts(1)))
              .getFirst()
              .key();
      awaitStatus(key, JobStatus.RUNNING);
      worker.close();
      Job back = find(key);
      assertThat(back.status()).isEqualTo(JobStatus.PENDING);
      assertThat(back.attempts() - back.handedBack()).isZero();
    }

    @Test
    void aJobThatNoticesTheStopIsHandedBackAndNotCancelled() {
      bench.close();
      bench = bench(Map.of("queue.grace", "50ms"));
      var worker = bench.work();
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(
                  List.of(NewJob.of("w", "diagnostic.sleep", Json.object().put("millis", 600_000))))
              .getFirst()
              .key();
      awaitStatus(key, JobStatus.RUNNING);
      worker.close();
      assertThat(find(key).status()).isEqualTo(JobStatus.PENDING);
      assertThat(find(key).attempts() - find(key).handedBack()).isZero();
    }

    @Test
    void countsOncePerJobHoweverManyWorkers() {
      bench
          .engine()
          .queue()
          .enqueue(
              IntStream.range(0, 500)
                  .mapToObj(i ->
                      NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c"))
                          .withClientRequestId("c-" + i))
                  .toList());
      bench.work(4);
      bench.work(4);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> bench.engine().queue().stats().byStatus().get(JobStatus.COMPLETED) == 500);
      assertThat(bench.engine().queue().stats().counters()).containsEntry("c", 500L);
    }

    @Test
    void aHungJobIsSeenByItsProgressAge() {
      bench.work();
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(List.of(NewJob.of("w", Held.KIND, Json.object())))
              .getFirst()
              .key();
      awaitStatus(key, JobStatus.RUNNING);
      Instant first = Objects.requireNonNull(find(key).heartbeatAt());
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> first.isBefore(Objects.requireNonNull(find(key).heartbeatAt())));
      assertThat(find(key).progressAt()).isBefore(find(key).heartbeatAt());
      held.release.countDown();
      awaitStatus(key, JobStatus.COMPLETED);
    }

    @Test
    void aHandlerThatLeavesItsThreadInterruptedHarmsNobody() {
      bench.work();
      JobKey key =
          bench
              .engine()
              .queue()
              .enqueue(List.of(NewJob.of("w", Interrupting.KIND, Json.object())))
              .getFirst()
              .key();
      awaitStatus(key, JobStatus.COMPLETED);
      assertThat(find(key).attempts()).isEqualTo(1);
      assertThat(bench.engine().queue().stats().counters()).containsEntry("interrupting", 1L);
    }
  }
}
