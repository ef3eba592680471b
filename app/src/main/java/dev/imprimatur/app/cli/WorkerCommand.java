package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.metric.MetricsServer;
import dev.imprimatur.app.metric.PrometheusMetrics;
import dev.imprimatur.app.wiring.LogFormat;
import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.app.wiring.WorkerNames;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.gateway.Gateway;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `imprimatur worker`: serves the queue without a screen.
@Command(name = "worker", description = "Serve the queue until stopped.")
final class WorkerCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 100;
  private static final int DRY_RUN_LIMIT = 1000;

  private final Context context;

  @Option(
      names = "--poll-interval",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Longest wait between polls when nothing wakes it (default: 5).")
  private BigDecimal pollInterval = BigDecimal.valueOf(5);

  @Option(
      names = "--stale-check-interval",
      paramLabel = "SECONDS",
      description =
          "How often stale jobs are looked for (default: 60, or what the sweep stale-jobs is set to)."
              + " Given, this worker looks for itself as well.")
  private @Nullable BigDecimal staleCheckInterval;

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Exit after N jobs; 0 for no limit (default).")
  private int maxJobs;

  @Option(
      names = "--once",
      description = "Process at most one job, then exit; exit at once if none is due.")
  private boolean once;

  @Option(names = "--dry-run", description = "Say what would be claimed; claim and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Jobs at a time (default: one per core).")
  private @Nullable Integer concurrency;

  @Option(
      names = "--workspace",
      paramLabel = "ID",
      description = "Only these workspaces (default: all).")
  private List<String> workspaces = new ArrayList<>();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve figures for Prometheus at http://127.0.0.1:PORT/metrics, to this machine alone; 0"
              + " for any free port (default: do not).")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text, or json: one JSON object per line on standard error, with job_id, workspace_id,"
              + " worker_id, attempt and brand_id as fields (default: text).")
  private String logFormat = "text";

  @Mixin private ServeGateway serveGateway = new ServeGateway();

  WorkerCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (maxJobs < 0) {
      throw Trouble.input("usage", "worker: --max-jobs must not be negative: " + maxJobs);
    }
    if (concurrency != null && concurrency < 1) {
      throw Trouble.input("usage", "worker: --concurrency must be at least 1, not " + concurrency);
    }
    if (workspaces.stream().anyMatch(String::isBlank)) {
      throw Trouble.input("usage", "worker: --workspace must not be blank");
    }
    serveGateway.check();
    if (serveGateway.asked() && (once || dryRun)) {
      throw Trouble.input(
          "usage", "worker: --gateway serves until stopped; leave out --once and --dry-run");
    }
    Duration poll = seconds("--poll-interval", pollInterval);
    Duration stale =
        staleCheckInterval == null ? null : seconds("--stale-check-interval", staleCheckInterval);
    if (metricsPort != null && (metricsPort < 0 || metricsPort > 65_535)) {
      throw Trouble.input("usage", "worker: --metrics-port must be 0 to 65535, not " + metricsPort);
    }
    context.logFormat(logFormat());
    if (metricsPort == null || dryRun) {
      return context.session(
          Level.INFO, session -> dryRun ? dryRun(session.engine()) : work(session, poll, stale));
    }
    int port = metricsPort;
    // The library of the figures logs when it is first used.
    context.log(Level.INFO);
    var metrics = new PrometheusMetrics();
    return context.session(
        Level.INFO,
        metrics,
        session -> {
          metrics.ask(session.engine().metrics()::gauges);
          try (var server = MetricsServer.start(port, metrics::scrape)) {
            return work(session, poll, stale);
          }
        });
  }

  private LogFormat logFormat() {
    return switch (logFormat) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default ->
          throw Trouble.input(
              "usage", "worker: --log-format must be text or json, not '" + logFormat + "'");
    };
  }

  private static Duration seconds(String option, BigDecimal value) {
    if (value.signum() <= 0 || value.compareTo(BigDecimal.valueOf(86_400)) > 0) {
      throw Trouble.input(
          "usage",
          "worker: "
              + option
              + " must be over 0 and at most 86400 seconds, not "
              + value.toPlainString());
    }
    return Duration.ofMillis(Math.max(1, value.movePointRight(3).longValue()));
  }

  private int dryRun(Engine engine) {
    int limit = once ? 1 : maxJobs > 0 ? maxJobs : DRY_RUN_LIMIT;
    List<Job> due = engine.queue().due(workspaces, limit);
    var json = Json.object();
    var array = json.putArray("would_claim");
    due.forEach(job -> array.add(QueueJson.job(job)));
    context.print(
        json, columns -> due.isEmpty() ? "No job is due.\n" : QueueJson.table(due).text(columns));
    return ExitStatus.DONE;
  }

  private int work(Session session, Duration poll, @Nullable Duration stale) {
    Engine engine = session.engine();
    WorkerOptions usual = engine.workerOptions(WorkerNames.next(context.around().environment()));
    var options =
        new WorkerOptions(
            usual.workerId(),
            usual.kinds(),
            workspaces,
            concurrency == null ? usual.concurrency() : concurrency,
            poll,
            stale != null ? stale : sweeps() ? Duration.ZERO : usual.staleCheckInterval(),
            usual.staleAfter(),
            usual.heartbeatInterval(),
            usual.grace(),
            once ? 1 : maxJobs);
    // A worker that can't sign in as automation is told so now; later it would try for ever.
    session.database().automation().inTransaction(tx -> tx.actor());
    Worker worker = engine.worker(options);
    Sweeper sweeper = sweeps() ? engine.sweeper(options.workerId()) : null;
    context.interrupts().allow(usual.grace());
    Optional<Gateway> gateway = serveGateway.open(engine, context.around().environment());
    // Closed in the reverse order: the worker, then what sweeps beside it.
    try (sweeper;
        worker) {
      if (sweeper != null) {
        sweeper.start();
      }
      worker.start();
      await(engine, worker);
      if (sweeper != null) {
        sweeper.requestStop();
      }
    } finally {
      gateway.ifPresent(Gateway::close);
    }
    while (!context.interrupts().requested() && engine.dispatchEvents() > 0) {
      // What its last jobs have told is handed on before it goes.
    }
    var json = Json.object().put("worker_id", options.workerId()).put("jobs", worker.taken());
    context.print(
        json,
        () ->
            "Worker "
                + options.workerId()
                + " has taken "
                + Words.count(worker.taken(), "job", "jobs")
                + ".\n");
    return context.interrupts().requested() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }

  /// A worker that ends by itself after one job is no place for recurring work.
  private boolean sweeps() {
    return !once;
  }

  private void await(Engine engine, Worker worker) {
    var ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("worker-end")
        .start(() -> {
          try {
            worker.awaitEnd();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            ended.countDown();
          }
        });
    try {
      while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
          && !context.interrupts().requested()) {
        if (once
            && worker.taken() == 0
            && engine.queue().due(workspaces, 1).isEmpty()
            && worker.taken() == 0) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
