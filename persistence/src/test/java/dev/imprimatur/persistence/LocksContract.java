package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Held;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Locks of an engine, and somebody who holds one.
abstract class LocksContract extends BenchContract {
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration LONG = Duration.ofSeconds(30);
  static final String NAME = "tour-job:42";

  @Override
  Bench bench(Database open) {
    return Bench.on(open);
  }

  Locks locks() {
    return bench.engine().locks();
  }

  /// Holds a lock on a thread of its own until it is told to let go.
  final class Holder implements AutoCloseable {
    final CompletableFuture<Held> got = new CompletableFuture<>();
    final CountDownLatch leave = new CountDownLatch(1);
    final Thread thread;

    Holder(Locks locks, String name, Duration lease) {
      thread =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  locks.hold(
                      name,
                      lease,
                      LONG,
                      held -> {
                        got.complete(held);
                        return awaits(leave);
                      });
                } catch (RuntimeException e) {
                  got.completeExceptionally(e);
                }
              });
    }

    Held held() {
      return got.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws InterruptedException {
      leave.countDown();
      thread.join(60_000);
    }
  }

  static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  LockLease.State state() {
    return locks().held().getFirst().state();
  }

  Bench distributed(String distributed) {
    return Bench.on(
        database.open(),
        Scripted.providers(),
        Engine.Extensions.NONE,
        FaultPoints.NONE,
        Map.of("locks.distributed", distributed, "locks.max-wait", "5m"));
  }

  Article article() {
    return bench
        .engine()
        .review()
        .articles()
        .find(bench.store("a", "Text.").articleId())
        .orElseThrow();
  }

  UnitOfWork database() {
    return bench.database().people();
  }
}
