package dev.imprimatur.engine.lock;

import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts waits in memory and writes them down now and then, on a thread of its own: a holder is
/// never kept waiting for it. A process that dies loses the last seconds' measurements.
final class Waits {
  private static final Logger LOG = LoggerFactory.getLogger(Waits.class);
  private static final long EVERY_SECONDS = 5;

  private record Key(String type, WaitCount.Outcome outcome, int bucket) {}

  private final UnitOfWork work;
  private final Executor later =
      CompletableFuture.delayedExecutor(
          EVERY_SECONDS,
          TimeUnit.SECONDS,
          task -> Thread.ofVirtual().name("lock-waits").start(task));
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Key, WaitCount> counts = new HashMap<>();
  private boolean planned;

  Waits(UnitOfWork work) {
    this.work = work;
  }

  void add(String type, WaitCount.Outcome outcome, boolean contended, long micros) {
    int bucket = WaitBuckets.of(micros);
    boolean plan;
    lock.lock();
    try {
      add(new WaitCount(type, null, outcome, bucket, 1, contended ? 1 : 0, micros));
      plan = !planned;
      planned = true;
    } finally {
      lock.unlock();
    }
    if (plan) {
      later.execute(this::flush);
    }
  }

  /// Writes down what was counted since. Never throws: what can't be written is kept for the next
  /// time.
  void flush() {
    List<WaitCount> taken;
    lock.lock();
    try {
      planned = false;
      taken = new ArrayList<>(counts.values());
      counts = new HashMap<>();
    } finally {
      lock.unlock();
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      work.run(tx -> tx.locks().measured(taken));
    } catch (RuntimeException e) {
      LOG.debug("waits for locks are not written down for now: {}", e.getMessage());
      lock.lock();
      try {
        taken.forEach(this::add);
      } finally {
        lock.unlock();
      }
    }
  }

  private void add(WaitCount one) {
    counts.merge(
        new Key(one.type(), one.outcome(), one.bucket()),
        one,
        (a, b) ->
            new WaitCount(
                a.type(),
                null,
                a.outcome(),
                a.bucket(),
                a.tries() + b.tries(),
                a.contended() + b.contended(),
                a.waitedMicros() + b.waitedMicros()));
  }
}
