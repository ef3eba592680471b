package dev.imprimatur.persistence.sweep;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Executors that never interrupt what they run: H2 closes its file when a thread is interrupted
/// inside it. The scheduling library's own executors do when it is stopped.
final class PatientExecutors {
  private PatientExecutors() {}

  static ExecutorService fixed(int threads, String name) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name)) {
      @Override
      public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
      }
    };
  }

  static ScheduledExecutorService scheduled(int threads, String name) {
    return new ScheduledThreadPoolExecutor(threads, daemons(name)) {
      @Override
      public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
      }
    };
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon(true).name(name + "-", 0).factory();
  }
}
