package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.metric.ProviderOutcome;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.PermanentFailure;
import dev.imprimatur.engine.store.OutboxStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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
      // The ledger listens wherever there is a database.
      assertThat(bench.engine().gauges())
          .isEqualTo(
              new Gauges(List.of(), List.of(new Gauges.Lag("entitlements", 0, 0, Duration.ZERO))));
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

      Gauges gauges = bench.engine().gauges();
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
      assertThat(bench.database().automation().inTransaction(tx -> tx.gauges().read(1)).depths())
          .extracting(Gauges.Depth::jobs)
          .containsOnly(1L);
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
