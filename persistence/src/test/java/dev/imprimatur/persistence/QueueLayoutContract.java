package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// A queue with its layouts, and what tests of them ask of it.
abstract class QueueLayoutContract extends BenchContract {
  final Map<String, AtomicInteger> writes = new ConcurrentHashMap<>();

  @Override
  Bench bench(Database open) {
    Metrics metrics =
        new Metrics() {
          @Override
          public void dualWritten(String workspace, boolean succeeded) {
            writes
                .computeIfAbsent(workspace + " " + succeeded, key -> new AtomicInteger())
                .incrementAndGet();
          }
        };
    return Bench.on(
        open,
        Scripted.providers(),
        new Engine.Extensions(List.of(), List.of(), metrics, List.of()),
        FaultPoints.NONE);
  }

  QueueLayouts layouts() {
    return bench.engine().queueLayouts();
  }

  void to(QueueLayout wanted) {
    LayoutSteps.to(bench.engine(), wanted);
  }

  NewJob noop() {
    return NewJob.of("w", "diagnostic.noop", Json.object());
  }

  List<JobKey> enqueue(int count) {
    return enqueue(bench, count);
  }

  List<JobKey> enqueue(Bench by, int count) {
    List<NewJob> jobs = IntStream.range(0, count).mapToObj(i -> noop()).toList();
    return by.engine().queue().enqueue(jobs).stream().map(Enqueued::key).toList();
  }

  void count(int jobs, String prefix) {
    List<NewJob> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(
          NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c"))
              .withClientRequestId(prefix + "-" + i));
    }
    bench.engine().queue().enqueue(all);
  }

  List<Job> claim(Bench by, int limit) {
    return by.database()
        .automation()
        .inTransaction(tx -> tx.jobs().claim("w1", Set.of("diagnostic.noop"), List.of(), limit));
  }

  Job claimOne(Bench by) {
    return claim(by, 1).getFirst();
  }

  boolean complete(Bench by, Job job) {
    return !by.database()
        .automation()
        .inOneStatement(tx -> tx.jobs().complete(Map.of(job.claim(), Optional.empty())))
        .isEmpty();
  }

  <T> T inTx(UnitOfWork.Work<T> work) {
    return bench.database().automation().inTransaction(work);
  }

  Job find(JobKey key) {
    return bench.engine().queue().find(key).orElseThrow();
  }

  long rows(String what) {
    return database.count("SELECT count(*) FROM " + what);
  }

  void assertSame() {
    assertThat(layouts().differences(10)).isEmpty();
    assertThat(layouts().status().counts().onlyOld()).isZero();
    assertThat(layouts().status().counts().onlyNew()).isZero();
  }

  void awaitCompleted(long jobs) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bench.engine().queue().stats().byStatus().get(JobStatus.COMPLETED) == jobs);
  }
}
