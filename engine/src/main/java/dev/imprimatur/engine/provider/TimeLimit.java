package dev.imprimatur.engine.provider;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Bounds a call to a provider. The call runs on a thread of its own, which is interrupted when the
/// time is over; it holds no transaction and touches no database.
public final class TimeLimit {
  private TimeLimit() {}

  /// A provider that did not answer in time.
  public static final class Exceeded extends ProviderException {
    private static final long serialVersionUID = 1L;

    Exceeded(String what, Duration limit) {
      super(what + " did not answer within " + limit.toMillis() + " ms", true);
    }
  }

  /// Calls with a limit.
  ///
  /// @param what names the provider in the message
  /// @throws Exceeded if the time is over
  /// @throws ProviderException as the provider throws it
  public static <T> T call(String what, Duration limit, Callable<T> call) throws ProviderException {
    var task = new FutureTask<T>(call);
    Thread.ofVirtual().name("provider-" + what).start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new Exceeded(what, limit);
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
