package dev.imprimatur.persistence;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.DatabaseAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/// An engine at work on a test database, and the few things most tests do with it.
public final class Bench implements AutoCloseable {
  private final Database database;
  private final Engine engine;
  private final List<Worker> workers = new java.util.ArrayList<>();

  /// A bench with scripted providers and quick retries.
  public static Bench on(Database database) {
    return on(database, Scripted.providers(), Engine.Extensions.NONE, FaultPoints.NONE);
  }

  /// A bench whose engine sees the database through something else.
  public static Bench through(Database database, UnaryOperator<DatabaseAccess> glass) {
    return through(database, Scripted.providers(), glass);
  }

  /// The same with other providers.
  public static Bench through(
      Database database, Providers providers, UnaryOperator<DatabaseAccess> glass) {
    Settings settings =
        Settings.resolve(
            List.of(
                new Settings.Source(
                    "test",
                    Map.of("queue.retry-base", "1ms", "queue.heartbeat-interval", "200ms"))));
    return new Bench(
        database,
        new Engine(
            glass.apply(database), providers, settings, Engine.Extensions.NONE, FaultPoints.NONE));
  }

  /// A bench with everything chosen.
  public static Bench on(
      Database database, Providers providers, Engine.Extensions extensions, FaultPoints faults) {
    return on(database, providers, extensions, faults, Map.of());
  }

  /// A bench with other settings.
  public static Bench on(
      Database database,
      Providers providers,
      Engine.Extensions extensions,
      FaultPoints faults,
      Map<String, String> settings) {
    var all =
        new java.util.HashMap<>(
            Map.of("queue.retry-base", "1ms", "queue.heartbeat-interval", "200ms"));
    all.putAll(settings);
    Settings resolved = Settings.resolve(List.of(new Settings.Source("test", all)));
    return new Bench(database, new Engine(database, providers, resolved, extensions, faults));
  }

  private Bench(Database database, Engine engine) {
    this.database = database;
    this.engine = engine;
    engine.start();
  }

  public Engine engine() {
    return engine;
  }

  public Database database() {
    return database;
  }

  /// Starts a worker that runs until the bench is closed.
  public Worker work() {
    return work(4);
  }

  /// Starts a worker for so many jobs at a time.
  public Worker work(int concurrency) {
    Worker worker =
        engine.worker(
            engine.workerOptions("worker-" + UUID.randomUUID()).withConcurrency(concurrency));
    worker.start();
    workers.add(worker);
    return worker;
  }

  /// Stores a text as a version.
  public Version store(String source, String body) {
    return decided(engine.review().articles().store(text(source, body))).version();
  }

  /// A text as an importer would deliver it.
  public static ImportedText text(String source, String body) {
    return new ImportedText(
        source, "test:" + source, "Title of " + source, MediaType.MARKDOWN, body, Map.of());
  }

  /// Stores, evaluates and waits for the end.
  public RunResult evaluate(String source, String body) {
    return evaluate(store(source, body), false);
  }

  /// Evaluates and waits for the end.
  public RunResult evaluate(Version version, boolean force) {
    Evaluations.Requested asked =
        decided(engine.review().evaluations().request(version.id(), force));
    return await(asked.runId());
  }

  /// Waits for a run's end.
  public RunResult await(UUID run) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() ->
            engine.review().evaluations().result(run).orElseThrow().run().status()
                != EvaluationRun.Status.IN_PROGRESS);
    return engine.review().evaluations().result(run).orElseThrow();
  }

  /// The value of a decision that must have been carried out.
  public static <T> T decided(Decision<T> decision) {
    return switch (decision) {
      case Decision.Decided<T> d -> d.value();
      case Decision.AlreadyDecided<T> a -> throw new AssertionError("already decided: " + a);
      case Decision.Refused<T> r -> throw new AssertionError("refused: " + r.refusal());
    };
  }

  /// The code of a decision that must have been refused.
  public static String refused(Decision<?> decision) {
    if (decision instanceof Decision.Refused<?> r) {
      return r.refusal().code();
    }
    throw new AssertionError("not refused: " + decision);
  }

  /// What importing came to.
  public Articles.Imported.How reimport(String source, String body) {
    return decided(engine.review().articles().store(text(source, body))).how();
  }

  /// Ends every worker.
  public void stopWork() {
    workers.forEach(Worker::close);
    workers.clear();
  }

  @Override
  public void close() {
    stopWork();
    database.close();
  }
}
