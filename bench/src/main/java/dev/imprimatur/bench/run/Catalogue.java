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
            "64 at a time",
            "each job",
            0.5,
            Map.of("concurrency", 64, "connections", 16, "effect", true)),
        variant(
            "imprimatur-group",
            "imprimatur",
            "Imprimatur",
            "256 at a time",
            "what waits, together",
            1,
            Map.of("concurrency", 256, "connections", 16)),
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
                100)));
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
