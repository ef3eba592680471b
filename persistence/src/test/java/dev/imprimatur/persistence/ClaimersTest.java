package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.UnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A worker of many jobs at a time has two threads that claim.
class ClaimersTest {
  private static final int AT_A_TIME = 300;

  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BenchContract {
    /// Calls of the database, by thread.
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    @Test
    void oneJobIsLookedForByOneAndManyByBoth() {
      Engine engine = counting();
      engine.start();
      WorkerOptions often = engine.workerOptions("w");
      var options =
          new WorkerOptions(
              "w",
              Set.of(),
              List.of(),
              AT_A_TIME,
              Duration.ofMinutes(5),
              Duration.ZERO,
              often.staleAfter(),
              often.heartbeatInterval(),
              often.grace(),
              0);
      try (Worker worker = engine.worker(options)) {
        worker.start();
        await().until(() -> calls("worker-claims") > 0 && calls("worker-more-claims") > 0);
        int others = calls("worker-more-claims");
        for (int i = 1; i <= 20; i++) {
          enqueue(engine, 1);
          awaitCompleted(i);
        }
        assertThat(calls("worker-more-claims")).isEqualTo(others);
        enqueue(engine, 3 * AT_A_TIME);
        awaitCompleted(20 + 3 * AT_A_TIME);
        await().until(() -> calls("worker-more-claims") > others);
      }
    }

    private static void enqueue(Engine engine, int jobs) {
      engine
          .queue()
          .enqueue(Collections.nCopies(jobs, NewJob.of("w", "diagnostic.noop", Json.object())));
    }

    private void awaitCompleted(long jobs) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() ->
              database.count("SELECT count(*) FROM job_history WHERE status = 'COMPLETED'")
                  == jobs);
    }

    private int calls(String thread) {
      AtomicInteger counted = calls.get(thread);
      return counted == null ? 0 : counted.get();
    }

    private Engine counting() {
      DatabaseAccess database = bench.database();
      UnitOfWork automation = counting(UnitOfWork.class, database.automation());
      DatabaseAccess counted =
          (DatabaseAccess)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {DatabaseAccess.class},
                  (proxy, method, arguments) ->
                      "automation".equals(method.getName())
                          ? automation
                          : call(() -> method.invoke(database, arguments)));
      return new Engine(
          counted,
          Scripted.providers(),
          Settings.resolve(List.of()),
          new Engine.Extensions(List.of(), List.of()),
          FaultPoints.NONE);
    }

    private UnitOfWork counting(Class<UnitOfWork> type, UnitOfWork work) {
      return type.cast(
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                calls
                    .computeIfAbsent(Thread.currentThread().getName(), t -> new AtomicInteger())
                    .incrementAndGet();
                return call(() -> method.invoke(work, arguments));
              }));
    }

    private interface Invocation {
      Object run() throws IllegalAccessException, InvocationTargetException;
    }

    private static Object call(Invocation invocation) throws Throwable {
      try {
        return invocation.run();
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
