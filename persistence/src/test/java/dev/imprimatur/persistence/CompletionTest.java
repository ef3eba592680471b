package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Jobs that are completed each with a commit of its own, many of them at once.
class CompletionTest {
  private static final int JOBS = 400;

  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }

    @Test
    void eachIsToBeCompletedByItself() {
      List<Job> jobs = claimed(3);
      assertThat(completeEach(jobs)).isEmpty();
      assertThat(jobs).allSatisfy(job -> assertThat(status(job)).isEqualTo(JobStatus.RUNNING));
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Test
    void eachIsATransactionOfItsOwn() {
      workThrough(256);
      assertThat(database.count("SELECT count(DISTINCT CAST(xmin AS text)) FROM job_history"))
          .isEqualTo(JOBS);
    }

    @Test
    void whatIsNoLongerInForceStopsNoOther() {
      List<Job> jobs = claimed(3);
      Job lost = jobs.get(1);
      Claim before = new Claim(lost.key(), lost.attempts() - 1);
      Set<Claim> asked = Set.of(jobs.get(0).claim(), before, jobs.get(2).claim());
      assertThat(complete(asked).orElseThrow())
          .containsExactlyInAnyOrder(jobs.get(0).claim(), jobs.get(2).claim());
      assertThat(status(lost)).isEqualTo(JobStatus.RUNNING);
      assertThat(status(jobs.get(2))).isEqualTo(JobStatus.COMPLETED);
    }

    /// Whether the disk has it can be seen for a moment only: a little later it would have come
    /// there by itself. Others may write meanwhile, so not each look counts. In every other round
    /// the last one, whose commit waits, has nothing to commit.
    @Test
    void whatIsAcknowledgedIsOnTheDisk() throws SQLException {
      int[] written = new int[2];
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        for (int round = 0; round < 20; round++) {
          int lost = round % 2;
          List<Job> jobs =
              claimed(3).stream().sorted(Comparator.comparing(job -> job.key().id())).toList();
          Job last = jobs.getLast();
          Set<Claim> asked =
              Set.of(
                  jobs.get(0).claim(),
                  jobs.get(1).claim(),
                  new Claim(last.key(), last.attempts() - lost));
          assertThat(complete(asked).orElseThrow()).hasSize(3 - lost);
          written[lost] += onTheDisk(statement) ? 1 : 0;
        }
      }
      assertThat(written[0]).isGreaterThanOrEqualTo(5);
      assertThat(written[1]).isGreaterThanOrEqualTo(5);
    }

    private static boolean onTheDisk(Statement statement) throws SQLException {
      try (ResultSet log =
          statement.executeQuery(
              "SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()")) {
        log.next();
        return log.getBoolean(1);
      }
    }

    /// An error of one job's, and not of the moment.
    @Test
    void oneThatCannotBeEndedDoesNotStopTheOthers() throws SQLException {
      put(40);
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        statement.execute(
            """
            CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'not this one' USING ERRCODE = '23514';
            END $$
            """);
        statement.execute(
            "CREATE TRIGGER refuse_one BEFORE INSERT ON job_history FOR EACH ROW"
                + " WHEN (NEW.seq % 40 = 7) EXECUTE FUNCTION refuse_one()");
      }
      bench.work(64);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> database.count("SELECT count(*) FROM job_history") == 39);
      assertThat(
              database.count(
                  "SELECT count(*) FROM job_history WHERE status = 'COMPLETED' AND attempts = 1"))
          .isEqualTo(39);
    }

    @Test
    void inATransactionOrWithTwoLayoutsEachIsToBeCompletedByItself() {
      List<Job> jobs = claimed(2);
      Map<Claim, Optional<JsonNode>> results =
          jobs.stream().collect(Collectors.toMap(Job::claim, job -> Optional.empty()));
      Optional<Set<Claim>> inTransaction =
          bench.database().automation().inTransaction(tx -> tx.jobs().completeEach(results));
      assertThat(inTransaction).isEmpty();
      Bench.decided(bench.engine().queueLayouts().set(QueueLayout.DUAL));
      assertThat(completeEach(jobs)).isEmpty();
      assertThat(jobs).allSatisfy(job -> assertThat(status(job)).isEqualTo(JobStatus.RUNNING));
    }

    /// The round trip breaks off after the first were ended, and those count as completed.
    @Test
    void whatBreaksOffIsEndedOneByOne() throws SQLException {
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        statement.execute(
            """
            CREATE OR REPLACE PROCEDURE imprimatur_end_each(workspaces varchar[], ids uuid[], claims integer[],
              results jsonb[], end_status varchar, end_error text, end_diagnostics jsonb, INOUT ended boolean[])
            LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM imprimatur_end_job(workspaces[1], ids[1], claims[1], results[1], end_status, end_error, NULL);
              COMMIT;
              RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01';
            END $$
            """);
      }
      workThrough(64);
    }
  }

  abstract static class Contract extends BenchContract {
    final Map<JobOutcome, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final Metrics told =
        new Metrics() {
          @Override
          public void jobRan(
              String kind, JobOutcome outcome, Duration waited, Duration started, Duration ran) {
            outcomes.computeIfAbsent(outcome, o -> new AtomicInteger()).incrementAndGet();
          }
        };

    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(), List.of(), told, List.of()),
          FaultPoints.NONE,
          Map.of("queue.completions-per-commit", "1"));
    }

    @Test
    void allAreCompletedOnce() {
      workThrough(64);
    }

    void workThrough(int concurrency) {
      put(JOBS);
      bench.work(concurrency);
      Awaitility.await().until(() -> database.count("SELECT count(*) FROM job_history") == JOBS);
      assertThat(database.count("SELECT count(*) FROM job")).isZero();
      assertThat(
              database.count(
                  "SELECT count(*) FROM job_history WHERE status = 'COMPLETED' AND attempts = 1"))
          .isEqualTo(JOBS);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(outcomes.getOrDefault(JobOutcome.COMPLETED, new AtomicInteger()).get())
                  .isEqualTo(JOBS));
      assertThat(outcomes).containsOnlyKeys(JobOutcome.COMPLETED);
    }

    void put(int count) {
      bench
          .engine()
          .queue()
          .enqueue(
              IntStream.range(0, count)
                  .mapToObj(n -> NewJob.of("main", "diagnostic.noop", Json.object()))
                  .toList());
    }

    List<Job> claimed(int count) {
      put(count);
      return bench
          .database()
          .automation()
          .inTransaction(tx -> tx.jobs().claim("w1", Set.of("diagnostic.noop"), List.of(), count));
    }

    Optional<Set<Claim>> completeEach(List<Job> jobs) {
      return complete(jobs.stream().map(Job::claim).collect(Collectors.toSet()));
    }

    Optional<Set<Claim>> complete(Set<Claim> claims) {
      return bench
          .database()
          .automation()
          .inOneStatement(tx ->
              tx.jobs()
                  .completeEach(
                      claims.stream()
                          .collect(Collectors.toMap(claim -> claim, claim -> Optional.empty()))));
    }

    JobStatus status(Job job) {
      return bench.engine().queue().find(job.key()).orElseThrow().status();
    }
  }
}
