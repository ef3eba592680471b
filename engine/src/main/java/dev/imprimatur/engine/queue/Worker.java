package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.JobOutcome;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the queue: any process can embed one, and any number may run. It claims no more jobs than
/// it has places free, so that none waits claimed; says it lives over a connection of its own; and
/// looks for stale jobs and undelivered events.
///
/// Threads are never interrupted (H2 closes its file when one is): a stop is a flag and a signal.
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final long GATHER_MILLIS = 3;
  private static final long QUIET_MILLIS = 20;

  /// Jobs at a time from which on one claim after the other does not keep up with short ones.
  private static final int MANY = 256;

  private final UnitOfWork database;
  private final UnitOfWork heartbeatDatabase;
  private final WorkerOptions options;
  private final Collection<String> kinds;
  private final WakeUps wakeUps;
  private final IntSupplier events;
  private final int claimers;
  private final StaleJobs stale;
  private final JobRunner runner;
  private final Completer completer;
  private final Metrics metrics;
  private final FaultPoints faults;
  private final RunningJobs running = new RunningJobs();
  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch stopSignal = new CountDownLatch(1);
  private final CountDownLatch claimsEnded;
  private final CountDownLatch drained;
  private volatile boolean abandoned;

  /// There is more than one claim took: the other claiming thread is to help.
  private final Semaphore more = new Semaphore(0);

  private final List<Thread> threads = new ArrayList<>();

  /// What a worker stands on.
  ///
  /// @param database transactions of automation
  /// @param events hands on what is due to the consumers of events, and says how many that were
  /// @param metrics told of every attempt
  /// @param heartbeatDatabase the same over a connection that long work cannot use up
  /// @param completionsPerCommit how many completed jobs may share a commit; at least 1
  public record Parts(
      UnitOfWork database,
      UnitOfWork heartbeatDatabase,
      JobKinds kinds,
      RetryPolicy retries,
      WakeUps wakeUps,
      IntSupplier events,
      Metrics metrics,
      int completionsPerCommit,
      FaultPoints faults) {}

  public Worker(Parts parts, WorkerOptions options) {
    this.database = parts.database();
    this.heartbeatDatabase = parts.heartbeatDatabase();
    this.options = options;
    this.kinds = options.kinds().isEmpty() ? parts.kinds().names() : options.kinds();
    this.wakeUps = parts.wakeUps();
    // A limit is easier kept by one.
    this.claimers = options.concurrency() < MANY || options.maxJobs() > 0 ? 1 : 2;
    this.claimsEnded = new CountDownLatch(claimers);
    this.drained = new CountDownLatch(claimers);
    this.events = parts.events();
    this.metrics = parts.metrics();
    this.faults = parts.faults();
    this.stale = new StaleJobs(parts.database(), parts.kinds(), parts.faults());
    this.completer =
        new Completer(
            parts.database(), parts.completionsPerCommit(), options.concurrency(), parts.faults());
    this.runner =
        new JobRunner(parts.database(), parts.kinds(), parts.retries(), completer, parts.faults());
  }

  /// Starts working, on threads of its own.
  public void start() {
    LOG.info(
        "worker {} starts: {} at a time, kinds {}",
        options.workerId(),
        options.concurrency(),
        kinds);
    thread("claims", () -> claimLoop(this::awaitRing));
    if (claimers > 1) {
      // Both at once would look for the one job that somebody rang for.
      thread("more-claims", () -> claimLoop(rings -> awaitMore()));
    }
    for (int lane = 1; lane <= completer.lanes(); lane++) {
      thread("completions-" + lane, completer);
    }
    thread("heartbeats", () -> every(options.heartbeatInterval(), this::heartbeat));
    if (!options.staleCheckInterval().isZero()) {
      thread("stale-jobs", () -> every(options.staleCheckInterval(), this::releaseStale));
    }
    thread("outbox", this::outboxLoop);
  }

  /// How many jobs it has taken so far.
  public long taken() {
    return taken.get();
  }

  /// Waits until it has done as many jobs as it was told to, or was stopped.
  public void awaitEnd() throws InterruptedException {
    drained.await();
  }

  /// Asks it to stop, without waiting.
  public void requestStop() {
    stopSignal.countDown();
    wakeUps.ring();
    more.release();
    running.signal();
  }

  /// Stops claiming, lets running jobs finish within the grace time, and hands the rest back.
  @Override
  public void close() {
    requestStop();
    boolean interrupted = false;
    try {
      // What was being claimed when the stop came is among the running jobs before they are looked
      // at.
      claimsEnded.await(30, TimeUnit.SECONDS);
      if (!running.awaitFewerThan(1, options.grace().toMillis())) {
        handBack();
      }
      completer.close();
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    LOG.info("worker {} has stopped after {} jobs", options.workerId(), taken.get());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void handBack() {
    List<RunningJobs.Attempt> late = running.all();
    // First the jobs, then their threads: one that stops by itself in between finds its claim gone.
    late.forEach(attempt -> runner.handBack(attempt.job()));
    abandoned = true;
    late.forEach(RunningJobs.Attempt::requestStop);
    running.signal();
    LOG.info("worker {} handed {} unfinished jobs back", options.workerId(), late.size());
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
    wakeUps.await(rings, Math.min(QUIET_MILLIS, options.pollInterval().toMillis()));
    if (wakeUps.count() == rings && !stopping()) {
      wakeUps.await(rings, untilNextLook());
    }
  }

  private void awaitMore() throws InterruptedException {
    more.tryAcquire(options.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
    more.drainPermits();
  }

  private void claimLoop(Pause pause) {
    var claimer = new Claimer(database, options, kinds, wakeUps);
    try {
      while (!stopping() && !reachedLimit()) {
        long seen = wakeUps.count();
        if (!running.awaitFewerThan(options.concurrency(), options.pollInterval().toMillis())) {
          continue;
        }
        gatherPlaces();
        int places = stopping() ? 0 : running.reserve(options.concurrency(), share());
        if (places == 0) {
          continue;
        }
        int claimed = claimSome(claimer, places);
        if (claimed == places && more.availablePermits() == 0) {
          more.release();
        }
        if (claimed == 0 || claimer.tookAll()) {
          pause.await(seen);
        }
      }
      while (!running.awaitFewerThan(1, 1000) && !stopping()) {
        // Jobs taken before the limit was reached are finished first.
      }
    } catch (InterruptedException e) {
      LOG.warn("the claiming thread was interrupted; worker {} stops", options.workerId());
    } finally {
      claimsEnded.countDown();
      drained.countDown();
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
    return options.concurrency() / claimers;
  }

  private boolean reachedLimit() {
    return options.maxJobs() > 0 && taken.get() >= options.maxJobs();
  }

  private int claimSome(Claimer claimer, int places) throws InterruptedException {
    List<Job> claimed;
    List<RunningJobs.Attempt> attempts;
    try {
      claimed = claimer.claim(places(places));
      attempts = claimed.stream().map(running::add).toList();
    } catch (RuntimeException e) {
      LOG.error("no jobs could be claimed: {}", e.getMessage());
      stopSignal.await(1, TimeUnit.SECONDS);
      return 0;
    } finally {
      running.release(places);
    }
    if (!claimed.isEmpty()) {
      faults.reach(FaultPoint.JOB_CLAIMED);
    }
    long now = System.nanoTime();
    for (RunningJobs.Attempt attempt : attempts) {
      taken.incrementAndGet();
      Thread.ofVirtual().name("job-" + attempt.job().key().id()).start(() -> runOne(attempt, now));
    }
    return claimed.size();
  }

  private int places(int free) {
    return options.maxJobs() == 0 ? free : (int) Math.min(free, options.maxJobs() - taken.get());
  }

  private void runOne(RunningJobs.Attempt attempt, long claimed) {
    Job job = attempt.job();
    try (JobLog log = JobLog.about(job, options.workerId())) {
      long start = System.nanoTime();
      JobOutcome outcome;
      try {
        outcome = runner.run(attempt);
      } finally {
        running.remove(job.claim());
      }
      // After the job has let go of its place: the next need not wait for its figures.
      metrics.jobRan(
          job.kind(),
          outcome,
          waited(job),
          Duration.ofNanos(start - claimed),
          Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static Duration waited(Job job) {
    Instant started = job.startedAt();
    return started == null || started.isBefore(job.runAt())
        ? Duration.ZERO
        : Duration.between(job.runAt(), started);
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

  private void heartbeat() {
    List<RunningJobs.Attempt> held = running.all();
    if (held.isEmpty()) {
      return;
    }
    List<Claim> claims = held.stream().map(a -> a.job().claim()).toList();
    // Taken before the transaction, which may run twice.
    Map<Claim, RunningJobs.Attempt.Progress> news = new HashMap<>();
    for (RunningJobs.Attempt attempt : held) {
      var progress = attempt.takeProgress();
      if (progress != null) {
        news.put(attempt.job().claim(), progress);
      }
    }
    Map<Claim, Boolean> inForce =
        heartbeatDatabase.inTransaction(tx -> {
          Map<Claim, Boolean> confirmed = tx.jobs().heartbeat(options.workerId(), claims);
          news.forEach(
              (claim, progress) -> tx.jobs().progress(claim, progress.fraction(), progress.text()));
          return confirmed;
        });
    for (RunningJobs.Attempt attempt : held) {
      if (inForce.getOrDefault(attempt.job().claim(), Boolean.TRUE)) {
        attempt.requestStop();
      }
    }
  }

  private void releaseStale() {
    StaleJobs.Result freed = stale.release(options.staleAfter());
    metrics.staleReleased(freed.released(), freed.failed());
  }

  private void outboxLoop() {
    try {
      while (!stopping()) {
        long seen = wakeUps.countForEvents();
        int delivered;
        try {
          delivered = events.getAsInt();
        } catch (RuntimeException e) {
          LOG.error("events could not be handed on: {}", e.getMessage());
          delivered = 0;
        }
        if (delivered == 0) {
          wakeUps.awaitForEvents(seen, options.pollInterval().toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the outbox thread was interrupted");
    }
  }

  private void every(Duration interval, Runnable action) {
    try {
      while (!stopSignal.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt(action);
      }
      while (!abandoned && !running.awaitFewerThan(1, Math.min(1000, interval.toMillis()))) {
        // Until the last job is done or handed back, its heartbeat goes on.
        if (!abandoned) {
          attempt(action);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("thread {} was interrupted", Thread.currentThread().getName());
    }
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("{}: {}", Thread.currentThread().getName(), e.getMessage());
    }
  }

  private boolean stopping() {
    return stopSignal.getCount() == 0;
  }

  private void thread(String name, Runnable body) {
    Thread thread = Thread.ofPlatform().name("worker-" + name).daemon(true).start(body);
    threads.add(thread);
  }
}
