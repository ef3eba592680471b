package dev.imprimatur.engine.sweep;

import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/// Deletes what has been kept long enough: jobs that have ended, events that nobody waits for,
/// ticks of sweeps. Batch by batch, each in a transaction of its own, so that nobody waits long for
/// it; what is left over is for the next tick. The audit is never touched.
public final class Retention {
  private static final int BATCH = 500;
  private static final int BATCHES = 100;

  private final UnitOfWork database;
  private final Duration jobs;
  private final Duration events;
  private final Duration ticks;

  /// How long each is kept.
  public Retention(UnitOfWork database, Duration jobs, Duration events, Duration ticks) {
    this.database = database;
    this.jobs = jobs;
    this.events = events;
    this.ticks = ticks;
  }

  /// Deletes at most 50,000 of each.
  public Findings sweep(BooleanSupplier stopping) {
    long ended = prune(stopping, tx -> tx.jobs().prune(tx.now().minus(jobs), BATCH));
    long told = prune(stopping, tx -> tx.outbox().prune(tx.now().minus(events), BATCH));
    long ticked = prune(stopping, tx -> tx.sweeps().prune(tx.now().minus(ticks), BATCH));
    List<String> parts = new ArrayList<>();
    add(parts, ended, "jobs");
    add(parts, told, "events");
    add(parts, ticked, "ticks");
    long all = ended + told + ticked;
    return new Findings(all, all, parts.isEmpty() ? "" : "deleted " + String.join(", ", parts));
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private long prune(BooleanSupplier stopping, ToIntFunction<Transaction> batch) {
    long all = 0;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      int some = database.inTransaction(batch::applyAsInt);
      all += some;
      if (some < BATCH) {
        break;
      }
    }
    return all;
  }
}
