package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.app.wiring.WorkerNames;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
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
      defaultValue = "60",
      description = "How often stale jobs are looked for (default: 60).")
  private BigDecimal staleCheckInterval = BigDecimal.valueOf(60);

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
    Duration stale = seconds("--stale-check-interval", staleCheckInterval);
    return context.session(
        Level.INFO, session -> dryRun ? dryRun(session.engine()) : work(session, poll, stale));
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

  private int work(Session session, Duration poll, Duration stale) {
    Engine engine = session.engine();
    WorkerOptions usual = engine.workerOptions(WorkerNames.next(context.around().environment()));
    var options =
        new WorkerOptions(
            usual.workerId(),
            usual.kinds(),
            workspaces,
            concurrency == null ? usual.concurrency() : concurrency,
            poll,
            stale,
            usual.staleAfter(),
            usual.heartbeatInterval(),
            usual.grace(),
            once ? 1 : maxJobs);
    // A worker that can't sign in as automation is told so now; later it would try for ever.
    session.database().automation().inTransaction(tx -> tx.actor());
    Worker worker = engine.worker(options);
    context.interrupts().allow(usual.grace());
    Optional<Gateway> gateway = serveGateway.open(engine, context.around().environment());
    try (worker) {
      worker.start();
      await(engine, worker);
    } finally {
      gateway.ifPresent(Gateway::close);
    }
    while (!context.interrupts().requested() && engine.dispatchEvents() > 0) {
      // What its last jobs have told is handed on before it goes.
    }
    var json = Json.object().put("worker_id", options.workerId()).put("jobs", worker.taken());
    context.print(
        json, () -> "Worker " + options.workerId() + " has taken " + worker.taken() + " jobs.\n");
    return context.interrupts().requested() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
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
