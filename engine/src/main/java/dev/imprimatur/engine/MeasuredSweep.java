package dev.imprimatur.engine;

import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Sweep;
import java.time.Duration;

/// A sweep that tells how long it took.
final class MeasuredSweep {
  private MeasuredSweep() {}

  static Sweep of(Sweep sweep, Metrics metrics) {
    return new Sweep(
        sweep.name(),
        sweep.interval(),
        stopping -> {
          long start = System.nanoTime();
          boolean succeeded = false;
          try {
            Findings findings = sweep.work().sweep(stopping);
            succeeded = true;
            return findings;
          } finally {
            metrics.swept(sweep.name(), succeeded, Duration.ofNanos(System.nanoTime() - start));
          }
        });
  }
}
