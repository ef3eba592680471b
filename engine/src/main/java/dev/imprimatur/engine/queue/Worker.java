package dev.imprimatur.engine.queue;

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
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the queue: any process can embed one, and any number may run. It claims jobs ([Claims])
/// and runs them; says it lives over a connection of its own; and looks for stale jobs and
/// undelivered events.
///
/// Threads are never interrupted (H2 closes its file when one is): a stop is a flag and a signal.
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final UnitOfWork heartbeatDatabase;
  private final WorkerOptions options;
  private final Collection<String> kinds;
  private final WakeUps wakeUps;
  private final IntSupplier events;
  private final StaleJobs stale;
  private final JobRunner runner;
  private final Completer completer;
  private final Metrics metrics;
  private final RunningJobs running = new RunningJobs();
  private final Claims claims;
  private final CountDownLatch stopSignal = new CountDownLatch(1);
  private volatile boolean abandoned;

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
    this.heartbeatDatabase = parts.heartbeatDatabase();
    this.options = options;
    this.kinds = options.kinds().isEmpty() ? parts.kinds().names() : options.kinds();
    this.wakeUps = parts.wakeUps();
    this.events = parts.events();
    this.metrics = parts.metrics();
    this.stale = new StaleJobs(parts.database(), parts.kinds(), parts.faults());
    this.completer =
        new Completer(
            parts.database(), parts.completionsPerCommit(), options.concurrency(), parts.faults());
    this.runner =
        new JobRunner(parts.database(), parts.kinds(), parts.retries(), completer, parts.faults());
    this.claims = new Claims(parts, options, kinds, running, this::runOne);
  }

  /// Starts working, on threads of its own.
  public void start() {
    LOG.info(
        "worker {} starts: {} at a time, kinds {}",
        options.workerId(),
        options.concurrency(),
        kinds);
    threads.addAll(claims.start());
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
    return claims.taken();
  }

  /// Waits until it has done as many jobs as it was told to, or was stopped.
  public void awaitEnd() throws InterruptedException {
    claims.awaitEnd();
  }

  /// Asks it to stop, without waiting.
  public void requestStop() {
    stopSignal.countDown();
    claims.stop();
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
      running.awaitClaimed(30_000);
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
    LOG.info("worker {} has stopped after {} jobs", options.workerId(), claims.taken());
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
