package dev.imprimatur.persistence.fault;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import dev.imprimatur.persistence.Scripted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process that serves the queue until it is told to end (SIGTERM, SIGINT) or killed.
///
/// Arguments: URL, login (or nothing), then settings such as `concurrency=2`, `stale=1s`,
/// `grace=1s`, `first=pool` (closes the database before the worker), `until=idle` (ends when there
/// is nothing left to do).
public final class FaultWorker {
  private FaultWorker() {}

  public static void main(String[] args) throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] parts = args[i].split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Database database = open(args[0], args[1]);
    Bench bench =
        Bench.on(
            database,
            Scripted.providers(),
            FaultJobs.extensions(),
            FaultPoints.NONE,
            quick(settings.getOrDefault("stale", "1s"), settings.getOrDefault("grace", "1s")));
    Worker worker = worker(bench, Integer.parseInt(settings.getOrDefault("concurrency", "2")));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              if (settings.getOrDefault("first", "worker").equals("pool")) {
                database.close();
              }
              worker.close();
              database.close();
              System.out.println("closed");
            }));
    worker.start();
    System.out.println("ready");
    if (settings.getOrDefault("until", "signal").equals("idle")) {
      while (bench.engine().counts().openJobs() > 0) {
        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      }
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }

  private static Database open(String url, String login) {
    return Database.open(
        new DatabaseConfig(
            url, login.isEmpty() ? null : login, login.isEmpty() ? null : "secret", "editor", 8));
  }

  /// Settings under which the dead are found soon.
  static Map<String, String> quick(String stale, String grace) {
    return Map.of(
        "queue.stale-after",
        stale,
        "queue.heartbeat-interval",
        "200ms",
        "queue.grace",
        grace,
        "outbox.claim-timeout",
        "1s");
  }

  /// A worker that looks for the dead five times a second.
  static Worker worker(Bench bench, int concurrency) {
    WorkerOptions usual = bench.engine().workerOptions("fault-" + UUID.randomUUID());
    return bench
        .engine()
        .worker(
            new WorkerOptions(
                usual.workerId(),
                Set.of(),
                List.of(),
                concurrency,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                usual.staleAfter(),
                usual.heartbeatInterval(),
                usual.grace(),
                0));
  }
}
