package dev.imprimatur.engine.metric;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what is measured in this process, in memory, and hands it on: so that a console can show
/// what its own engine has done, whether or not anybody watches from outside.
public final class Tally implements Metrics {
  private final Metrics next;
  private final Map<Series, Sum> sums = new ConcurrentHashMap<>();

  private record Series(Meter meter, List<String> labels) {}

  private record Sum(LongAdder count, LongAdder nanos) {}

  /// @param next told of everything too
  public Tally(Metrics next) {
    this.next = next;
  }

  /// Everything so far, in the order of the meters, then of their labels.
  public List<Measure> all() {
    return sums.entrySet().stream()
        .map(e ->
            new Measure(
                e.getKey().meter(),
                e.getKey().labels(),
                e.getValue().count().sum(),
                Duration.ofNanos(e.getValue().nanos().sum())))
        .sorted(
            Comparator.comparing(Measure::meter).thenComparing(m -> String.join(" ", m.labels())))
        .toList();
  }

  private void add(Meter meter, long count, Duration took, String... labels) {
    Sum sum =
        sums.computeIfAbsent(
            new Series(meter, List.of(labels)), s -> new Sum(new LongAdder(), new LongAdder()));
    sum.count().add(count);
    sum.nanos().add(took.toNanos());
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void jobRan(
      String kind, JobOutcome outcome, Duration waited, Duration claimToStart, Duration took) {
    add(Meter.JOB_WAIT, 1, waited, kind);
    add(Meter.JOB_CLAIM_TO_START, 1, claimToStart, kind);
    add(Meter.JOB_RUN, 1, took, kind, code(outcome));
    if (outcome == JobOutcome.RETRIED) {
      add(Meter.JOB_RETRIES, 1, Duration.ZERO, kind);
    }
    next.jobRan(kind, outcome, waited, claimToStart, took);
  }

  @Override
  public void staleReleased(int released, int failed) {
    add(Meter.STALE_JOBS, released, Duration.ZERO, "released");
    add(Meter.STALE_JOBS, failed, Duration.ZERO, "failed");
    next.staleReleased(released, failed);
  }

  @Override
  public void lockWaited(String type, boolean got, Duration waited) {
    add(Meter.LOCK_WAIT, 1, waited, type, got ? "held" : "timed_out");
    next.lockWaited(type, got, waited);
  }

  @Override
  public void swept(String sweep, boolean succeeded, Duration took) {
    add(Meter.SWEEP_RUN, 1, took, sweep, outcome(succeeded));
    next.swept(sweep, succeeded, took);
  }

  @Override
  public void providerCalled(String what, String provider, ProviderOutcome outcome, Duration took) {
    add(Meter.PROVIDER_CALL, 1, took, what, provider, code(outcome));
    next.providerCalled(what, provider, outcome, took);
  }

  @Override
  public void dualWritten(String workspace, boolean succeeded) {
    add(Meter.QUEUE_DUAL_WRITE, 1, Duration.ZERO, workspace, outcome(succeeded));
    next.dualWritten(workspace, succeeded);
  }

  private static String outcome(boolean succeeded) {
    return succeeded ? "succeeded" : "failed";
  }
}
