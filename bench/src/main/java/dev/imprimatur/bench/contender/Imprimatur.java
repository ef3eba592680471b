package dev.imprimatur.bench.contender;

import dev.imprimatur.app.metric.PrometheusMetrics;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Ours, as the worker of a console or of the command line runs it: every feature on.
final class Imprimatur implements Contender {
  private static final String KIND = "bench.noop";
  private static final int CHUNK = 5_000;

  private final Setup setup;
  private final Database database;
  private final Engine engine;
  private @Nullable Worker worker;
  private @Nullable Sweeper sweeper;

  Imprimatur(Setup setup) {
    this.setup = setup;
    this.database =
        Database.open(
            new DatabaseConfig(setup.url(), null, null, "bench", setup.option("connections", 8)));
    var providers =
        new Providers(
            LocalProviders.detectors(),
            LocalProviders.aeoScorer(),
            LocalProviders.rewriter(),
            List.of());
    this.engine =
        new Engine(
            database,
            providers,
            Settings.resolve(List.of(settings(setup))),
            new Engine.Extensions(
                List.of(new Noop()), List.of(), new PrometheusMetrics(), List.of()),
            FaultPoints.NONE);
  }

  private static Settings.Source settings(Setup setup) {
    int completions = setup.option("completionsPerCommit", 0);
    return new Settings.Source(
        "bench",
        completions == 0
            ? Map.of()
            : Map.of("queue.completions-per-commit", Integer.toString(completions)));
  }

  /// Does nothing but count. With an effect, each job is marked and committed by itself; without,
  /// the worker commits in groups what waits.
  private final class Noop implements JobHandler {
    private final boolean effect = setup.flag("effect");

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Effect run(JobRun run) {
      setup.ledger().ran(run.job().payload().path("n").asInt());
      return effect ? Effect.of(tx -> null) : Effect.none();
    }
  }

  @Override
  public void open() {
    engine.start();
  }

  @Override
  public void enqueue(int from, int count) {
    for (int at = from; at < from + count; at += CHUNK) {
      engine
          .queue()
          .enqueue(
              IntStream.range(at, Math.min(from + count, at + CHUNK))
                  .mapToObj(Imprimatur::job)
                  .toList());
    }
  }

  @Override
  public void enqueueOne(int job) {
    engine.queue().enqueue(List.of(job(job)));
  }

  private static NewJob job(int number) {
    return NewJob.of("bench", KIND, Json.object().put("n", number));
  }

  @Override
  public void start() {
    WorkerOptions options = engine.workerOptions("bench-" + UUID.randomUUID());
    int concurrency = setup.option("concurrency", 0);
    worker = engine.worker(concurrency == 0 ? options : options.withConcurrency(concurrency));
    worker.start();
    sweeper = engine.sweeper(options.workerId());
    sweeper.start();
  }

  @Override
  public void stop() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
    if (sweeper != null) {
      sweeper.close();
      sweeper = null;
    }
  }

  @Override
  public boolean anyOpen() {
    return database.people().inTransaction(tx -> tx.jobs().countOpen()) > 0;
  }

  @Override
  public void close() {
    stop();
    database.close();
  }
}
