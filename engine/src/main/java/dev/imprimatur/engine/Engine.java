package dev.imprimatur.engine;

import dev.imprimatur.engine.audit.AuditTrail;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxDispatcher;
import dev.imprimatur.engine.outbox.Subscriber;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.queue.Diagnostics;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.DatabaseAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The workflow engine over one open database. Built once by the process; console, command line and
/// worker talk to it.
public final class Engine {
  private final DatabaseAccess database;
  private final Settings settings;
  private final FaultPoints faults;
  private final WakeUps wakeUps = new WakeUps();
  private final JobKinds kinds;
  private final RetryPolicy retries;
  private final OutboxDispatcher dispatcher;
  private final Outbox outbox;
  private final Review review;
  private final Queue queue;
  private final AuditTrail audit;

  /// What a process adds to the engine.
  ///
  /// @param handlers of jobs whose work needs what the engine does not have, such as a mail server
  /// @param subscribers whom events are delivered to
  public record Extensions(List<JobHandler> handlers, List<Subscriber> subscribers) {
    /// Nothing.
    public static final Extensions NONE = new Extensions(List.of(), List.of());
  }

  public Engine(
      DatabaseAccess database,
      Providers providers,
      Settings settings,
      Extensions extensions,
      FaultPoints faults) {
    this.database = database;
    this.settings = settings;
    this.faults = faults;
    this.retries =
        new RetryPolicy(
            settings.get(Keys.RETRY_BASE),
            settings.get(Keys.RETRY_LONGEST),
            () -> ThreadLocalRandom.current().nextDouble());
    List<JobHandler> handlers = new ArrayList<>(Diagnostics.handlers());
    handlers.addAll(Review.handlers(database.automation(), providers, settings, faults));
    handlers.addAll(extensions.handlers());
    this.kinds = new JobKinds(handlers);
    this.dispatcher =
        new OutboxDispatcher(
            database.automation(),
            extensions.subscribers(),
            retries,
            new OutboxDispatcher.Limits(
                settings.get(Keys.OUTBOX_MAX_ATTEMPTS), settings.get(Keys.OUTBOX_CLAIM_TIMEOUT)),
            faults);
    this.outbox = new Outbox(database.people(), wakeUps);
    this.review = Review.of(database.people(), providers, Engine::local, settings, wakeUps, faults);
    this.queue = new Queue(database.people(), kinds, wakeUps);
    this.audit = new AuditTrail(database.people());
  }

  private static LocalScores.Scorers local() {
    return new LocalScores.Scorers(LocalProviders.detectors(), LocalProviders.aeoScorer());
  }

  /// Takes the database over: subscribers are made known, the bell is connected, and where no other
  /// process can have the database open, jobs that a dead process left running are released at
  /// once.
  public void start() {
    if (database.mayWork()) {
      dispatcher.register();
    }
    database.connect(wakeUps);
    if (database.exclusive()) {
      var stale = new StaleJobs(database.automation(), kinds, faults);
      StaleJobs.Result freed;
      do {
        freed = stale.release(Duration.ZERO);
      } while (freed.released() + freed.failed() > 0);
    }
  }

  /// Differs from what it was before if anything in the database has changed since; may differ
  /// though nothing has.
  public String changeMark() {
    return database.changeMark();
  }

  /// How much there is of everything that people look at.
  public EngineCounts counts() {
    return database
        .people()
        .inTransaction(tx ->
            new EngineCounts(
                tx.escalations().countWaiting(tx.now()),
                tx.articles().count(),
                tx.rewrites().countPending(),
                tx.jobs().countOpen()));
  }

  /// Content review.
  public Review review() {
    return review;
  }

  /// The queue.
  public Queue queue() {
    return queue;
  }

  /// The outbox.
  public Outbox outbox() {
    return outbox;
  }

  /// The audit.
  public AuditTrail audit() {
    return audit;
  }

  /// The settings in effect.
  public Settings settings() {
    return settings;
  }

  /// Rung when there may be something new.
  public WakeUps wakeUps() {
    return wakeUps;
  }

  /// A worker with the usual settings that takes every kind of job.
  ///
  /// @param workerId new for every start
  public WorkerOptions workerOptions(String workerId) {
    Duration staleAfter = settings.get(Keys.STALE_AFTER);
    // Two heartbeats may be lost before a living worker is presumed dead, whatever the settings
    // say.
    Duration heartbeat =
        Collections.min(List.of(settings.get(Keys.HEARTBEAT), staleAfter.dividedBy(3)));
    return new WorkerOptions(
        workerId,
        Set.of(),
        List.of(),
        Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        staleAfter,
        heartbeat,
        settings.get(Keys.GRACE),
        0);
  }

  /// A worker, not yet started.
  public Worker worker(WorkerOptions options) {
    return new Worker(
        new Worker.Parts(
            database.automation(),
            database.heartbeats(),
            kinds,
            retries,
            wakeUps,
            dispatcher::dispatch,
            settings.get(Keys.COMPLETIONS_PER_COMMIT),
            faults),
        options);
  }

  /// Hands events that are due to their subscribers, for processes that run no worker.
  ///
  /// @return how many were handled
  public int dispatchEvents() {
    return dispatcher.dispatch();
  }
}
