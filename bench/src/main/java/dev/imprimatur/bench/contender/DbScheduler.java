package dev.imprimatur.bench.contender;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// db-scheduler: one-time tasks, each deleted in a statement of its own when done.
final class DbScheduler implements Contender {
  private static final int CHUNK = 5_000;

  // As its documentation has it for PostgreSQL, with the indexes it advises.
  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamp with time zone NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint NOT NULL,
        priority smallint,
        state varchar,
        PRIMARY KEY (task_name, task_instance)
      );
      CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private final Setup setup;
  private final HikariDataSource pool;
  private final OneTimeTask<Void> task;
  private @Nullable Scheduler scheduler;

  DbScheduler(Setup setup) {
    this.setup = setup;
    this.pool = setup.pool();
    this.task =
        Tasks.oneTime("noop")
            .execute((instance, context) -> setup.ledger().ran(Integer.parseInt(instance.getId())));
  }

  @Override
  public void open() throws Exception {
    Setup.execute(pool, SCHEMA);
  }

  private SchedulerClient client() {
    return SchedulerClient.Builder.create(pool, task).build();
  }

  @Override
  public void enqueue(int from, int count) {
    for (int at = from; at < from + count; at += CHUNK) {
      List<TaskInstance<?>> instances = new ArrayList<>();
      for (int job = at; job < Math.min(from + count, at + CHUNK); job++) {
        instances.add(task.instance(Integer.toString(job)));
      }
      client().scheduleBatch(instances, Instant.now());
    }
  }

  @Override
  public void enqueueOne(int job) {
    client().scheduleIfNotExists(task.instance(Integer.toString(job)), Instant.now());
  }

  @Override
  public void start() {
    SchedulerBuilder builder = Scheduler.create(pool, task);
    int threads = setup.option("threads", 0);
    if (threads > 0) {
      builder.threads(threads);
    }
    if (setup.flag("lockAndFetch")) {
      builder.pollUsingLockAndFetch(
          setup.options().path("lower").asDouble(), setup.options().path("upper").asDouble());
    }
    int poll = setup.option("pollMillis", 0);
    if (poll > 0) {
      builder.pollingInterval(Duration.ofMillis(poll));
    }
    scheduler = builder.build();
    scheduler.start();
  }

  @Override
  public void stop() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public boolean anyOpen() throws Exception {
    return Setup.any(pool, "SELECT FROM scheduled_tasks");
  }

  @Override
  public void close() {
    stop();
    pool.close();
  }
}
