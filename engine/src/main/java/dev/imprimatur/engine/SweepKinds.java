package dev.imprimatur.engine;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.outbox.OutboxDispatcher;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.review.ExpiredClaims;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.RunFinaliser;
import dev.imprimatur.engine.review.StuckRuns;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Retention;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.tour.Tours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every sweep that the engine has, a line each.
final class SweepKinds {
  private SweepKinds() {}

  /// What they work on.
  record Parts(
      UnitOfWork automation,
      JobKinds kinds,
      OutboxDispatcher dispatcher,
      Locks locks,
      QueueLayouts layouts,
      Settings settings,
      Metrics metrics,
      FaultPoints faults) {}

  /// @param others beside the engine's own
  static List<Sweep> all(Parts parts, List<Sweep> others) {
    var automation = parts.automation();
    var settings = parts.settings();
    var stale = new StaleJobs(automation, parts.kinds(), parts.faults());
    var runs =
        new StuckRuns(automation, new RunFinaliser(HardStops.Limits.of(settings), parts.faults()));
    var claims = new ExpiredClaims(automation);
    var retention =
        new Retention(
            automation,
            settings.get(Keys.QUEUE_RETENTION),
            settings.get(Keys.OUTBOX_RETENTION),
            settings.get(Keys.SWEEP_RETENTION));
    List<Sweep> all = new ArrayList<>();
    all.addAll(Assessment.sweeps(automation, settings, parts.faults()));
    all.add(new Sweep("expired-claims", Duration.ofMinutes(1), claims::sweep));
    all.add(
        new Sweep(
            "lock-waits", Duration.ofHours(1), stopping -> Findings.all(parts.locks().prune())));
    all.add(new Sweep("outbox-relay", Duration.ofSeconds(30), parts.dispatcher()::sweep));
    all.add(new Sweep(QueueLayouts.BACKFILL, Duration.ofMinutes(1), parts.layouts()::backfill));
    all.add(new Sweep("retention", Duration.ofHours(1), retention::sweep));
    all.add(
        new Sweep(
            "stale-jobs",
            Duration.ofMinutes(1),
            stopping -> {
              StaleJobs.Result freed = stale.release(settings.get(Keys.STALE_AFTER));
              parts.metrics().staleReleased(freed.released(), freed.failed());
              return freed.findings();
            }));
    all.add(new Sweep("stuck-runs", Duration.ofMinutes(1), runs::sweep));
    all.add(Tours.expiry(automation, parts.locks(), parts.faults()));
    all.addAll(others);
    return all.stream().map(sweep -> measured(sweep, parts.metrics())).toList();
  }

  private static Sweep measured(Sweep sweep, Metrics metrics) {
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
