package dev.imprimatur.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Runs things at the same moment.
public final class Together {
  private Together() {}

  /// What one of them does.
  @FunctionalInterface
  public interface Action {
    void run(int index) throws Exception;
  }

  /// Runs `count` actions that all start at once, and waits for all.
  public static void run(int count, Action action) throws Exception {
    call(
        count,
        i ->
            () -> {
              action.run(i);
              return i;
            });
  }

  /// Calls `count` things that all start at once.
  ///
  /// @return their answers by index
  public static <T> List<T> call(int count, IntFunction<Callable<T>> callable) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> one = callable.apply(i);
        futures.add(
            threads.submit(() -> {
              start.await(60, TimeUnit.SECONDS);
              return one.call();
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        try {
          results.add(future.get(10, TimeUnit.MINUTES));
        } catch (ExecutionException e) {
          throw new AssertionError("one of " + count + " failed", e.getCause());
        }
      }
      return results;
    }
  }
}
