package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.queue.Job.Claim;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The jobs a worker holds at this moment. Threads wait here for a free place or for all to be
/// done.
final class RunningJobs {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Claim, Attempt> attempts = new ConcurrentHashMap<>();

  /// Somebody waits for fewer jobs than this many; 0 if nobody waits. Waking a thread for each job
  /// that ends would cost more than a short job does.
  private int awaited;

  /// Places kept for jobs that are being claimed.
  private int reserved;

  private boolean refuses;

  Attempt add(Job job) {
    var attempt = new Attempt(job);
    attempts.put(job.claim(), attempt);
    return attempt;
  }

  void remove(Claim claim) {
    lock.lock();
    try {
      attempts.remove(claim);
      if (held() < awaited) {
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    return attempts.size();
  }

  /// Keeps places for jobs that are about to be claimed.
  ///
  /// @param all how many there are
  /// @param most how many are wanted
  /// @return how many are kept, until [#release] is called with that number; 0 if none is free
  int reserve(int all, int most) {
    lock.lock();
    try {
      int kept = refuses ? 0 : Math.clamp((long) all - held(), 0, most);
      reserved += kept;
      return kept;
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of places: by now their jobs hold them, or there were none.
  void release(int places) {
    lock.lock();
    try {
      reserved -= places;
      if (held() < awaited) {
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Keeps no more places from now on.
  void refuse() {
    lock.lock();
    try {
      refuses = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until no jobs are being claimed, or the time is over; after [#refuse], for good.
  void awaitClaimed(long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (reserved > 0 && nanos > 0) {
        awaited = Integer.MAX_VALUE;
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private int held() {
    return attempts.size() + reserved;
  }

  List<Attempt> all() {
    return List.copyOf(attempts.values());
  }

  /// Wakes whoever waits, for example because the worker is to stop.
  void signal() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  /// Whoever goes on waiting says again for how many.
  private void wake() {
    awaited = 0;
    changed.signalAll();
  }

  /// Waits until fewer than `limit` places are taken, by jobs or by those who claim, or the time is
  /// over.
  ///
  /// @return whether fewer are taken
  boolean awaitFewerThan(int limit, long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (held() >= limit && nanos > 0) {
        awaited = Math.max(awaited, limit);
        nanos = changed.awaitNanos(nanos);
      }
      return held() < limit;
    } finally {
      lock.unlock();
    }
  }

  /// One attempt as handler and heartbeat see it.
  static final class Attempt implements JobRun {
    private final Job job;
    private volatile boolean stop;
    private volatile @Nullable Progress progress;

    private Attempt(Job job) {
      this.job = job;
    }

    record Progress(double fraction, String text) {}

    @Override
    public Job job() {
      return job;
    }

    @Override
    public void progress(double fraction, String text) {
      progress = new Progress(Math.clamp(fraction, 0.0, 1.0), text);
    }

    @Override
    public boolean stopRequested() {
      return stop;
    }

    void requestStop() {
      stop = true;
    }

    /// What to store with the next heartbeat, once.
    @Nullable Progress takeProgress() {
      Progress taken = progress;
      progress = null;
      return taken;
    }
  }
}
