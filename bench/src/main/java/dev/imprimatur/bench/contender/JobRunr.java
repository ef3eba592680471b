package dev.imprimatur.bench.contender;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// JobRunr: job requests, finished jobs kept as it keeps them by default.
final class JobRunr implements Contender {
  private static final int CHUNK = 5_000;

  private final Setup setup;
  private final HikariDataSource pool;
  private final Jackson3JsonMapper json = new Jackson3JsonMapper();
  private final PostgresStorageProvider storage;
  private final JobRequestScheduler scheduler;
  private @Nullable BackgroundJobServer server;

  JobRunr(Setup setup) {
    this.setup = setup;
    this.pool = setup.pool();
    // Makes its tables.
    this.storage = new PostgresStorageProvider(pool);
    storage.setJobMapper(new org.jobrunr.jobs.mappers.JobMapper(json));
    this.scheduler = new JobRequestScheduler(storage);
  }

  /// A job.
  @NullUnmarked
  public static final class Noop implements JobRequest {
    private int n;

    public Noop() {}

    Noop(int n) {
      this.n = n;
    }

    public int getN() {
      return n;
    }

    public void setN(int n) {
      this.n = n;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends JobRequestHandler> getJobRequestHandler() {
      return Counter.class;
    }
  }

  /// Does nothing but count.
  public static final class Counter implements JobRequestHandler<Noop> {
    private final Ledger ledger;

    Counter(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public void run(Noop job) {
      ledger.ran(job.getN());
    }
  }

  @Override
  public void open() {}

  @Override
  public void enqueue(int from, int count) {
    for (int at = from; at < from + count; at += CHUNK) {
      scheduler.enqueue(
          IntStream.range(at, Math.min(from + count, at + CHUNK)).mapToObj(Noop::new));
    }
  }

  @Override
  public void enqueueOne(int job) {
    scheduler.enqueue(new Noop(job));
  }

  @Override
  public void start() {
    var configuration =
        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration();
    int workers = setup.option("workers", 0);
    if (workers > 0) {
      configuration.andWorkerCount(workers);
    }
    int poll = setup.option("pollSeconds", 0);
    if (poll > 0) {
      configuration.andPollInterval(Duration.ofSeconds(poll));
    }
    server = new BackgroundJobServer(storage, json, new Activator(), configuration);
    server.start();
  }

  private final class Activator implements JobActivator {
    @Override
    public <T> T activateJob(Class<T> type) {
      return type.cast(new Counter(setup.ledger()));
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  @Override
  public boolean anyOpen() throws Exception {
    return Setup.any(
        pool, "SELECT FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING', 'SCHEDULED')");
  }

  @Override
  public void close() {
    stop();
    pool.close();
  }
}
