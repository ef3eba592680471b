package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Job.Claim;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Ends jobs that have no effect beyond themselves, as many in one transaction as are waiting: what
/// comes in while one commit is on its way goes into the next. Each is acknowledged only after its
/// commit. With one job per commit, each is ended by the thread that ran it.
final class Completer implements Runnable, AutoCloseable {
  private static final Item END =
      new Item(new Claim(new JobKey("", new java.util.UUID(0, 0)), 0), null);

  private static final String STOPPED = "the worker has stopped";

  private volatile boolean closed;
  private final UnitOfWork database;
  private final int most;
  private final FaultPoints faults;
  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();

  private record Item(Claim claim, @Nullable JsonNode result, CompletableFuture<Boolean> done) {
    Item(Claim claim, @Nullable JsonNode result) {
      this(claim, result, new CompletableFuture<>());
    }
  }

  /// @param most jobs in one commit; at least 1
  Completer(UnitOfWork database, int most, FaultPoints faults) {
    this.database = database;
    this.most = most;
    this.faults = faults;
  }

  /// Ends one job and waits for the commit.
  ///
  /// @return whether the claim was in force
  boolean complete(Claim claim, @Nullable JsonNode result) {
    var item = new Item(claim, result);
    if (most == 1 && !closed) {
      commit(List.of(item));
      return item.done().join();
    }
    waiting.add(item);
    if (closed) {
      item.done().completeExceptionally(new IllegalStateException(STOPPED));
    }
    return item.done().join();
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
      waiting.drainTo(batch, most - batch.size());
      ended = batch.removeIf(item -> item == END);
      if (!batch.isEmpty()) {
        commit(batch);
      }
    }
    // Whoever comes later must not wait for a commit that nobody makes.
    closed = true;
    waiting.forEach(item -> item.done().completeExceptionally(new IllegalStateException(STOPPED)));
  }

  private void commit(List<Item> batch) {
    Map<Claim, Optional<JsonNode>> results = new LinkedHashMap<>();
    batch.forEach(item -> results.put(item.claim(), Optional.ofNullable(item.result())));
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
    waiting.add(END);
  }
}
