package dev.imprimatur.fxml;

import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.UnitOfWork;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
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

  @Override
  public void close() {
    over = true;
  }

  /// Calls of the database that were made on the FX thread, by where they came from.
  static final class Trespasses {
    private final List<Throwable> found = Collections.synchronizedList(new ArrayList<>());

    List<Throwable> found() {
      return List.copyOf(found);
    }

    /// The same access, watched.
    DatabaseAccess watch(DatabaseAccess real) {
      return (DatabaseAccess)
          Proxy.newProxyInstance(
              DatabaseAccess.class.getClassLoader(),
              new Class<?>[] {DatabaseAccess.class},
              (proxy, method, arguments) -> {
                look();
                Object result = method.invoke(real, arguments);
                return result instanceof UnitOfWork work ? watched(work) : result;
              });
    }

    private UnitOfWork watched(UnitOfWork real) {
      return new UnitOfWork() {
        @Override
        public <T> T inTransaction(Work<T> work) {
          look();
          return real.inTransaction(work);
        }
      };
    }

    private void look() {
      if (Platform.isFxApplicationThread()) {
        found.add(new IllegalStateException("a database call on the FX thread"));
      }
    }
  }
}
