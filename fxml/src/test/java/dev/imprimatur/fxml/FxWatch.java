package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;

/// Watches the FX thread from outside: how long it is busy with one thing, as whoever waits for it
/// feels it, and with what.
final class FxWatch implements AutoCloseable {
  private static final long EACH_NANOS = 2_000_000;

  private final Thread fx;
  private final Thread watcher;
  private volatile boolean over;
  private volatile long longestNanos;
  private volatile List<StackTraceElement> longestAt = List.of();

  private FxWatch(Thread fx) {
    this.fx = fx;
    this.watcher = Thread.ofPlatform().name("fx-watch").daemon(true).unstarted(this::watch);
  }

  static FxWatch start() {
    var watch = new FxWatch(ConsoleRobot.fx(Thread::currentThread));
    watch.watcher.start();
    return watch;
  }

  /// One call at a time waits on the FX thread; how long it waits is how long the thread was busy.
  private void watch() {
    while (!over) {
      long asked = System.nanoTime();
      var answered = new boolean[1];
      var done = new Object();
      Platform.runLater(() -> {
        synchronized (done) {
          answered[0] = true;
          done.notifyAll();
        }
      });
      List<StackTraceElement> seen = List.of();
      synchronized (done) {
        try {
          while (!answered[0] && !over) {
            done.wait(20);
            if (!answered[0] && seen.isEmpty()) {
              seen = List.of(fx.getStackTrace());
            }
          }
        } catch (InterruptedException e) {
          return;
        }
      }
      long took = System.nanoTime() - asked;
      if (took > longestNanos) {
        longestNanos = took;
        longestAt = seen;
      }
      LockSupport.parkNanos(EACH_NANOS);
    }
  }

  /// The longest the thread was busy so far, and from now on only what comes.
  long longestMillis() {
    long millis = longestNanos / 1_000_000;
    longestNanos = 0;
    return millis;
  }

  /// Where the thread was when it had been busy for 20 ms.
  List<StackTraceElement> longestAt() {
    return longestAt;
  }

  /// Tells the longest so far, and where the property `imprimatur.test.fx-limit` gives a limit in
  /// milliseconds, as on a quiet machine, holds it. What follows is measured anew.
  ///
  /// @param limited whether a limit is for this at all: showing the first window of a process loads
  ///   classes, and pictures are taken on the FX thread
  void report(String what, boolean limited) {
    long longest = longestMillis();
    System.out.printf("FX thread, longest at %s: %d ms%n", what, longest);
    int limit = Integer.getInteger("imprimatur.test.fx-limit", 0);
    if (limited && limit > 0) {
      assertThat(longest).as("%s, at %s", what, longestAt).isLessThanOrEqualTo(limit);
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
