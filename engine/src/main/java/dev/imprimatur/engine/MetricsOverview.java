package dev.imprimatur.engine;

import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.metric.Tally;
import dev.imprimatur.engine.store.DatabaseAccess;
import java.time.Duration;
import java.util.List;

/// Figures, for who watches: what there is in the database, and what this process has done
/// (kernel.md §8).
public final class MetricsOverview {
  private final DatabaseAccess database;
  private final Locks locks;
  private final Tally tally;
  private final Duration tooLong;

  MetricsOverview(DatabaseAccess database, Locks locks, Tally tally, Duration tooLong) {
    this.database = database;
    this.locks = locks;
    this.tally = tally;
    this.tooLong = tooLong;
  }

  /// All figures at one moment.
  ///
  /// @param gauges what there is, whoever did it
  /// @param locks how locks were waited for in the hour that has begun, whoever did
  /// @param process what this process has done since it started
  public record Snapshot(Gauges gauges, LockStatistics locks, List<Measure> process) {}

  /// Reads all figures: two bounded queries, and what was counted in memory.
  public Snapshot snapshot() {
    return new Snapshot(gauges(), locks.statistics(1), process());
  }

  /// What there is, in one bounded query.
  public Gauges gauges() {
    return (database.mayWork() ? database.automation() : database.people())
        .inTransaction(tx -> tx.gauges().read(Gauges.MOST, tooLong));
  }

  /// What this process has done since it started. Asks no database.
  public List<Measure> process() {
    return tally.all();
  }

  /// How long a running job may go unheard of, or without coming forward, before it counts as
  /// stuck.
  public Duration tooLong() {
    return tooLong;
  }
}
