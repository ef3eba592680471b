package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.MetricsOverview;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.metric.ProviderOutcome;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.PermanentFailure;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.OutboxStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the engine measures as it works, and the figures that are read at one moment, on both
/// databases.
class MeasuredTest {
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

  /// Fails as it is told to.
  private static final class Failing implements JobHandler {
    @Override
    public String kind() {
      return "test.failing";
    }

    @Override
    public Effect run(JobRun run) {
      if (run.job().payload().path("for_good").asBoolean(false)) {
        throw new PermanentFailure("never");
      }
      throw new IllegalStateException("not now");
    }
  }

  /// Keeps what it is told.
  private static final class Kept implements Metrics {
    private final List<String> jobs = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Duration> times = new CopyOnWriteArrayList<>();

    @Override
    public void jobRan(
        String kind, JobOutcome outcome, Duration waited, Duration claimToStart, Duration took) {
      times.addAll(List.of(waited, claimToStart, took));
      jobs.add(kind + " " + outcome);
    }

    @Override
    public void providerCalled(
        String what, String provider, ProviderOutcome outcome, Duration took) {
      calls.add(what + " " + outcome);
    }
  }

  abstract static class Contract extends BenchContract {
    private final Kept kept = new Kept();

    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(new Failing()), List.of(), kept, List.of()),
          FaultPoints.NONE);
    }

    private void enqueue(String kind, boolean forGood, Duration delay) {
      var payload = Json.object().put("for_good", forGood);
      bench
          .engine()
          .queue()
          .enqueue(List.of(NewJob.of("main", kind, payload).withMaxAttempts(2).withDelay(delay)));
    }

    @Test
    void everyAttemptIsToldWithWhatItCameTo() {
      enqueue("diagnostic.noop", false, Duration.ZERO);
      enqueue("test.failing", false, Duration.ZERO);
      bench.work();
      Awaitility.await().until(() -> kept.jobs.size() == 3);
      assertThat(kept.jobs)
          .containsExactlyInAnyOrder(
              "diagnostic.noop COMPLETED", "test.failing RETRIED", "test.failing FAILED");
      enqueue("test.failing", true, Duration.ZERO);
      Awaitility.await().until(() -> kept.jobs.size() == 4);
      assertThat(kept.jobs.getLast()).isEqualTo("test.failing FAILED");
      assertThat(kept.times).hasSize(12).noneMatch(Duration::isNegative);
    }

    @Test
    void everyCallOfAProviderIsTold() {
      bench.work();
      bench.evaluate("pears", "ai=0.5 aeo=90");
      assertThat(kept.calls).isNotEmpty().allMatch(c -> c.endsWith(" ANSWERED"));
      assertThat(kept.calls).contains("detector ANSWERED", "aeo ANSWERED");
    }

    @Test
    void figuresAreReadAtOneMoment() {
      Gauges none = bench.engine().metrics().gauges();
      // The ledger listens wherever there is a database.
      assertThat(none.lags()).containsExactly(new Gauges.Lag("entitlements", 0, 0, Duration.ZERO));
      assertThat(new Gauges(none.depths(), none.stuck(), none.ended(), List.of(), List.of()))
          .isEqualTo(Gauges.NONE);
      enqueue("diagnostic.noop", false, Duration.ZERO);
      enqueue("diagnostic.noop", false, Duration.ofHours(1));
      enqueue("test.failing", false, Duration.ofHours(1));
      run(outbox -> {
        outbox.register("mail");
        outbox.register("quiet");
      });
      UUID old = write("old");
      run(outbox ->
          outbox.failed(
              outbox.claim("mail", old, Duration.ofMinutes(1)).orElseThrow(),
              new OutboxStore.Failure("no", Duration.ZERO, true)));
      write("new");
      database.execute(
          "UPDATE outbox_event SET occurred_at = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00'"
              + " WHERE event_key = 'new'");
      bench
          .database()
          .automation()
          .run(tx -> tx.jobs().claim("w1", List.of("diagnostic.noop"), List.of(), 1));

      Gauges gauges = gauges();
      // What is due later is not overdue.
      assertThat(gauges.depths())
          .containsExactlyInAnyOrder(
              new Gauges.Depth("diagnostic.noop", "pending", 1),
              new Gauges.Depth("diagnostic.noop", "running", 1),
              new Gauges.Depth("test.failing", "pending", 1));
      assertThat(gauges.lags())
          .extracting(Gauges.Lag::subscriber)
          .containsExactly("entitlements", "mail", "quiet");
      Gauges.Lag mail = gauges.lags().get(1);
      assertThat(mail.dead()).isEqualTo(1);
      assertThat(mail.pending()).isEqualTo(1);
      assertThat(mail.oldest()).isGreaterThan(Duration.ofDays(1000));
      assertThat(gauges.lags().getLast().pending()).isEqualTo(2);
      // Each figure stops at its bound.
      assertThat(
              bench
                  .database()
                  .automation()
                  .inTransaction(tx -> tx.gauges().read(1, Duration.ofMinutes(10)))
                  .depths())
          .extracting(Gauges.Depth::jobs)
          .containsOnly(1L);
    }

    private Gauges gauges() {
      return bench.engine().metrics().gauges();
    }

    private List<Job> claim(int jobs) {
      return bench
          .database()
          .automation()
          .inTransaction(tx -> tx.jobs().claim("w1", List.of("diagnostic.noop"), List.of(), jobs));
    }

    private void age(String table, String column, Job job, int minutes) {
      String time =
          kind() == TestDatabase.Kind.H2
              ? "DATEADD('MINUTE', -" + minutes + ", CURRENT_TIMESTAMP)"
              : "now() - interval '" + minutes + " minutes'";
      LayoutSteps.execute(
          database,
          bench.engine().queueLayouts().inForce(),
          "UPDATE "
              + table
              + " SET "
              + column
              + " = "
              + time
              + " WHERE id = '"
              + job.key().id()
              + "'");
    }

    @ParameterizedTest
    @EnumSource(QueueLayout.class)
    void jobsThatAreDueHangOrHaveEndedAreCountedOnceInEveryLayout(QueueLayout layout) {
      LayoutSteps.to(bench.engine(), layout);
      for (int i = 0; i < 6; i++) {
        enqueue("diagnostic.noop", false, Duration.ZERO);
      }
      List<Job> held = claim(4);
      // The older layout alone has no new table to be seen in.
      String table = layout == QueueLayout.LEGACY ? "legacy_job" : "job";
      // In both, the new row is the one that counts.
      age(table, "heartbeat_at", held.get(0), 30);
      age(table, "started_at", held.get(1), 30);
      age(table, "progress_at", held.get(1), 29);
      bench
          .database()
          .automation()
          .run(tx -> tx.jobs().complete(Map.of(held.get(2).claim(), Optional.empty())));
      bench
          .database()
          .automation()
          .run(tx -> tx.jobs().abandon(held.get(3).claim(), JobStatus.FAILED, "no", Json.object()));
      Job waiting = bench.engine().queue().list(JobStatus.PENDING, null, null, 1).getFirst();
      age(table, "run_at", waiting, 42);

      Gauges gauges = gauges();
      assertThat(gauges.stuck()).containsExactly(new Gauges.Stuck("diagnostic.noop", 2));
      assertThat(gauges.ended())
          .containsExactly(new Gauges.Ended("completed", 1), new Gauges.Ended("failed", 1));
      Map<String, Gauges.Depth> depths =
          gauges.depths().stream().collect(Collectors.toMap(Gauges.Depth::status, d -> d));
      assertThat(depths.get("pending").jobs()).isEqualTo(2);
      assertThat(depths.get("running").jobs()).isEqualTo(2);
      assertThat(depths.get("pending").oldest())
          .isBetween(Duration.ofMinutes(41), Duration.ofMinutes(50));
      assertThat(depths.get("running").oldest()).isZero();
    }

    @Test
    void aSweepThatNobodyTakesIsOverdue() {
      assertThat(gauges().ticks())
          .extracting(Gauges.Tick::sweep)
          .contains("queue-backfill", "stale-jobs");
      assertThat(gauges().ticks()).noneMatch(t -> t.failing() || !t.overdue().isZero());
      String started =
          kind() == TestDatabase.Kind.H2
              ? "DATEADD('HOUR', -1, CURRENT_TIMESTAMP)"
              : "now() - interval '1 hour'";
      for (String sweep :
          List.of(
              "retention', 'recurring', " + started + ", false",
              "stale-jobs', 'recurring', " + started + ", true")) {
        automation(
            "INSERT INTO sweep_schedule (task_name, task_instance, execution_time, picked, version) VALUES ('"
                + sweep
                + ", 1)");
      }
      automation(
          "INSERT INTO sweep_run (name, tick, worker, requested, started_at, ended_at, error) VALUES ('stuck-runs', "
              + started
              + ", 'w1', false, "
              + started
              + ", "
              + started
              + ", 'no space left')");
      automation(
          "UPDATE sweep SET last_tick = (SELECT max(tick) FROM sweep_run WHERE name = 'stuck-runs') WHERE name = 'stuck-runs'");
      Map<String, Gauges.Tick> ticks =
          gauges().ticks().stream().collect(Collectors.toMap(Gauges.Tick::sweep, t -> t));
      assertThat(ticks.get("retention").overdue()).isGreaterThan(Duration.ofMinutes(59));
      assertThat(ticks.get("stale-jobs").overdue()).as("under way").isZero();
      assertThat(ticks.get("stuck-runs").failing()).isTrue();
      assertThat(ticks.get("retention").failing()).isFalse();
    }

    /// The book of sweeps is automation's, the owner's neither.
    private void automation(String sql) {
      database.execute(kind() == TestDatabase.Kind.H2 ? sql : "SET ROLE imprimatur_worker; " + sql);
    }

    @Test
    void aSnapshotHasWhatTheDatabaseHoldsAndWhatThisProcessHasDone() {
      enqueue("diagnostic.noop", false, Duration.ZERO);
      enqueue("diagnostic.noop", false, Duration.ofHours(1));
      bench.work();
      Awaitility.await().until(() -> kept.jobs.size() == 1);
      bench.engine().locks().hold("tour-job:1", Duration.ofSeconds(5), held -> true);
      Awaitility.await()
          .untilAsserted(() -> {
            MetricsOverview.Snapshot snapshot = bench.engine().metrics().snapshot();
            assertThat(snapshot.gauges().depths())
                .containsExactly(new Gauges.Depth("diagnostic.noop", "pending", 1));
            assertThat(snapshot.gauges().ended()).containsExactly(new Gauges.Ended("completed", 1));
            assertThat(snapshot.locks().types())
                .extracting(LockFigures::type)
                .containsExactly("tour-job");
            assertThat(snapshot.process())
                .anyMatch(m ->
                    m.meter() == Meter.JOB_RUN
                        && m.labels().equals(List.of("diagnostic.noop", "completed"))
                        && m.count() == 1
                        && m.average().isPositive());
            assertThat(snapshot.process())
                .anyMatch(m ->
                    m.meter() == Meter.LOCK_WAIT && m.labels().equals(List.of("tour-job", "held")));
          });
      LayoutSteps.to(bench.engine(), QueueLayout.DUAL);
      enqueue("test.failing", false, Duration.ofHours(1));
      assertThat(bench.engine().metrics().process())
          .anyMatch(m ->
              m.meter() == Meter.QUEUE_DUAL_WRITE
                  && m.labels().equals(List.of("main", "succeeded"))
                  && m.count() == 1);
    }

    private void run(java.util.function.Consumer<OutboxStore> work) {
      bench.database().automation().run(tx -> work.accept(tx.outbox()));
    }

    private UUID write(String key) {
      run(outbox -> outbox.append("a", key, "t", key, Json.object()));
      return bench.engine().outbox().events(null, null, 10).stream()
          .filter(e -> e.event().key().equals(key))
          .findFirst()
          .orElseThrow()
          .event()
          .id();
    }
  }
}
