package dev.imprimatur.persistence.sweep;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.store.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ticks by db-scheduler: one task per sweep, so that a process passes over sweeps of a newer
/// release, with one instance, whose due time is the next tick (ADR 19).
///
/// The library's own habits that are changed here: its clock is the database's; what it waits with
/// is a monotonic timer, as a wait must not depend on a database that may be gone; it interrupts
/// nothing; and a tick that fails before it began, or whose owner is presumed dead, is due again at
/// once under another time, as a tick is never begun twice.
public final class SchedulerTicks implements TickSource {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerTicks.class);
  private static final String TABLE = "sweep_schedule";
  private static final String INSTANCE = "cluster";
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Ticks ticks;
  private final Runnable changed;
  private final Rhythm rhythm;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread wishes;

  /// @param automation connections of automation
  /// @param now reads the database's clock; may throw
  /// @param changed told when a tick has been planned
  public SchedulerTicks(
      DataSource automation, Supplier<Instant> now, Runnable changed, Ticks ticks, Rhythm rhythm) {
    this.changed = changed;
    this.ticks = ticks;
    this.rhythm = rhythm;
    this.clock = new DatabaseClock(now);
    List<Task<?>> tasks = new ArrayList<>();
    ticks.names().forEach(name -> tasks.add(task(name)));
    this.scheduler = build(automation, tasks);
    this.wishes =
        Thread.ofPlatform().name("sweep-wishes").daemon(true).unstarted(this::watchWishes);
  }

  private Scheduler build(DataSource automation, List<Task<?>> tasks) {
    int places = Math.max(1, tasks.size());
    Clock libraryClock = clock::instant;
    return new SchedulerBuilder(automation, tasks) {
      @Override
      protected Waiter buildWaiter() {
        return new Waiter(rhythm.poll(), SchedulerTicks::monotonic);
      }
    }.tableName(TABLE)
        .clock(libraryClock)
        .jdbcCustomization(new DefaultJdbcCustomization(false))
        .commitWhenAutocommitDisabled(true)
        .schedulerName(new SchedulerName.Fixed(rhythm.worker()))
        // A place for each sweep: one that hangs keeps no other from its own.
        .threads(places)
        .executorService(PatientExecutors.fixed(places, "sweep-place"))
        .dueExecutor(PatientExecutors.fixed(1, "sweep-due"))
        .housekeeperExecutor(PatientExecutors.scheduled(2, "sweep-heartbeat"))
        .heartbeatInterval(rhythm.heartbeat())
        .missedHeartbeatsLimit(rhythm.missed())
        // Sweeps of a newer release are none of our business.
        .deleteUnresolvedAfter(Duration.ofDays(36_500))
        .shutdownMaxWait(rhythm.grace().plus(LAST_WORDS))
        .build();
  }

  /// A clock for waits alone, which no one can set.
  private static Instant monotonic() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  private Task<Void> task(String name) {
    return Tasks.custom(name, Void.class)
        .onFailure((complete, operations) -> {
          LOG.error(
              "sweep {}: {}", name, complete.getCause().map(Throwable::getMessage).orElse(""));
          reschedule(complete, operations, clock.instant().plus(AGAIN));
        })
        .onDeadExecution((complete, operations) -> {
          Instant tick = complete.getExecution().executionTime;
          LOG.warn("the owner of sweep {} is presumed dead: {}", name, complete.getExecution());
          Instant now = clock.instant();
          reschedule(complete, operations, now.isAfter(tick) ? now : tick.plusMillis(1));
        })
        .execute((instance, context) -> {
          Optional<Instant> next = ticks.take(name, context.getExecution().executionTime, clock);
          return (complete, operations) ->
              next.ifPresent(due -> reschedule(complete, operations, due));
        });
  }

  private void reschedule(
      ExecutionComplete complete, ExecutionOperations<Void> operations, Instant due) {
    try {
      operations.reschedule(complete, due);
      changed.run();
    } catch (ExecutionException e) {
      LOG.warn("another has planned the sweep meanwhile: {}", complete.getExecution());
    }
  }

  @Override
  public void start() {
    Instant now = clock.instant();
    for (String name : ticks.names()) {
      scheduler.scheduleIfNotExists(new TaskInstance<Void>(name, INSTANCE), now);
    }
    scheduler.start();
    wishes.start();
  }

  /// What people wish reaches the plan by this, not by the decision itself: a decision commits what
  /// is wanted, and the plan belongs to automation.
  private void watchWishes() {
    try {
      while (!stopped.await(rhythm.poll().toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          if (ticks.replan(clock)) {
            scheduler.triggerCheckForDueExecutions();
          }
        } catch (RuntimeException e) {
          LOG.warn("sweeps could not be planned: {}", e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the planning of sweeps was interrupted");
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    scheduler.stop();
    try {
      wishes.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
