package dev.imprimatur.bench.run;

import dev.imprimatur.engine.json.Json;
import java.util.List;
import java.util.Map;

/// The systems and their configurations. Default is what a program gets that sets nothing but the
/// database; tuned is what the system's own documentation advises for throughput, and the best of
/// what was tried here.
public final class Catalogue {
  private Catalogue() {}

  /// All variants.
  public static List<Variant> all() {
    return List.of(
        variant(
            "imprimatur-default",
            "imprimatur",
            "Imprimatur",
            "as `imprimatur worker`: a job at a time per core",
            "what waits, together",
            0.2,
            Map.of()),
        variant(
            "imprimatur-job",
            "imprimatur",
            "Imprimatur",
            "500 at a time, 16 connections, `queue.completions-per-commit` 1",
            "each job",
            0.5,
            Map.of("concurrency", 500, "connections", 16, "completionsPerCommit", 1)),
        variant(
            "imprimatur-effect",
            "imprimatur",
            "Imprimatur",
            "64 at a time, each with an effect in its own transaction, as real work has",
            "each job",
            0.5,
            Map.of("concurrency", 64, "connections", 16, "effect", true)),
        variant(
            "imprimatur-group",
            "imprimatur",
            "Imprimatur",
            "3,000 at a time",
            "what waits, together",
            1,
            Map.of("concurrency", 3_000, "connections", 16)),
        variant(
            "db-scheduler-default",
            "db-scheduler",
            "db-scheduler 16.12.0",
            "10 threads, fetch and lock on execute",
            "each job",
            0.2,
            Map.of()),
        variant(
            "db-scheduler-tuned",
            "db-scheduler",
            "db-scheduler 16.12.0",
            "lock and fetch 1.0–4.0, 32 threads, poll 100 ms",
            "each job",
            0.5,
            Map.of(
                "threads",
                32,
                "connections",
                40,
                "lockAndFetch",
                true,
                "lower",
                1.0,
                "upper",
                4.0,
                "pollMillis",
                100)),
        variant(
            "jobrunr-default",
            "jobrunr",
            "JobRunr 8.7.0",
            "standard server: its own number of workers, poll 15 s",
            "each job",
            0.05,
            Map.of()),
        variant(
            "jobrunr-tuned",
            "jobrunr",
            "JobRunr 8.7.0",
            "64 workers, poll 5 s (the shortest it takes)",
            "each job",
            0.1,
            Map.of("workers", 64, "pollSeconds", 5, "connections", 40)),
        variant(
            "quartz-default",
            "quartz",
            "Quartz 2.5.2",
            "clustered, 10 threads, a trigger at a time",
            "each job",
            0.02,
            Map.of()),
        variant(
            "quartz-tuned",
            "quartz",
            "Quartz 2.5.2",
            "clustered, 20 threads, batches of 20 acquired within the lock, idle wait 1 s",
            "each job",
            0.04,
            Map.of("threads", 20, "batch", 20, "connections", 25, "idleMillis", 1000)),
        variant(
            "graphile-worker-default",
            "graphile-worker",
            "graphile-worker 0.18.0",
            "as it comes: a job at a time",
            "each job",
            0.1,
            Map.of()),
        variant(
            "graphile-worker-tuned",
            "graphile-worker",
            "graphile-worker 0.18.0",
            "24 at a time, local queue of 500, completions batched without delay",
            "a batch",
            1,
            Map.of(
                "concurrency", 24, "localQueue", 500, "completeBatchDelay", 0, "connections", 25)),
        variant(
            "pg-boss-default",
            "pg-boss",
            "pg-boss 12.35.0",
            "fetch one, complete one (`work` takes one in two seconds)",
            "each job",
            0.025,
            Map.of()),
        variant(
            "pg-boss-tuned",
            "pg-boss",
            "pg-boss 12.35.0",
            "`work` with batches of 100, at once again while they come full, 4 at a time",
            "a batch",
            0.5,
            Map.of("batch", 100, "concurrency", 4, "connections", 10)));
  }

  private static Variant variant(
      String id,
      String system,
      String name,
      String configuration,
      String acknowledges,
      double share,
      Map<String, ?> options) {
    boolean node = system.equals("graphile-worker") || system.equals("pg-boss");
    return new Variant(
        id, system, name, configuration, acknowledges, node, share, Json.object(options));
  }
}
