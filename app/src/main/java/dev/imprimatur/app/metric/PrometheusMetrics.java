package dev.imprimatur.app.metric;

import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Meter;
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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
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
      gauge(
          Meter.QUEUE_DEPTH, "Jobs that have not ended, by kind and status; counted up to a bound");
  private final MultiGauge oldest =
      gauge(Meter.QUEUE_OLDEST, "For how long the job has been due that has been due longest");
  private final MultiGauge stuck =
      gauge(Meter.QUEUE_STUCK, "Jobs said to run that hang, or whose worker was not heard of");
  private final MultiGauge ended =
      gauge(Meter.QUEUE_ENDED, "Jobs that ended within the last minute, whoever ran them");
  private final MultiGauge pending =
      gauge(Meter.OUTBOX_PENDING, "Deliveries that are still to be made, by subscriber");
  private final MultiGauge dead =
      gauge(
          Meter.OUTBOX_DEAD, "Deliveries that were parked after too many attempts, by subscriber");
  private final MultiGauge lag =
      gauge(Meter.OUTBOX_LAG, "Age of the oldest delivery that is still to be made, by subscriber");
  private final MultiGauge overdue =
      gauge(Meter.SWEEP_OVERDUE, "For how long a sweep has been due and nobody has taken it");
  private final MultiGauge failing =
      gauge(Meter.SWEEP_FAILING, "1 where a sweep's latest run failed");
  private volatile @Nullable Supplier<Gauges> source;
  private volatile double up;
  private long readAt = System.nanoTime() - 2 * FRESH_NANOS;

  /// Nothing measured yet.
  public PrometheusMetrics() {
    Gauge.builder(Meter.DATABASE_UP.dotted(), () -> up)
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
        rows(gauges.depths(), d -> Tags.of("kind", d.kind(), "status", d.status()), d -> d.jobs()),
        true);
    oldest.register(
        rows(
            gauges.depths().stream().filter(d -> d.status().equals("pending")).toList(),
            d -> Tags.of("kind", d.kind()),
            d -> seconds(d.oldest())),
        true);
    stuck.register(rows(gauges.stuck(), s -> Tags.of("kind", s.kind()), s -> s.jobs()), true);
    ended.register(rows(gauges.ended(), e -> Tags.of("status", e.status()), e -> e.jobs()), true);
    pending.register(rows(gauges.lags(), PrometheusMetrics::subscriber, l -> l.pending()), true);
    dead.register(rows(gauges.lags(), PrometheusMetrics::subscriber, l -> l.dead()), true);
    lag.register(
        rows(gauges.lags(), PrometheusMetrics::subscriber, l -> seconds(l.oldest())), true);
    overdue.register(
        rows(gauges.ticks(), t -> Tags.of("sweep", t.sweep()), t -> seconds(t.overdue())), true);
    failing.register(
        rows(gauges.ticks(), t -> Tags.of("sweep", t.sweep()), t -> t.failing() ? 1 : 0), true);
  }

  private static Tags subscriber(Gauges.Lag lag) {
    return Tags.of("subscriber", lag.subscriber());
  }

  private static <F> List<MultiGauge.Row<?>> rows(
      List<F> figures, Function<F, Tags> tags, ToDoubleFunction<F> value) {
    return figures.stream()
        .<MultiGauge.Row<?>>map(f -> MultiGauge.Row.of(tags.apply(f), value.applyAsDouble(f)))
        .toList();
  }

  private MultiGauge gauge(Meter meter, String description) {
    var builder = MultiGauge.builder(meter.dotted()).description(description);
    return (meter.kind() == Meter.Kind.SECONDS ? builder.baseUnit("seconds") : builder)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Timer timer(Meter meter, String description, String... tags) {
    return Timer.builder(meter.dotted())
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
    timer(Meter.JOB_WAIT, "From when a job was due to its claim", "kind", kind).record(waited);
    timer(Meter.JOB_CLAIM_TO_START, "From a job's claim to its start", "kind", kind)
        .record(claimToStart);
    timer(
            Meter.JOB_RUN,
            "From a job's start to the storing of what it came to",
            "kind",
            kind,
            "outcome",
            code(outcome))
        .record(took);
    if (outcome == JobOutcome.RETRIED) {
      registry.counter(Meter.JOB_RETRIES.dotted(), "kind", kind).increment();
    }
  }

  @Override
  public void staleReleased(int released, int failed) {
    registry.counter(Meter.STALE_JOBS.dotted(), "outcome", "released").increment(released);
    registry.counter(Meter.STALE_JOBS.dotted(), "outcome", "failed").increment(failed);
  }

  @Override
  public void dualWritten(String workspace, boolean succeeded) {
    registry
        .counter(
            Meter.QUEUE_DUAL_WRITE.dotted(),
            "workspace",
            workspace,
            "outcome",
            succeeded ? "succeeded" : "failed")
        .increment();
  }

  @Override
  public void lockWaited(String type, boolean got, Duration waited) {
    timer(
            Meter.LOCK_WAIT,
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
            Meter.SWEEP_RUN,
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
            Meter.PROVIDER_CALL,
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
