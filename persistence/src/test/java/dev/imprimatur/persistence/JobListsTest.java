package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobBulk;
import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobDetail;
import dev.imprimatur.engine.queue.JobHealth;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobOverview;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobQuery.Show;
import dev.imprimatur.engine.queue.JobQuery.Sort;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Long lists of jobs, one job in full, and the same done to many, on both databases. No worker
/// runs: the jobs stand as the test puts them.
class JobListsTest {
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

  abstract static class Contract extends BenchContract {
    QueueLayout layout() {
      return QueueLayout.WORKSPACE;
    }

    private JobOverview jobs;
    private JobKey plums;
    private JobKey pears;
    private JobKey apples;

    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    @BeforeEach
    void fill() {
      LayoutSteps.to(bench.engine(), layout());
      jobs = bench.engine().jobs();
      plums = put("noop", "main", "Plums 50%", 0);
      pears = put("sleep", "other", "pears_a", 5);
      apples = put("count", "main", "Äpfel", 9);
    }

    private JobKey put(String kind, String workspace, String fruit, int priority) {
      var payload = Json.object().put("fruit", fruit).put("millis", 1).put("counter", "c");
      var job =
          NewJob.of(workspace, "diagnostic." + kind, payload)
              .withPriority(priority)
              .withMaxAttempts(2);
      return bench.engine().queue().enqueue(List.of(job)).getFirst().key();
    }

    private Job claim(int limit) {
      return bench
          .database()
          .automation()
          .inTransaction(tx ->
              tx.jobs()
                  .claim(
                      "w1",
                      List.of("diagnostic.noop", "diagnostic.sleep", "diagnostic.count"),
                      List.of(),
                      limit))
          .getFirst();
    }

    private void fail(Job job) {
      bench
          .database()
          .automation()
          .run(tx ->
              tx.jobs()
                  .abandon(
                      job.claim(),
                      JobStatus.FAILED,
                      "The Provider refused",
                      Json.object().put("error", "attempts_exhausted")));
    }

    private List<JobKey> list(Show show, String search) {
      return jobs.order(new JobQuery(show, null, null, search, Sort.ENQUEUED, false));
    }

    private List<JobKey> sorted(Sort sort, boolean descending) {
      return jobs.order(new JobQuery(Show.ALL, null, null, "", sort, descending));
    }

    @Test
    void jobsAreFoundByWhatTheyAre() {
      assertThat(jobs.order(JobQuery.ALL)).containsExactly(apples, pears, plums);
      assertThat(
              jobs.order(new JobQuery(Show.ALL, "diagnostic.sleep", null, "", Sort.ENQUEUED, true)))
          .containsExactly(pears);
      assertThat(jobs.order(new JobQuery(Show.ALL, null, "main", "", Sort.ENQUEUED, true)))
          .containsExactly(apples, plums);
      assertThat(jobs.workspaces()).containsExactly("main", "other");
      fail(claim(1));
      claim(1);
      assertThat(list(Show.FAILED, "")).containsExactly(apples);
      assertThat(list(Show.RUNNING, "")).containsExactly(pears);
      assertThat(list(Show.PENDING, "")).containsExactly(plums);
      assertThat(list(Show.OPEN, "")).containsExactly(plums, pears);
      assertThat(list(Show.COMPLETED, "")).isEmpty();
      assertThat(list(Show.STUCK, "")).isEmpty();
      assertThat(jobs.counts())
          .containsExactly(
              new JobCount("diagnostic.count", JobStatus.FAILED, 1),
              new JobCount("diagnostic.noop", JobStatus.PENDING, 1),
              new JobCount("diagnostic.sleep", JobStatus.RUNNING, 1));
    }

    @Test
    void everyWordIsLookedForInPayloadIdWorkerAndError() {
      assertThat(list(Show.ALL, "PLUMS")).containsExactly(plums);
      assertThat(list(Show.ALL, "50% fruit")).containsExactly(plums);
      assertThat(list(Show.ALL, "s_a")).containsExactly(pears);
      assertThat(list(Show.ALL, "äpfel")).containsExactly(apples);
      assertThat(list(Show.ALL, "plums pears")).isEmpty();
      assertThat(list(Show.ALL, pears.id().toString().substring(19))).containsExactly(pears);
      assertThat(list(Show.ALL, "diagnostic.noop")).containsExactly(plums);
      fail(claim(1));
      assertThat(list(Show.ALL, "provider refused")).containsExactly(apples);
      assertThat(list(Show.ALL, "w1")).containsExactly(apples);
    }

    @Test
    void listsAreSortedAndThoseThatAreEqualStandInTheirOrder() {
      assertThat(sorted(Sort.KIND, false)).containsExactly(apples, plums, pears);
      assertThat(sorted(Sort.KIND, true)).containsExactly(pears, plums, apples);
      assertThat(sorted(Sort.WORKSPACE, false)).containsExactly(plums, apples, pears);
      assertThat(sorted(Sort.STATUS, true)).containsExactly(apples, pears, plums);
      claim(1);
      assertThat(sorted(Sort.ATTEMPTS, true)).containsExactly(apples, pears, plums);
      assertThat(sorted(Sort.HEARTBEAT, false)).containsExactly(apples, plums, pears);
      assertThat(sorted(Sort.HEARTBEAT, true)).containsExactly(apples, pears, plums);
      assertThat(sorted(Sort.PROGRESS, true)).containsExactly(apples, pears, plums);
    }

    @Test
    void aJobThatHangsInALivingWorkerShowsAndSoDoesAWorkerThatIsSilent() {
      claim(3);
      Map<JobKey, JobRow> rows = jobs.rows(List.of(plums, pears, apples));
      assertThat(rows.values()).extracting(JobRow::health).containsOnly(JobHealth.WORKING);
      assertThat(jobs.tooLong()).isEqualTo(Duration.ofMinutes(10));
      age(
          pears,
          "started_at = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00', progress_at ="
              + " TIMESTAMP WITH TIME ZONE '2020-01-02 00:00:00+00'");
      age(
          plums,
          "heartbeat_at = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00', progress_at ="
              + " TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00'");
      // A claim is a step forward, whatever the attempt before it left.
      age(apples, "progress_at = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00'");

      rows = jobs.rows(List.of(plums, pears, apples));
      assertThat(rows.get(pears).health()).isEqualTo(JobHealth.HUNG);
      assertThat(rows.get(pears).heartbeatAge()).isLessThan(Duration.ofMinutes(10));
      assertThat(rows.get(pears).progressAge()).isGreaterThan(Duration.ofDays(1000));
      assertThat(rows.get(plums).health()).isEqualTo(JobHealth.SILENT);
      assertThat(rows.get(apples).health()).isEqualTo(JobHealth.WORKING);
      assertThat(list(Show.STUCK, "")).containsExactly(plums, pears);
      JobDetail detail = jobs.detail(pears).orElseThrow();
      assertThat(detail.health()).isEqualTo(JobHealth.HUNG);
      assertThat(detail.progressAge()).isGreaterThan(Duration.ofDays(1000));
      assertThat(sorted(Sort.PROGRESS, false).getFirst()).isEqualTo(pears);
    }

    private void age(JobKey key, String change) {
      String table = layout() == QueueLayout.LEGACY ? "legacy_job" : "job";
      LayoutSteps.execute(
          database,
          layout(),
          "UPDATE " + table + " SET " + change + " WHERE id = '" + key.id() + "'");
    }

    @Test
    void aJobInFullTellsWhyItFailedWhatRepeatsItAndWhoDidWhat() {
      fail(claim(1));
      JobDetail failed = jobs.detail(apples).orElseThrow();
      assertThat(failed.diagnostics()).isNotNull();
      assertThat(failed.diagnostics().path("error").asString()).isEqualTo("attempts_exhausted");
      assertThat(failed.job().payload().path("fruit").asString()).isEqualTo("Äpfel");
      assertThat(failed.retriedAs()).isNull();
      assertThat(failed.heartbeatAge()).isNull();
      Job again = decided(jobs.act(JobBulk.Action.RETRY, apples));
      failed = jobs.detail(apples).orElseThrow();
      assertThat(failed.retriedAs()).isEqualTo(again.key());
      assertThat(failed.history())
          .singleElement()
          .satisfies(e -> assertThat(e.action()).isEqualTo("job.retried"));
      assertThat(jobs.detail(again.key()).orElseThrow().job().retryOf())
          .isEqualTo(apples.id().toString());
    }

    @Test
    void doingTheSameToManyIsPreviewedAndToldOneByOne() {
      fail(claim(1));
      claim(1);
      List<JobKey> chosen = List.of(apples, pears, plums);
      JobBulk.Preview retry = jobs.preview(JobBulk.Action.RETRY, chosen);
      assertThat(retry.eligible()).containsExactly(apples);
      assertThat(retry.left()).containsExactly(Map.entry("not_failed", 2));
      JobBulk.Preview cancel = jobs.preview(JobBulk.Action.CANCEL, chosen);
      assertThat(cancel.eligible()).containsExactly(pears, plums);
      assertThat(cancel.left()).containsExactly(Map.entry("job_ended", 1));

      // Meanwhile one of them ends: it is refused, the other is done all the same.
      decided(jobs.act(JobBulk.Action.CANCEL, plums));
      JobKey late = put("noop", "main", "late", 0);
      List<Integer> told = new ArrayList<>();
      List<JobBulk.Item> items =
          jobs.all(JobBulk.Action.CANCEL, cancel.eligible(), () -> false, told::add);
      assertThat(told).containsExactly(1, 2);
      assertThat(decided(items.get(0).decision()).cancelRequested()).isTrue();
      assertThat(refused(items.get(1).decision())).isEqualTo("job_ended");
      assertThat(jobs.rows(List.of(late)).get(late).status()).isEqualTo(JobStatus.PENDING);
      assertThat(jobs.all(JobBulk.Action.CANCEL, List.of(late), () -> true, n -> {})).isEmpty();
    }
  }
}
