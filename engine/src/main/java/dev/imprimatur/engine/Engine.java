package dev.imprimatur.engine;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.audit.AuditTrail;
import dev.imprimatur.engine.board.LocalSynthesizer;
import dev.imprimatur.engine.board.Today;
import dev.imprimatur.engine.change.ChangeListener;
import dev.imprimatur.engine.evidence.EvidenceImports;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.gateway.GatewayTokens;
import dev.imprimatur.engine.gateway.Subscribers;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.metric.Tally;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxDispatcher;
import dev.imprimatur.engine.outbox.Subscriber;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.queue.Diagnostics;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.JobOverview;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.DualWriteListener;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.Sweeper;
import dev.imprimatur.engine.sweep.Sweeps;
import dev.imprimatur.engine.tour.Tours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The workflow engine over one open database. Built once by the process; console, command line and
/// worker talk to it.
public final class Engine {
  private static final int MISSED_HEARTBEATS = 6;

  private final DatabaseAccess database;
  private final Settings settings;
  private final FaultPoints faults;
  private final Tally metrics;
  private final WakeUps wakeUps = new WakeUps();
  private final JobKinds kinds;
  private final RetryPolicy retries;
  private final OutboxDispatcher dispatcher;
  private final Outbox outbox;
  private final Review review;
  private final Assessment assessment;
  private final Queue queue;
  private final JobOverview jobs;
  private final QueueLayouts layouts;
  private final Sweeps sweeps;
  private final List<Sweep> kindsOfSweep;
  private final AuditTrail audit;
  private final Locks locks;
  private final Tours tours;
  private final MetricsOverview figures;
  private final GatewayTokens gatewayTokens;
  private final Subscribers subscribers;
  private final Today today;
  private final EvidenceImports evidence;

  /// What a process adds to the engine.
  ///
  /// @param handlers of jobs whose work needs what the engine does not have, such as a mail server
  /// @param subscribers whom events are delivered to
  /// @param metrics told of what is measured
  /// @param sweeps beside the engine's own
  public record Extensions(
      List<JobHandler> handlers,
      List<Subscriber> subscribers,
      Metrics metrics,
      List<Sweep> sweeps) {
    /// Nothing.
    public static final Extensions NONE = new Extensions(List.of(), List.of());

    /// Not measured, no sweeps beside the engine's own.
    public Extensions(List<JobHandler> handlers, List<Subscriber> subscribers) {
      this(handlers, subscribers, Metrics.NONE, List.of());
    }
  }

  public Engine(
      DatabaseAccess database,
      Providers providers,
      Settings settings,
      Extensions extensions,
      FaultPoints faults) {
    this.database = database;
    this.settings = settings;
    this.metrics = new Tally(extensions.metrics());
    this.faults = faults;
    this.retries =
        new RetryPolicy(
            settings.get(Keys.RETRY_BASE),
            settings.get(Keys.RETRY_LONGEST),
            () -> ThreadLocalRandom.current().nextDouble());
    List<JobHandler> handlers = new ArrayList<>(Diagnostics.handlers());
    handlers.addAll(Review.handlers(database.automation(), providers, settings, metrics, faults));
    var localScores =
        new LocalScores(Engine::local, providers.intents(), HardStops.Limits.of(settings));
    handlers.addAll(
        Assessment.handlers(database.automation(), localScores, settings, wakeUps, faults));
    handlers.addAll(
        Today.handlers(database.automation(), new LocalSynthesizer(), settings, faults));
    handlers.addAll(extensions.handlers());
    this.kinds = new JobKinds(handlers);
    this.dispatcher =
        new OutboxDispatcher(
            database.automation(),
            Assessment.beside(extensions.subscribers(), faults),
            retries,
            new OutboxDispatcher.Limits(
                settings.get(Keys.OUTBOX_MAX_ATTEMPTS), settings.get(Keys.OUTBOX_CLAIM_TIMEOUT)),
            faults);
    this.outbox = new Outbox(database.people(), wakeUps);
    this.review = Review.of(database.people(), providers, Engine::local, settings, wakeUps, faults);
    this.assessment = Assessment.of(database.people(), settings, wakeUps, faults);
    this.sweeps = new Sweeps(database.people(), faults);
    this.locks = new Locks(database, settings, metrics, faults);
    this.tours = new Tours(database.people(), locks, faults);
    this.layouts = new QueueLayouts(database.people(), database.automation());
    database.listen(dualWrites(metrics, faults));
    this.kindsOfSweep =
        SweepKinds.all(
            new SweepKinds.Parts(
                database.automation(),
                kinds,
                dispatcher,
                locks,
                layouts,
                settings,
                metrics,
                faults),
            extensions.sweeps());
    this.figures = new MetricsOverview(database, locks, metrics, settings.get(Keys.STALE_AFTER));
    this.queue = new Queue(database.people(), kinds, wakeUps);
    this.jobs = new JobOverview(database.people(), queue, settings.get(Keys.STALE_AFTER));
    this.audit = new AuditTrail(database.people());
    this.gatewayTokens = new GatewayTokens(database.people(), database.automation());
    this.subscribers = new Subscribers(database.automation(), faults);
    this.today = Today.of(database.people(), settings, wakeUps, faults);
    this.evidence = new EvidenceImports(database.people(), settings, faults);
  }

  private static DualWriteListener dualWrites(Metrics metrics, FaultPoints faults) {
    return new DualWriteListener() {
      @Override
      public void between() {
        faults.reach(FaultPoint.LAYOUT_HALF_WRITTEN);
      }

      @Override
      public void ended(String workspace, boolean succeeded) {
        metrics.dualWritten(workspace, succeeded);
      }
    };
  }

  private static LocalScores.Scorers local() {
    return new LocalScores.Scorers(LocalProviders.detectors(), LocalProviders.aeoScorer());
  }

  /// Takes the database over: subscribers are made known, the bell is connected, and where no other
  /// process can have the database open, jobs and locks that a dead process left are released at
  /// once.
  public void start() {
    if (database.mayWork()) {
      dispatcher.register();
      // Known even before a worker runs, so that people can steer them.
      database
          .automation()
          .run(tx -> kindsOfSweep.forEach(s -> tx.sweeps().register(s.name(), s.interval())));
    }
    database.connect(wakeUps);
    if (database.exclusive()) {
      locks.freeLeftovers();
      var stale = new StaleJobs(database.automation(), kinds, faults);
      StaleJobs.Result freed;
      do {
        freed = stale.release(StaleJobs.ALL);
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
                tx.jobs().countOpen(),
                tx.outbox().countDead(),
                tx.sweeps().countFailing(),
                tx.locks().countHeld(),
                tx.batches().countOpen(),
                tx.batches().countStuck(tx.now().minus(settings.get(Keys.BATCH_STUCK_AFTER))),
                tx.judgements().countWaiting(),
                tx.tours().countOpen()));
  }

  /// Figures, for who watches.
  public MetricsOverview metrics() {
    return figures;
  }

  /// Content review.
  public Review review() {
    return review;
  }

  /// Assessment.
  public Assessment assessment() {
    return assessment;
  }

  /// The Today board.
  public Today today() {
    return today;
  }

  /// Bringing evidence for it.
  public EvidenceImports evidence() {
    return evidence;
  }

  /// Where judges outside fetch pairs and hand answers in.
  public JudgeDesk judgeDesk() {
    return Assessment.desk(database.automation(), settings, wakeUps, faults);
  }

  /// The queue.
  public Queue queue() {
    return queue;
  }

  /// The queue's jobs, as an administrator looks over them.
  public JobOverview jobs() {
    return jobs;
  }

  /// The queue's layout.
  public QueueLayouts queueLayouts() {
    return layouts;
  }

  /// The sweeps.
  public Sweeps sweeps() {
    return sweeps;
  }

  /// The outbox.
  public Outbox outbox() {
    return outbox;
  }

  /// The audit.
  public AuditTrail audit() {
    return audit;
  }

  /// The locks.
  public Locks locks() {
    return locks;
  }

  /// Tours.
  public Tours tours() {
    return tours;
  }

  /// The gateway's tokens.
  public GatewayTokens gatewayTokens() {
    return gatewayTokens;
  }

  /// Deliveries to subscribers that connect and go.
  public Subscribers subscribers() {
    return subscribers;
  }

  /// The named boundaries at which tests let the process die.
  public FaultPoints faults() {
    return faults;
  }

  /// How long to wait between attempts.
  public RetryPolicy retries() {
    return retries;
  }

  /// Tells of every change, by whichever process, after its commit.
  ///
  /// @return ends it
  public Runnable watch(ChangeListener listener) {
    return database.watch(listener);
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
            metrics,
            settings.get(Keys.COMPLETIONS_PER_COMMIT),
            faults),
        options);
  }

  /// Sweeps in this process, not yet started: beside every worker that runs for long, where whoever
  /// is signed in may run automation.
  ///
  /// @param workerId as the worker's beside it
  public Sweeper sweeper(String workerId) {
    return sweeper(workerId, kindsOfSweep, Duration.ofSeconds(1));
  }

  /// The same with other sweeps than the usual ones.
  ///
  /// @param poll how often it looks for ticks that are due
  public Sweeper sweeper(String workerId, List<Sweep> only, Duration poll) {
    var rhythm =
        new TickSource.Rhythm(
            workerId,
            poll,
            settings.get(Keys.SWEEP_HEARTBEAT),
            MISSED_HEARTBEATS,
            settings.get(Keys.GRACE));
    return new Sweeper(database, only, rhythm, settings.get(Keys.SWEEP_TIMEOUT), faults);
  }

  /// Hands events that are due to their subscribers, for processes that run no worker.
  ///
  /// @return how many were handled; none where who is signed in may not act as automation
  public int dispatchEvents() {
    return database.mayWork() ? dispatcher.dispatch() : 0;
  }
}
