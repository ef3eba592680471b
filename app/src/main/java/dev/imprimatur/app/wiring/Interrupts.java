package dev.imprimatur.app.wiring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and SIGTERM, as a flag that long work looks at. The JVM ends only when the command has
/// put its things away, or after a bounded time; no thread is interrupted, because one may be
/// inside H2.
public final class Interrupts {
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile Duration longest = USUAL;

  /// Listens to the JVM's end. The exit status then is the system's: 130 after Ctrl-C, 143 after
  /// SIGTERM.
  public void listen() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "interrupts"));
  }

  /// Lets the command take this much longer to put its things away.
  public void allow(Duration longer) {
    longest = USUAL.plus(longer);
  }

  /// Asks the command to stop.
  public void request() {
    requested.countDown();
  }

  /// Whether someone asked for the command to stop.
  public boolean requested() {
    return requested.getCount() == 0;
  }

  /// Waits until someone asks for the command to stop.
  public void awaitRequest() {
    boolean interrupted = false;
    while (true) {
      try {
        requested.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says that the command has put everything away.
  public void finished() {
    finished.countDown();
  }

  private void shutDown() {
    request();
    try {
      if (!finished.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
