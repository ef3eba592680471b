package dev.imprimatur.engine.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bell that is rung when there may be something new: by commits of this process, and by the
/// database's notifications of commits elsewhere. A hint only: who waits for it looks for himself,
/// and looks now and then unasked.
public final class WakeUps {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long rings;

  /// Rings the bell.
  public void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often it rang so far. Read it before looking for work, so that no ring is missed between
  /// looking and waiting.
  public long count() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it has rung more often than `seen`, or the time is over.
  ///
  /// @throws InterruptedException if the waiting thread is interrupted
  public void await(long seen, long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (rings == seen && nanos > 0) {
        nanos = rung.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
