package dev.imprimatur.engine.sweep;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.SweepStore;
import dev.imprimatur.engine.store.SweepStore.Book;
import dev.imprimatur.engine.store.Ticks;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes ticks: records that one begins, sweeps outside any transaction, records what came of it.
///
/// What may go wrong between any two lines:
///
/// - two processes take one tick: its primary key, and the lock on the sweep's book, let one begin.
/// - a death after the tick began: it stands open until its owner is presumed dead; the next tick,
///   due at once, ends it as failed. Its work was safe to repeat.
/// - an owner that was presumed dead comes back: before it began, its tick is older than the latest
///   and is refused; in the middle, its work goes on beside that of the next tick, which every
///   sweep allows; at its end, the row has ended and nothing is changed.
/// - the end can't be recorded: as after a death.
/// - a sweep throws: its tick ends with the error, and the next is planned as ever.
/// - a sweep hangs: after the time limit its tick ends with an error. Its thread is left alone
///   (never interrupt a thread inside H2); while it hangs, later ticks of it fail at once in this
///   process. Each sweep has a place of its own, so no other waits for it.
final class SweepRunner implements Ticks {
  private static final Logger LOG = LoggerFactory.getLogger(SweepRunner.class);
  private static final int LONGEST_ERROR = 4000;
  private static final String LOST =
      "its worker was not heard of before the end: it has died, or was stopped";

  private final UnitOfWork database;
  private final Map<String, Sweep> sweeps = new LinkedHashMap<>();
  private final String worker;
  private final Duration timeout;
  private final Duration grace;
  private final FaultPoints faults;
  private final Map<String, Thread> under = new ConcurrentHashMap<>();
  private volatile boolean stopping;
  private volatile long stopDeadline;

  SweepRunner(
      UnitOfWork database,
      List<Sweep> sweeps,
      String worker,
      Duration timeout,
      Duration grace,
      FaultPoints faults) {
    this.database = database;
    sweeps.forEach(sweep -> this.sweeps.put(sweep.name(), sweep));
    this.worker = worker;
    this.timeout = timeout;
    this.grace = grace;
    this.faults = faults;
  }

  void register() {
    database.run(tx -> sweeps.values().forEach(s -> tx.sweeps().register(s.name(), s.interval())));
  }

  /// Asks what is under way to end within the grace time.
  void requestStop() {
    if (!stopping) {
      stopDeadline = System.nanoTime() + grace.toNanos();
      stopping = true;
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(sweeps.keySet());
  }

  @Override
  public boolean replan(InstantSource clock) {
    // The clock may be the database's, and is asked outside of transactions.
    Instant now = clock.instant();
    return database.inTransaction(tx -> tx.sweeps().replan(now)) > 0;
  }

  /// How a tick begins.
  ///
  /// @param due when the next is due, if this one is not to be swept
  private record Begun(boolean sweep, @Nullable Instant due) {}

  @Override
  public Optional<Instant> take(String name, Instant tick, InstantSource clock) {
    Sweep sweep = sweeps.get(name);
    if (sweep == null) {
      throw new IllegalArgumentException("there is no sweep " + name + " here");
    }
    Instant before = clock.instant();
    Begun begun = database.inTransaction(tx -> begin(tx, name, tick, before));
    if (!begun.sweep()) {
      return Optional.ofNullable(begun.due());
    }
    faults.reach(FaultPoint.SWEEP_TICKED);
    Outcome outcome = sweep(sweep);
    faults.reach(FaultPoint.SWEEP_SWEPT);
    Instant now = clock.instant();
    return database.inTransaction(tx -> {
      SweepStore store = tx.sweeps();
      Book book = store.lockBook(name);
      if (!store.end(name, tick, outcome.findings(), outcome.error())) {
        LOG.warn("sweep {} of {} was presumed dead; its end changes nothing", name, tick);
        return Optional.<Instant>empty();
      }
      faults.reach(FaultPoint.SWEEP_BEFORE_COMMIT);
      store.planned(name, book.interval());
      boolean again = store.requested(name) || outcome.handedBack();
      return Optional.of(again ? after(tick, now) : next(tick, book.interval(), now));
    });
  }

  private Begun begin(Transaction tx, String name, Instant tick, Instant now) {
    SweepStore store = tx.sweeps();
    Book book = store.lockBook(name);
    Instant last = book.lastTick();
    if (last != null && !tick.isAfter(last)) {
      // Somebody has gone on without us; or the database's clock has been set back.
      return new Begun(false, now.isAfter(last) ? now : last.plus(book.interval()));
    }
    boolean requested = store.answer(name, tick);
    if (book.paused() && !requested) {
      return new Begun(false, next(tick, book.interval(), now));
    }
    if (store.abandon(name, LOST)) {
      LOG.warn("the tick of sweep {} before {} never ended", name, tick);
    }
    store.begin(name, tick, worker, requested, book.interval());
    return new Begun(true, null);
  }

  /// The first time on the grid of the interval that is yet to come: what was missed is not made up
  /// for tick by tick.
  static Instant next(Instant tick, Duration interval, Instant now) {
    long missed = Math.max(0, Duration.between(tick, now).dividedBy(interval));
    return tick.plus(interval.multipliedBy(missed + 1));
  }

  private static Instant after(Instant tick, Instant now) {
    return now.isAfter(tick) ? now : tick.plusMillis(1);
  }

  /// What a sweep came to: findings or an error.
  ///
  /// @param handedBack whether it was cut short because the process ends
  private record Outcome(@Nullable Findings findings, @Nullable String error, boolean handedBack) {
    static Outcome failed(String error) {
      return new Outcome(
          null, error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR), false);
    }
  }

  private Outcome sweep(Sweep sweep) {
    Thread before = under.get(sweep.name());
    if (before != null) {
      return Outcome.failed(
          "an earlier pass of it still hangs in " + worker + "; restart that process");
    }
    var result = new AtomicReference<Outcome>();
    var ended = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .name("sweep-" + sweep.name())
            .daemon(true)
            .unstarted(() -> {
              try {
                result.set(new Outcome(sweep.work().sweep(() -> stopping), null, false));
              } catch (Throwable e) {
                LOG.warn("sweep {} failed", sweep.name(), e);
                result.set(Outcome.failed(words(e)));
              } finally {
                under.remove(sweep.name());
                ended.countDown();
              }
            });
    under.put(sweep.name(), thread);
    thread.start();
    await(ended);
    Outcome outcome = result.get();
    if (outcome != null) {
      return outcome;
    }
    return stopping
        ? new Outcome(null, "its process was stopped in the middle of it", true)
        : Outcome.failed("it has not ended within " + timeout.toSeconds() + " s");
  }

  private void await(CountDownLatch ended) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (ended.getCount() > 0 && System.nanoTime() < deadline) {
      if (stopping && System.nanoTime() >= stopDeadline) {
        break;
      }
      try {
        if (ended.await(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
