package dev.imprimatur.engine.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A bell that is rung when there may be something new: by commits of this process, and by the
/// database's notifications of commits elsewhere. A hint only: who waits for it looks for himself,
/// and looks now and then unasked.
public final class WakeUps {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  // Who waits for events alone is left asleep by news of jobs: he would only stand in the way of
  // those who run to fetch them.
  private final Condition rungForEvents = lock.newCondition();
  private long rings;
  private long ringsForEvents;
  private boolean waitedFor;
  private final List<Runnable> onFirstWait = new ArrayList<>();
  private final List<Attendant> attendants = new CopyOnWriteArrayList<>();

  /// What a commit left for others to look for.
  public enum News {
    NONE,
    /// Jobs, and nothing else.
    JOBS,
    ANY
  }

  /// Rings the bell.
  public void ring() {
    ring(News.ANY);
  }

  /// Rings the bell for those whom it concerns.
  public void ring(News news) {
    if (news == News.NONE) {
      return;
    }
    lock.lock();
    try {
      rings++;
      if (news == News.ANY) {
        ringsForEvents++;
        rungForEvents.signalAll();
      }
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Sees to jobs on the thread that heard of them, which is sooner than to wake another.
  interface Attendant {
    /// Whether it may be called now.
    boolean free();

    /// Looks for jobs, rings for what it leaves to others, and may stay away as long as a job
    /// takes.
    void attend();
  }

  /// Rings the bell, unless there are jobs alone and the only one who looks for them can do it here
  /// and now.
  ///
  /// @param letGo frees this thread of whatever else it does; false if nobody else could do that
  public void ring(News news, BooleanSupplier letGo) {
    // Whoever leaves meanwhile rings.
    List<Attendant> all = List.copyOf(attendants);
    Attendant attendant = all.size() == 1 ? all.getFirst() : null;
    // What is not about jobs alone concerns those who look on, too.
    if (news != News.JOBS || attendant == null || !attendant.free() || !letGo.getAsBoolean()) {
      ring(news);
      return;
    }
    try {
      attendant.attend();
    } catch (RuntimeException | Error e) {
      ring(news);
      throw e;
    }
  }

  void attend(Attendant attendant) {
    attendants.add(attendant);
  }

  void leave(Attendant attendant) {
    attendants.remove(attendant);
  }

  /// Calls back once, before anybody waits for the first time; at once if somebody has. Until then
  /// nobody needs to tell this bell what is committed elsewhere.
  public void onFirstWait(Runnable wanted) {
    lock.lock();
    try {
      if (!waitedFor) {
        onFirstWait.add(wanted);
        return;
      }
    } finally {
      lock.unlock();
    }
    wanted.run();
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

  /// The same for rings that may mean events.
  public long countForEvents() {
    lock.lock();
    try {
      return ringsForEvents;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it has rung more often than `seen`, or the time is over.
  ///
  /// @throws InterruptedException if the waiting thread is interrupted
  public void await(long seen, long millis) throws InterruptedException {
    await(rung, () -> rings == seen, millis);
  }

  /// The same for rings that may mean events.
  ///
  /// @throws InterruptedException if the waiting thread is interrupted
  public void awaitForEvents(long seen, long millis) throws InterruptedException {
    await(rungForEvents, () -> ringsForEvents == seen, millis);
  }

  private void await(Condition bell, BooleanSupplier quiet, long millis)
      throws InterruptedException {
    wantIfFirst();
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (quiet.getAsBoolean() && nanos > 0) {
        nanos = bell.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void wantIfFirst() {
    List<Runnable> wanted = List.of();
    lock.lock();
    try {
      if (!waitedFor) {
        waitedFor = true;
        wanted = List.copyOf(onFirstWait);
        onFirstWait.clear();
      }
    } finally {
      lock.unlock();
    }
    wanted.forEach(Runnable::run);
  }
}
