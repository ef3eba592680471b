package dev.imprimatur.engine.lock;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Gates.Ticket;
import dev.imprimatur.engine.lock.WaitCount.Outcome;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.Leases.Hold;
import dev.imprimatur.engine.store.Leases.Taking;
import dev.imprimatur.engine.store.Leases.Wanted;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Locks by name over all processes of a database. The order is: lock, then transaction, then row
/// locks; commit, then let the lock go.
///
/// A lock is not taken twice by one thread, and not inside a transaction: both are refused. Who
/// needs two locks takes them in ascending order of their names; who does not waits no longer than
/// the bound. A waiting thread is deaf to interrupts.
public final class Locks {
  /// The longest lease.
  public static final Duration LONGEST_LEASE = Duration.ofHours(1);

  /// How long a lock is remembered that nobody holds.
  private static final Duration FREE_KEPT = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(Locks.class);

  private final DatabaseAccess database;
  private final Settings settings;
  private final Metrics metrics;
  private final FaultPoints faults;
  private final boolean distributed;
  private final Gates gates = new Gates();
  private final Waits waits;
  private final String process = ProcessName.ofThis();

  /// @param settings those of locks, `locks.…`
  /// @param metrics told of every wait
  public Locks(DatabaseAccess database, Settings settings, Metrics metrics, FaultPoints faults) {
    this.database = database;
    this.settings = settings;
    this.metrics = metrics;
    this.faults = faults;
    this.distributed = settings.get(Keys.LOCKS_DISTRIBUTED);
    this.waits = new Waits(database.people());
  }

  /// What is done under a lock and in a transaction.
  @FunctionalInterface
  public interface Guarded<T extends @Nullable Object> {
    T run(Transaction tx, Held held);
  }

  /// Holds a lock for one transaction and past its commit. The transaction fails if the lock is
  /// lost meanwhile.
  ///
  /// @param name such as `tour-job:42`; see [LockName]
  /// @param lease how long the work may take before another may take the lock over; from 1 ms to 1
  ///   h
  /// @param work whose transaction
  /// @throws LockUnavailable if it is not to be had within `locks.max-wait`
  /// @throws LockLost if another took it over; nothing is changed
  public <T extends @Nullable Object> T inTransaction(
      String name, Duration lease, UnitOfWork work, Guarded<T> guarded) {
    return inTransaction(name, lease, longestWait(), work, guarded);
  }

  /// The same with a bound of its own.
  ///
  /// @param wait at most; zero to take it only if it is free
  public <T extends @Nullable Object> T inTransaction(
      String name, Duration lease, Duration wait, UnitOfWork work, Guarded<T> guarded) {
    return hold(
        name,
        lease,
        wait,
        held ->
            work.<T>inTransaction(tx -> {
              held.check(tx);
              return guarded.run(tx, held);
            }));
  }

  /// Holds a lock for as long as the body runs. Every transaction within is to begin with
  /// [Held#check].
  ///
  /// @param name such as `tour-job:42`; see [LockName]
  /// @param lease how long the body may take before another may take the lock over; from 1 ms to 1
  ///   h
  /// @throws LockUnavailable if it is not to be had within `locks.max-wait`
  public <T extends @Nullable Object> T hold(String name, Duration lease, Function<Held, T> body) {
    return hold(name, lease, longestWait(), body);
  }

  /// How long is waited where nothing else is said, `locks.max-wait`.
  public Duration longestWait() {
    return settings.get(Keys.LOCKS_MAX_WAIT);
  }

  /// The same with a bound of its own.
  ///
  /// @param wait at most; zero to take it only if it is free
  public <T extends @Nullable Object> T hold(
      String name, Duration lease, Duration wait, Function<Held, T> body) {
    LockName lock = LockName.of(name);
    requireLease(lease);
    if (database.inTransaction()) {
      throw new IllegalStateException(
          "lock "
              + name
              + " is asked for inside a transaction; take the lock first, then begin the"
              + " transaction, or it is let go before the commit");
    }
    long start = System.nanoTime();
    long deadline = start + wait.toNanos();
    Ticket ticket = gates.enter(name, deadline).orElseThrow(() -> timedOut(lock, start));
    try (Hold hold = take(lock, lease, ticket, start, deadline)) {
      return run(lock, hold.token(), lease, ticket, start, body);
    } finally {
      ticket.leave();
    }
  }

  private <T extends @Nullable Object> T run(
      LockName lock,
      long token,
      Duration lease,
      Ticket ticket,
      long start,
      Function<Held, T> body) {
    ticket.holding(lease.toNanos());
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    faults.reach(FaultPoint.LOCK_ACQUIRED);
    var held =
        new Held(
            lock.text(),
            token,
            waited,
            tx ->
                distributed
                    ? tx.locks().guard(lock.text(), token, waited, lease)
                    : stillInside(tx, ticket, waited));
    try {
      return body.apply(held);
    } finally {
      held.end();
      faults.reach(FaultPoint.LOCK_BEFORE_RELEASE);
    }
  }

  private static boolean stillInside(Transaction tx, Ticket ticket, Duration waited) {
    // Whoever reads the audit asks how long was waited, not for what kind of lock.
    tx.locks().waited(waited);
    return ticket.last();
  }

  private Hold take(LockName lock, Duration lease, Ticket ticket, long start, long deadline) {
    if (!distributed) {
      measure(lock, Outcome.ACQUIRED, ticket.waited(), start);
      return new LocalHold(ticket.number());
    }
    var wanted = new Wanted(lock, process, lease);
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    return switch (database.leases().take(wanted, left)) {
      case Taking.Taken taken -> {
        measure(lock, Outcome.ACQUIRED, ticket.waited() || taken.contended(), start);
        yield taken.hold();
      }
      case Taking.Busy busy -> {
        measure(lock, Outcome.TIMED_OUT, true, start);
        throw unavailable(lock, start);
      }
      case Taking.Full full -> {
        measure(lock, Outcome.TIMED_OUT, true, start);
        throw LockUnavailable.because(
            lock.text(),
            since(start),
            "this process holds or waits for "
                + full.most()
                + " locks already, and has no connection for one more");
      }
    };
  }

  private record LocalHold(long token) implements Hold {
    @Override
    public void close() {
      // The gate is all there is.
    }
  }

  private LockUnavailable timedOut(LockName lock, long start) {
    measure(lock, Outcome.TIMED_OUT, true, start);
    return unavailable(lock, start);
  }

  private LockUnavailable unavailable(LockName lock, long start) {
    Optional<LockLease> holder =
        distributed
            ? database.people().inTransaction(tx -> tx.locks().find(lock.text()))
            : Optional.empty();
    return holder
        .map(by -> LockUnavailable.heldBy(lock.text(), since(start), by))
        .orElseGet(() ->
            LockUnavailable.because(
                lock.text(),
                since(start),
                distributed
                    ? "others were before us, and it has just been let go"
                    : "another thread of this process (" + process + ") holds it"));
  }

  private void measure(LockName lock, Outcome outcome, boolean contended, long start) {
    Duration waited = since(start);
    waits.add(lock.type(), outcome, contended, waited.toNanos() / 1000);
    metrics.lockWaited(lock.type(), outcome == Outcome.ACQUIRED, waited);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void requireLease(Duration lease) {
    if (lease.compareTo(Duration.ofMillis(1)) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a lease is from 1 ms to 1 h, not " + lease);
    }
  }

  /// Every lock that is held, longest held first.
  public List<LockLease> held() {
    Map<String, Integer> here = gates.waiting();
    return database.people().inTransaction(tx -> tx.locks().held()).stream()
        // One of this process's threads may wait at the database as well; it counts once.
        .map(l -> l.withWaiting(Math.max(l.waiting(), here.getOrDefault(l.name(), 0))))
        .toList();
  }

  /// How locks were waited for.
  ///
  /// @param hours from 1 to 168, counting the one that has begun
  public LockStatistics statistics(int hours) {
    if (hours < 1 || hours > 168) {
      throw new IllegalArgumentException("hours are from 1 to 168, not " + hours);
    }
    waits.flush();
    return database
        .people()
        .inTransaction(tx -> {
          Instant now = tx.now();
          // Alerts look at the hour before as well.
          Instant since =
              now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(Math.max(1, hours - 1)));
          return LockStatistics.of(
              hours,
              now,
              tx.locks().waits(since),
              settings.get(Keys.LOCKS_ALERT_RATE).doubleValue(),
              settings.get(Keys.LOCKS_ALERT_TRIES));
        });
  }

  /// Forgets what was measured longer ago than `locks.keep-measurements`, and locks that nobody has
  /// held for a day. For the sweep that keeps house.
  ///
  /// @return how many rows went
  public int prune() {
    Duration keep = settings.get(Keys.LOCKS_KEEP);
    return database
        .automation()
        .inTransaction(tx ->
            tx.locks().pruneWaits(tx.now().minus(keep))
                + tx.locks().pruneFree(tx.now().minus(FREE_KEPT)));
  }

  /// Frees what a dead process left, where no other process can have the database open.
  public void freeLeftovers() {
    int freed = database.people().inTransaction(tx -> tx.locks().freeAll());
    if (freed > 0) {
      LOG.info("{} locks of a process that is gone were freed", freed);
    }
  }

  /// Writes down what was measured since. To be called before the database is closed.
  public void flush() {
    waits.flush();
  }
}
