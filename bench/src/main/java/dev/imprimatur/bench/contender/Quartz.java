package dev.imprimatur.bench.contender;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/// Quartz, clustered over JDBC: one durable job, a trigger for each number.
final class Quartz implements Contender {
  private static final int CHUNK = 1_000;
  private static final String SOURCE = "bench";
  private static final String LEDGER = "ledger";

  private final Setup setup;
  private final HikariDataSource pool;
  private final JobDetail job =
      JobBuilder.newJob(Noop.class).withIdentity("noop").storeDurably().build();
  private @Nullable Scheduler scheduler;

  Quartz(Setup setup) {
    this.setup = setup;
    this.pool = setup.pool();
    DBConnectionManager.getInstance().addConnectionProvider(SOURCE, new Provider());
  }

  /// Does nothing but count.
  public static final class Noop implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      try {
        var ledger =
            (Ledger) Objects.requireNonNull(context.getScheduler().getContext().get(LEDGER));
        ledger.ran(Integer.parseInt(context.getTrigger().getKey().getName()));
      } catch (SchedulerException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class Provider implements ConnectionProvider {
    @Override
    public Connection getConnection() throws java.sql.SQLException {
      return pool.getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {
      // The pool outlives a scheduler that is stopped and started again.
    }
  }

  @Override
  public void open() throws Exception {
    if (!Setup.any(pool, "SELECT FROM pg_class WHERE relname = 'qrtz_locks'")) {
      try (InputStream script =
          Objects.requireNonNull(
              StdSchedulerFactory.class.getResourceAsStream(
                  "/org/quartz/impl/jdbcjobstore/tables_postgres.sql"))) {
        Setup.execute(pool, new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    if (scheduler == null) {
      scheduler = create();
      scheduler.addJob(job, true);
    }
  }

  private Scheduler create() throws SchedulerException, IOException {
    var p = new Properties();
    p.setProperty("org.quartz.scheduler.instanceName", "bench");
    p.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    p.setProperty("org.quartz.threadPool.threadCount", "" + setup.option("threads", 10));
    p.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    p.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    p.setProperty("org.quartz.jobStore.dataSource", SOURCE);
    p.setProperty("org.quartz.jobStore.isClustered", "true");
    p.setProperty("org.quartz.jobStore.useProperties", "true");
    int idle = setup.option("idleMillis", 0);
    if (idle > 0) {
      p.setProperty("org.quartz.scheduler.idleWaitTime", "" + idle);
    }
    int batch = setup.option("batch", 0);
    if (batch > 0) {
      p.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "" + batch);
      p.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    }
    Scheduler made = new StdSchedulerFactory(p).getScheduler();
    made.getContext().put(LEDGER, setup.ledger());
    return made;
  }

  private Scheduler scheduler() {
    return Objects.requireNonNull(scheduler, "not open");
  }

  @Override
  public void enqueue(int from, int count) throws Exception {
    for (int at = from; at < from + count; at += CHUNK) {
      Set<Trigger> triggers = new HashSet<>();
      for (int n = at; n < Math.min(from + count, at + CHUNK); n++) {
        triggers.add(trigger(n));
      }
      scheduler().scheduleJobs(Map.of(job, triggers), true);
    }
  }

  private Trigger trigger(int n) {
    return TriggerBuilder.newTrigger()
        .withIdentity(Integer.toString(n), "g")
        .forJob(job)
        .startNow()
        .build();
  }

  @Override
  public void enqueueOne(int n) throws Exception {
    scheduler().scheduleJob(trigger(n));
  }

  @Override
  public void start() throws Exception {
    scheduler().start();
  }

  @Override
  public void stop() throws Exception {
    if (scheduler != null) {
      scheduler.shutdown(true);
      // One that was shut down can't be started again.
      scheduler = create();
    }
  }

  @Override
  public boolean anyOpen() throws Exception {
    return Setup.any(pool, "SELECT FROM qrtz_triggers")
        || Setup.any(pool, "SELECT FROM qrtz_fired_triggers");
  }

  @Override
  public void close() throws Exception {
    if (scheduler != null) {
      scheduler.shutdown(true);
    }
    pool.close();
  }
}
