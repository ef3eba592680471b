package dev.imprimatur.app.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.engine.metric.ProviderOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The figures as Prometheus reads them.
class PrometheusMetricsTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();

  @Test
  void namesAndUnitsAreThoseOfPrometheus() {
    metrics.jobRan(
        "review.aeo",
        JobOutcome.RETRIED,
        Duration.ofSeconds(3),
        Duration.ofMillis(2),
        Duration.ofMillis(1500));
    metrics.staleReleased(2, 1);
    metrics.dualWritten("w", true);
    metrics.dualWritten("w", false);
    metrics.lockWaited("tour-job", false, Duration.ofSeconds(10));
    metrics.swept("stale-jobs", true, Duration.ofMillis(4));
    metrics.providerCalled("aeo", "local", ProviderOutcome.TIMED_OUT, Duration.ofSeconds(30));
    assertThat(metrics.scrape().lines())
        .contains(
            "imprimatur_job_retries_total{kind=\"review.aeo\"} 1.0",
            "imprimatur_stale_jobs_total{outcome=\"released\"} 2.0",
            "imprimatur_stale_jobs_total{outcome=\"failed\"} 1.0",
            "imprimatur_queue_dual_write_total{outcome=\"succeeded\",workspace=\"w\"} 1.0",
            "imprimatur_queue_dual_write_total{outcome=\"failed\",workspace=\"w\"} 1.0",
            "imprimatur_job_wait_seconds_sum{kind=\"review.aeo\"} 3.0",
            "imprimatur_job_claim_to_start_seconds_count{kind=\"review.aeo\"} 1",
            "imprimatur_job_run_seconds_sum{kind=\"review.aeo\",outcome=\"retried\"} 1.5",
            "imprimatur_lock_wait_seconds_sum{outcome=\"timed_out\",type=\"tour-job\"} 10.0",
            "imprimatur_sweep_run_seconds_count{outcome=\"succeeded\",sweep=\"stale-jobs\"} 1",
            "imprimatur_provider_call_seconds_sum{outcome=\"timed_out\",provider=\"local\",what=\"aeo\"} 30.0");
  }

  @Test
  void whatThereIsIsAskedOnceHoweverOftenItIsRead() {
    var asked = new AtomicInteger();
    metrics.ask(() -> {
      asked.incrementAndGet();
      return new Gauges(
          List.of(new Gauges.Depth("review.aeo", "pending", 7, Duration.ofMillis(1250))),
          List.of(new Gauges.Stuck("review.aeo", 3)),
          List.of(new Gauges.Ended("completed", 40)),
          List.of(new Gauges.Lag("mail", 2, 1, Duration.ofMillis(2500))),
          List.of(
              new Gauges.Tick("retention", Duration.ofSeconds(90), false),
              new Gauges.Tick("stale-jobs", Duration.ZERO, true)));
    });
    String first = metrics.scrape();
    assertThat(first.lines())
        .contains(
            "imprimatur_database_up 1.0",
            "imprimatur_queue_depth{kind=\"review.aeo\",status=\"pending\"} 7.0",
            "imprimatur_queue_oldest_seconds{kind=\"review.aeo\"} 1.25",
            "imprimatur_queue_stuck{kind=\"review.aeo\"} 3.0",
            "imprimatur_queue_ended_last_minute{status=\"completed\"} 40.0",
            "imprimatur_sweep_overdue_seconds{sweep=\"retention\"} 90.0",
            "imprimatur_sweep_failing{sweep=\"stale-jobs\"} 1.0",
            "imprimatur_outbox_pending{subscriber=\"mail\"} 2.0",
            "imprimatur_outbox_dead{subscriber=\"mail\"} 1.0",
            "imprimatur_outbox_lag_seconds{subscriber=\"mail\"} 2.5");
    for (int i = 0; i < 3; i++) {
      metrics.scrape();
    }
    assertThat(asked.get()).isLessThanOrEqualTo(3);
  }

  /// What the console calls a figure is what is served here.
  @Test
  void everyFigureIsServedUnderItsName() {
    namesAndUnitsAreThoseOfPrometheus();
    whatThereIsIsAskedOnceHoweverOftenItIsRead();
    String served = metrics.scrape();
    for (Meter meter : Meter.values()) {
      String name = meter.kind() == Meter.Kind.TIMER ? meter.exposed() + "_count" : meter.exposed();
      List<String> line = served.lines().filter(l -> l.matches(name + "[{ ].*")).limit(1).toList();
      assertThat(line).as(name).hasSize(1);
      assertThat(meter.labels()).allMatch(label -> line.getFirst().contains(label + "="));
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerLeavesNoOldNumbers() {
    var broken = new PrometheusMetrics();
    broken.ask(() -> {
      throw new IllegalStateException("the server closed the connection");
    });
    assertThat(broken.scrape())
        .contains("imprimatur_database_up 0.0")
        .doesNotContain("imprimatur_queue_depth{");
  }

  /// What a job pays for being measured. Told, not held: it depends on the machine.
  @Test
  void whatAFigureCostsIsTold() {
    int jobs = 200_000;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < jobs; i++) {
        metrics.jobRan(
            "diagnostic.noop",
            JobOutcome.COMPLETED,
            Duration.ofMillis(i % 100),
            Duration.ofNanos(i),
            Duration.ofNanos(i % 1000 * 1000L));
      }
      System.out.printf(
          "Measuring a job takes %.1f µs%n", (System.nanoTime() - start) / 1e3 / jobs);
    }
  }
}
