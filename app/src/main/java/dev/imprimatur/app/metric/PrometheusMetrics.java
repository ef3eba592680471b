package dev.imprimatur.app.metric;

import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.metric.ProviderOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what the engine measures in a registry, in the form that Prometheus reads. Names begin
/// with `imprimatur_`, and end in their unit.
///
/// What happens is counted as it happens, in memory. What there is is asked of the database by who
/// reads the figures, in one bounded query, and at most once a second.
public final class PrometheusMetrics implements Metrics {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusMetrics.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ReentrantLock lock = new ReentrantLock();
  private final MultiGauge depth =
      MultiGauge.builder("imprimatur.queue.depth")
          .description("Jobs that have not ended, by kind and status; counted up to a bound")
          .register(registry);
  private final MultiGauge pending =
      MultiGauge.builder("imprimatur.outbox.pending")
          .description("Deliveries that are still to be made, by subscriber")
          .register(registry);
  private final MultiGauge dead =
      MultiGauge.builder("imprimatur.outbox.dead")
          .description("Deliveries that were parked after too many attempts, by subscriber")
          .register(registry);
  private final MultiGauge lag =
      MultiGauge.builder("imprimatur.outbox.lag")
          .description("Age of the oldest delivery that is still to be made, by subscriber")
          .baseUnit("seconds")
          .register(registry);
  private volatile @Nullable Supplier<Gauges> source;
  private volatile double up;
  private long readAt = System.nanoTime() - 2 * FRESH_NANOS;

  /// Nothing measured yet.
  public PrometheusMetrics() {
    Gauge.builder("imprimatur.database.up", () -> up)
        .description("1 where the database answered when the figures were read last")
        .register(registry);
  }

  /// Says where to ask what there is.
  public void ask(Supplier<Gauges> gauges) {
    source = gauges;
  }

  /// All figures, in the text that Prometheus reads.
  public String scrape() {
    read();
    return registry.scrape();
  }

  private void read() {
    Supplier<Gauges> from = source;
    if (from == null) {
      return;
    }
    lock.lock();
    try {
      if (System.nanoTime() - readAt < FRESH_NANOS) {
        return;
      }
      show(from.get());
      up = 1;
    } catch (RuntimeException e) {
      // What it was when the database still answered would be a number made up.
      LOG.warn("the figures could not be read: {}", e.getMessage());
      show(Gauges.NONE);
      up = 0;
    } finally {
      readAt = System.nanoTime();
      lock.unlock();
    }
  }

  private void show(Gauges gauges) {
    depth.register(
        gauges.depths().stream()
            .<MultiGauge.Row<?>>map(
                d -> MultiGauge.Row.of(Tags.of("kind", d.kind(), "status", d.status()), d.jobs()))
            .toList(),
        true);
    pending.register(rows(gauges, lag -> (double) lag.pending()), true);
    dead.register(rows(gauges, lag -> (double) lag.dead()), true);
    lag.register(rows(gauges, lag -> seconds(lag.oldest())), true);
  }

  private static List<MultiGauge.Row<?>> rows(
      Gauges gauges, java.util.function.ToDoubleFunction<Gauges.Lag> value) {
    return gauges.lags().stream()
        .<MultiGauge.Row<?>>map(
            l -> MultiGauge.Row.of(Tags.of("subscriber", l.subscriber()), value.applyAsDouble(l)))
        .toList();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Timer timer(String name, String description, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(10))
        .register(registry);
  }

  @Override
  public void jobRan(
      String kind, JobOutcome outcome, Duration waited, Duration claimToStart, Duration took) {
    timer("imprimatur.job.wait", "From when a job was due to its claim", "kind", kind)
        .record(waited);
    timer("imprimatur.job.claim.to.start", "From a job's claim to its start", "kind", kind)
        .record(claimToStart);
    timer(
            "imprimatur.job.run",
            "From a job's start to the storing of what it came to",
            "kind",
            kind,
            "outcome",
            code(outcome))
        .record(took);
    if (outcome == JobOutcome.RETRIED) {
      registry.counter("imprimatur.job.retries", "kind", kind).increment();
    }
  }

  @Override
  public void staleReleased(int released, int failed) {
    registry.counter("imprimatur.stale.jobs", "outcome", "released").increment(released);
    registry.counter("imprimatur.stale.jobs", "outcome", "failed").increment(failed);
  }

  @Override
  public void dualWritten(String workspace, boolean succeeded) {
    registry
        .counter(
            "imprimatur.queue.dual.write",
            "workspace",
            workspace,
            "outcome",
            succeeded ? "succeeded" : "failed")
        .increment();
  }

  @Override
  public void lockWaited(String type, boolean got, Duration waited) {
    timer(
            "imprimatur.lock.wait",
            "How long a lock was waited for",
            "type",
            type,
            "outcome",
            got ? "held" : "timed_out")
        .record(waited);
  }

  @Override
  public void swept(String sweep, boolean succeeded, Duration took) {
    timer(
            "imprimatur.sweep.run",
            "How long a sweep took",
            "sweep",
            sweep,
            "outcome",
            succeeded ? "succeeded" : "failed")
        .record(took);
  }

  @Override
  public void providerCalled(String what, String provider, ProviderOutcome outcome, Duration took) {
    timer(
            "imprimatur.provider.call",
            "How long a provider took to answer, or not to",
            "what",
            what,
            "provider",
            provider,
            "outcome",
            code(outcome))
        .record(took);
  }
}
