package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims jobs for a worker, no more than it has places free, so that none waits claimed, and has
/// each run on a thread of its own.
///
/// Threads that wait for the bell do that. While all of them rest, a thread that hears of jobs from
/// another process claims, and runs a single job itself: on a quiet queue a job waits for little
/// else than for threads to wake one after the other.
///
/// What may go wrong between any two lines: the process dies after a claim (it goes stale and is
/// released); the answer to a claim is lost (likewise); the stop comes while jobs are being claimed
/// (their places are kept, and the stop waits for those); jobs are enqueued between a claim that
/// found none and the wait (the bell was read before the claim).
final class Claims implements WakeUps.Attendant {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private static final long GATHER_MILLIS = 3;
  private static final long QUIET_MILLIS = 20;

  /// Jobs at a time from which on one claim after the other does not keep up with short ones.
  private static final int MANY = 256;

  private final UnitOfWork database;
  private final WorkerOptions options;
  private final Collection<String> kinds;
  private final WakeUps wakeUps;
  private final FaultPoints faults;
  private final RunningJobs running;
  private final ObjLongConsumer<RunningJobs.Attempt> run;
  private final int threads;
  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch stopSignal = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /// There is more than one claim took: the other claiming thread is to help.
  private final Semaphore more = new Semaphore(0);

  private final AtomicInteger resting = new AtomicInteger();

  /// How often a thread that heard of jobs has claimed.
  private final AtomicLong attended = new AtomicLong();

  /// A thread sleeps until what is known to come due next, or asks when that is.
  private volatile boolean restsLong;

  /// @param run does one job; given the attempt and when it was claimed, by [System#nanoTime]
  Claims(
      Worker.Parts parts,
      WorkerOptions options,
      Collection<String> kinds,
      RunningJobs running,
      ObjLongConsumer<RunningJobs.Attempt> run) {
    this.database = parts.database();
    this.options = options;
    this.kinds = kinds;
    this.wakeUps = parts.wakeUps();
    this.faults = parts.faults();
    this.running = running;
    this.run = run;
    // A limit is easier kept by one.
    this.threads = options.concurrency() < MANY || limited() ? 1 : 2;
  }

  /// Starts claiming, and says on which threads.
  List<Thread> start() {
    List<Thread> started = new ArrayList<>();
    started.add(thread("worker-claims", this::awaitRing));
    if (threads > 1) {
      // Both at once would look for the one job that somebody rang for.
      started.add(thread("worker-more-claims", rings -> awaitMore()));
    }
    wakeUps.attend(this);
    if (stopping()) {
      wakeUps.leave(this);
    }
    return started;
  }

  private Thread thread(String name, Pause pause) {
    return Thread.ofPlatform().name(name).daemon(true).start(() -> loop(pause));
  }

  /// How many jobs it has taken so far.
  long taken() {
    return taken.get();
  }

  /// Waits until all jobs up to the limit are done, or it is to stop.
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Claims no more from now on, except what is being claimed.
  void stop() {
    stopSignal.countDown();
    ended.countDown();
    wakeUps.leave(this);
    running.refuse();
    more.release();
    wakeUps.ring();
  }

  /// How a claiming thread waits that left nothing to be claimed.
  @FunctionalInterface
  private interface Pause {
    /// @param rings heard before its claim
    void await(long rings) throws InterruptedException;
  }

  /// Asks when something comes due only when it has been quiet for a moment: where jobs come one
  /// after the other, that would be a question for each.
  private void awaitRing(long rings) throws InterruptedException {
    long before;
    do {
      before = attended.get();
      wakeUps.await(rings, Math.min(QUIET_MILLIS, options.pollInterval().toMillis()));
    } while (quiet(rings) && attended.get() != before);
    if (quiet(rings)) {
      restsLong = true;
      try {
        wakeUps.await(rings, untilNextLook());
      } finally {
        restsLong = false;
      }
    }
  }

  private boolean quiet(long rings) {
    return wakeUps.count() == rings && !stopping();
  }

  private void awaitMore() throws InterruptedException {
    more.tryAcquire(options.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
    more.drainPermits();
  }

  private void loop(Pause pause) {
    var claimer = new Claimer(database, options, kinds, wakeUps);
    try {
      while (!stopping() && !reachedLimit()) {
        long seen = wakeUps.count();
        if (!running.awaitFewerThan(options.concurrency(), options.pollInterval().toMillis())) {
          continue;
        }
        gatherPlaces();
        int places = running.reserve(options.concurrency(), share());
        if (places == 0) {
          continue;
        }
        int claimed = claimSome(claimer, places);
        if (claimed == places && more.availablePermits() == 0) {
          more.release();
        }
        if (claimed == 0 || claimer.tookAll()) {
          rest(pause, seen);
        }
      }
      while (!running.awaitFewerThan(1, 1000) && !stopping()) {
        // Jobs taken before the limit was reached are finished first.
      }
    } catch (InterruptedException e) {
      LOG.warn("the claiming thread was interrupted; worker {} stops", options.workerId());
    } finally {
      ended.countDown();
    }
  }

  private void rest(Pause pause, long seen) throws InterruptedException {
    resting.incrementAndGet();
    try {
      pause.await(seen);
    } finally {
      resting.decrementAndGet();
    }
  }

  /// Where many jobs at a time are short ones, places come free one by one, and to claim for each
  /// would cost a round trip a job. So for a moment, too short to matter to a job that takes longer
  /// than that, the worker waits until half of the places that one claim fills are free.
  private void gatherPlaces() throws InterruptedException {
    running.awaitFewerThan(options.concurrency() - share() / 2 + 1, GATHER_MILLIS);
  }

  /// How many places one claim fills at most.
  private int share() {
    return options.concurrency() / threads;
  }

  private boolean limited() {
    return options.maxJobs() > 0;
  }

  private boolean reachedLimit() {
    return limited() && taken.get() >= options.maxJobs();
  }

  private int claimSome(Claimer claimer, int places) throws InterruptedException {
    List<RunningJobs.Attempt> claimed;
    try {
      claimed = claim(claimer, places);
    } catch (RuntimeException e) {
      LOG.error("no jobs could be claimed: {}", e.getMessage());
      stopSignal.await(1, TimeUnit.SECONDS);
      return 0;
    }
    start(claimed, false);
    return claimed.size();
  }

  /// @param places reserved for it; the attempts have them afterwards
  private List<RunningJobs.Attempt> claim(Claimer claimer, int places) {
    List<RunningJobs.Attempt> claimed;
    try {
      claimed = claimer.claim(withinLimit(places)).stream().map(running::add).toList();
    } finally {
      running.release(places);
    }
    taken.addAndGet(claimed.size());
    return claimed;
  }

  private void start(List<RunningJobs.Attempt> claimed, boolean here) {
    if (!claimed.isEmpty()) {
      faults.reach(FaultPoint.JOB_CLAIMED);
    }
    long now = System.nanoTime();
    if (here && claimed.size() == 1) {
      runHere(claimed.getFirst(), now);
    } else {
      claimed.forEach(attempt ->
          Thread.ofVirtual()
              .name("job-" + attempt.job().key().id())
              .start(() -> run.accept(attempt, now)));
    }
  }

  private void runHere(RunningJobs.Attempt attempt, long claimed) {
    try {
      run.accept(attempt, claimed);
    } catch (RuntimeException | Error e) {
      // What ends the thread of a job must not end one that has more to hear.
      LOG.error("job {}: its thread goes on", attempt.job().key(), e);
    } finally {
      // Who is interrupted hears no more.
      Thread.interrupted();
    }
  }

  private int withinLimit(int places) {
    return limited() ? (int) Math.min(places, options.maxJobs() - taken.get()) : places;
  }

  @Override
  public boolean free() {
    // A limit is counted by its one thread.
    return !limited() && resting.get() == threads && !stopping();
  }

  @Override
  public void attend() {
    int places = running.reserve(options.concurrency(), share());
    if (places == 0) {
      wakeUps.ring(WakeUps.News.JOBS);
      return;
    }
    // It begins at the beginning: what it is to find may stand anywhere.
    var claimer = new Claimer(database, options, kinds, wakeUps);
    List<RunningJobs.Attempt> claimed;
    try {
      claimed = claim(claimer, places);
    } catch (RuntimeException e) {
      // Those who wait find out in their turn, and wait a while if it is so for them.
      LOG.debug("no jobs could be claimed: {}", e.getMessage());
      wakeUps.ring(WakeUps.News.JOBS);
      return;
    }
    attended.incrementAndGet();
    // Some may have come that are due later, which whoever sleeps until the next is to hear.
    if (restsLong || !claimer.tookAll()) {
      wakeUps.ring(WakeUps.News.JOBS);
    }
    start(claimed, true);
  }

  private long untilNextLook() {
    long poll = options.pollInterval().toMillis();
    try {
      return database
          .atOnce(tx -> tx.jobs().untilNextDue(kinds, options.workspaces()))
          .map(wait -> wait.toMillis() + 1)
          // Due, and yet nothing was claimed: another holds it. Soon, but not at once.
          .map(wait -> Math.clamp(wait, Math.min(50, poll), poll))
          .orElse(poll);
    } catch (RuntimeException e) {
      return poll;
    }
  }

  private boolean stopping() {
    return stopSignal.getCount() == 0;
  }
}
