package dev.imprimatur.engine.provider;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.MDC;

/// Bounds a call to a provider. The call runs on a thread of its own, which is interrupted when the
/// time is over; it holds no transaction and touches no database.
public final class TimeLimit {
  private static final long LOOK_NANOS = 200_000_000L;

  private TimeLimit() {}

  /// A provider that did not answer in time.
  public static final class Exceeded extends ProviderException {
    private static final long serialVersionUID = 1L;

    Exceeded(String what, Duration limit) {
      super(what + " did not answer within " + limit.toMillis() + " ms", true);
    }
  }

  /// That nobody wanted the answer any more.
  public static final class Stopped extends ProviderException {
    private static final long serialVersionUID = 1L;

    Stopped(String what) {
      super(what + " was stopped", true);
    }
  }

  /// Calls with a limit.
  ///
  /// @param what names the provider in the message
  /// @throws Exceeded if the time is over
  /// @throws ProviderException as the provider throws it
  public static <T> T call(String what, Duration limit, Callable<T> call) throws ProviderException {
    return call(what, limit, () -> false, call);
  }

  /// Calls with a limit, until nobody wants the answer any more.
  ///
  /// @param what names the provider in the message
  /// @param stop whether the answer is no longer wanted; looked at a few times a second
  /// @throws Exceeded if the time is over
  /// @throws Stopped if the answer is no longer wanted
  /// @throws ProviderException as the provider throws it
  public static <T> T call(String what, Duration limit, BooleanSupplier stop, Callable<T> call)
      throws ProviderException {
    // What the call logs is about the same job.
    Map<String, String> about = MDC.getCopyOfContextMap();
    var task =
        new FutureTask<T>(() -> {
          if (about != null) {
            MDC.setContextMap(about);
          }
          return call.call();
        });
    Thread.ofVirtual().name("provider-" + what).start(task);
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        try {
          long rest = Math.max(0, end - System.nanoTime());
          return task.get(Math.min(rest, LOOK_NANOS), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (stop.getAsBoolean()) {
            task.cancel(true);
            throw new Stopped(what);
          }
          if (System.nanoTime() >= end) {
            task.cancel(true);
            throw new Exceeded(what, limit);
          }
        }
      }
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new ProviderException(what + " was interrupted", true);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProviderException known -> throw known;
        case null, default -> throw new ProviderException(what + " failed: " + e.getCause(), true);
      }
    }
  }
}
