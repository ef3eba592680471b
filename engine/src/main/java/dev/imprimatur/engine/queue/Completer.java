package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Ends jobs that have no effect beyond themselves, as many in one transaction as are waiting: what
/// comes in while one commit is on its way goes into the next. Each is acknowledged only after its
/// commit. With one job per commit, those that wait are sent together, and each is committed by
/// itself.
///
/// Runs on as many threads as it has lanes.
class Completer implements Runnable, AutoCloseable {
  /// Jobs that are committed one after another for one call: they wait for the disk once, together.
  private static final int EACH = 32;

  private static final Item END =
      new Item(new Claim(new JobKey("", new java.util.UUID(0, 0)), 0), null);

  /// Jobs at a time from which on one thread does not keep up with them.
  private static final int MANY = 64;

  private static final String STOPPED = "the worker has stopped";

  private volatile boolean closed;
  private final UnitOfWork database;
  private final int most;
  private final int lanes;
  private final AtomicInteger open;
  private final FaultPoints faults;
  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();

  private record Item(Claim claim, @Nullable JsonNode result, CompletableFuture<Boolean> done) {
    Item(Claim claim, @Nullable JsonNode result) {
      this(claim, result, new CompletableFuture<>());
    }
  }

  /// @param most jobs in one commit; at least 1
  /// @param concurrency how many jobs run at a time
  Completer(UnitOfWork database, int most, int concurrency, FaultPoints faults) {
    this.database = database;
    this.most = most;
    // One fills the next commit while another is on its way; by themselves, a few more, as each
    // takes longer for the database.
    this.lanes = most > 1 ? (concurrency < MANY ? 1 : 2) : Math.clamp(concurrency / 16, 1, 4);
    this.open = new AtomicInteger(lanes);
    this.faults = faults;
  }

  /// On how many threads it is to run.
  final int lanes() {
    return lanes;
  }

  /// Ends one job and waits for the commit.
  ///
  /// @return whether the claim was in force
  boolean complete(Claim claim, @Nullable JsonNode result) {
    return submit(claim, result).join();
  }

  /// Leaves one job to be ended with the next commit.
  ///
  /// @return whether the claim was in force, once it is committed
  final CompletableFuture<Boolean> submit(Claim claim, @Nullable JsonNode result) {
    var item = new Item(claim, result);
    waiting.add(item);
    if (closed) {
      item.done().completeExceptionally(new IllegalStateException(STOPPED));
    }
    return item.done();
  }

  /// Whether anything waits for its commit to begin.
  final boolean waits() {
    return !waiting.isEmpty();
  }

  /// Commits what is waiting now, without waiting for more.
  final void commitWaiting() {
    var batch = new ArrayList<Item>();
    waiting.drainTo(batch, most);
    batch.remove(END);
    if (!batch.isEmpty()) {
      commit(batch);
    }
  }

  private int together() {
    return most == 1 ? EACH : most;
  }

  @Override
  public void run() {
    var batch = new ArrayList<Item>();
    boolean ended = false;
    while (!ended) {
      batch.clear();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        // Nobody interrupts this thread on purpose; the end comes through the queue.
        continue;
      }
      waiting.drainTo(batch, together() - batch.size());
      int before = batch.size();
      ended = batch.removeIf(item -> item == END);
      // The other lanes' are theirs.
      for (int i = batch.size() + 1; i < before; i++) {
        waiting.add(END);
      }
      if (most == 1) {
        commitEach(batch);
      } else if (!batch.isEmpty()) {
        commit(batch);
      }
    }
    if (open.decrementAndGet() > 0) {
      return;
    }
    // Whoever comes later must not wait for a commit that nobody makes.
    closed = true;
    waiting.forEach(item -> item.done().completeExceptionally(new IllegalStateException(STOPPED)));
  }

  private void commitEach(List<Item> batch) {
    if (batch.size() > 1) {
      if (!committedEach(batch)) {
        batch.forEach(this::commitAgain);
      }
    } else {
      batch.forEach(item -> commit(List.of(item)));
    }
  }

  /// For what may have been ended already, before the round trip broke off: a claim that ended its
  /// job was in force.
  private void commitAgain(Item item) {
    Claim claim = item.claim();
    try {
      item.done()
          .complete(
              !database.inOneStatement(tx -> tx.jobs().complete(results(List.of(item)))).isEmpty()
                  || database
                      .inTransaction(tx -> tx.jobs().find(claim.key()))
                      .filter(job ->
                          job.status() == JobStatus.COMPLETED && job.attempts() == claim.attempt())
                      .isPresent());
      faults.reach(FaultPoint.JOB_COMMITTED);
    } catch (RuntimeException | Error e) {
      item.done().completeExceptionally(e);
    }
  }

  /// Commits each by itself, in one round trip.
  ///
  /// @return whether the database did; what it did nevertheless is then found ended
  private boolean committedEach(List<Item> batch) {
    try {
      Optional<Set<Claim>> done =
          database.inOneStatement(tx -> tx.jobs().completeEach(results(batch)));
      if (done.isEmpty()) {
        return false;
      }
      faults.reach(FaultPoint.JOB_COMMITTED);
      batch.forEach(item -> item.done().complete(done.get().contains(item.claim())));
    } catch (StoreException.Unavailable e) {
      batch.forEach(item -> item.done().completeExceptionally(e));
    } catch (StoreException e) {
      // It may be one job's alone: the others need not have run in vain.
      return false;
    } catch (RuntimeException | Error e) {
      batch.forEach(item -> item.done().completeExceptionally(e));
    }
    return true;
  }

  private static Map<Claim, Optional<JsonNode>> results(List<Item> batch) {
    Map<Claim, Optional<JsonNode>> results = new LinkedHashMap<>();
    batch.forEach(item -> results.put(item.claim(), Optional.ofNullable(item.result())));
    return results;
  }

  private void commit(List<Item> batch) {
    Map<Claim, Optional<JsonNode>> results = results(batch);
    try {
      Set<Claim> done =
          batch.size() == 1
              ? database.inOneStatement(tx -> tx.jobs().complete(results))
              : database.inTransaction(tx -> {
                Set<Claim> marked = tx.jobs().complete(results);
                faults.reach(FaultPoint.JOB_BEFORE_COMMIT);
                return marked;
              });
      faults.reach(FaultPoint.JOB_COMMITTED);
      batch.forEach(item -> item.done().complete(done.contains(item.claim())));
    } catch (RuntimeException | Error e) {
      batch.forEach(item -> item.done().completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < lanes; i++) {
      waiting.add(END);
    }
  }
}
