package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a [Worker] does, without its threads: the same runner, completer, ends and stale check,
/// each step taken when somebody else says so.
public final class SteppedWorker {
  private final String id;
  private final UnitOfWork database;
  private final JobKinds kinds;
  private final FaultPoints faults;
  private final RunningJobs running = new RunningJobs();
  private final Stepped completer;
  private final JobRunner runner;
  private final StaleJobs stale;

  /// @param together completions in one commit, at most
  /// @param waiting waits for somebody else's step
  public SteppedWorker(
      String id,
      UnitOfWork database,
      JobKinds kinds,
      RetryPolicy retries,
      FaultPoints faults,
      int together,
      Consumer<BooleanSupplier> waiting) {
    this.id = id;
    this.database = database;
    this.kinds = kinds;
    this.faults = faults;
    this.completer = new Stepped(database, together, faults, waiting);
    this.runner = new JobRunner(database, kinds, retries, completer, faults);
    this.stale = new StaleJobs(database, kinds, faults);
  }

  /// Waits as it is told to, not for a thread of its own.
  private static final class Stepped extends Completer {
    private final Consumer<BooleanSupplier> waiting;

    private Stepped(
        UnitOfWork database, int together, FaultPoints faults, Consumer<BooleanSupplier> waiting) {
      super(database, together, 1, faults);
      this.waiting = waiting;
    }

    @Override
    boolean complete(Claim claim, @Nullable JsonNode result) {
      CompletableFuture<Boolean> done = submit(claim, result);
      waiting.accept(done::isDone);
      return done.join();
    }
  }

  /// Claims up to so many jobs.
  ///
  /// @return what carries each of them to its end
  public List<Runnable> claim(int limit) {
    List<Job> claimed =
        database.inTransaction(tx -> tx.jobs().claim(id, kinds.names(), List.of(), limit));
    if (!claimed.isEmpty()) {
      faults.reach(FaultPoint.JOB_CLAIMED);
    }
    return claimed.stream().map(this::carry).toList();
  }

  private Runnable carry(Job job) {
    RunningJobs.Attempt attempt = running.add(job);
    return () -> {
      try {
        runner.run(attempt);
      } finally {
        running.remove(job.claim());
      }
    };
  }

  /// How many jobs it holds.
  public int holds() {
    return running.size();
  }

  /// Whether there are completions to commit.
  public boolean completes() {
    return completer.waits();
  }

  /// Commits the completions that wait.
  public void complete() {
    completer.commitWaiting();
  }

  /// Says that it lives, and hears what is to stop.
  public void heartbeat() {
    List<RunningJobs.Attempt> held = running.all();
    List<Claim> claims = held.stream().map(a -> a.job().claim()).toList();
    Map<Claim, Boolean> inForce = database.inTransaction(tx -> tx.jobs().heartbeat(id, claims));
    for (RunningJobs.Attempt attempt : held) {
      if (inForce.getOrDefault(attempt.job().claim(), Boolean.TRUE)) {
        attempt.requestStop();
      }
    }
  }

  /// Frees what is stale.
  public void releaseStale(Duration threshold) {
    stale.release(threshold);
  }

  /// Hands everything back, as a worker that stops does with what does not end in time.
  public void handBack() {
    for (RunningJobs.Attempt attempt : running.all()) {
      runner.handBack(attempt.job());
      attempt.requestStop();
    }
  }
}
