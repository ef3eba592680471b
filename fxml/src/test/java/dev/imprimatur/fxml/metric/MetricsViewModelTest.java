package dev.imprimatur.fxml.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.MetricsOverview.Snapshot;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.engine.metric.Meter;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The figures without a window: calls run at once, results arrive when the test lets them.
class MetricsViewModelTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Snapshot snapshot(Gauges gauges, Measure... process) {
    var locks = new LockStatistics(1, Instant.EPOCH, List.of(), List.of(), List.of());
    return new Snapshot(gauges, locks, List.of(process));
  }

  @Test
  void nothingAtAllIsInRange() {
    Map<Figure, Reading> all = Reading.of(snapshot(Gauges.NONE));
    assertThat(all).containsOnlyKeys(Figure.values());
    assertThat(all.values()).allMatch(r -> r.value() == 0 && !r.bad() && r.parts().isEmpty());
  }

  @Test
  void whatIsOutOfRangeIsToldWithWhatItIsMadeOf() {
    var gauges =
        new Gauges(
            List.of(
                new Gauges.Depth("a", "pending", 2, Duration.ofSeconds(300)),
                new Gauges.Depth("b", "pending", 5, Duration.ofSeconds(301)),
                new Gauges.Depth("b", "running", 1)),
            List.of(new Gauges.Stuck("b", 1)),
            List.of(new Gauges.Ended("completed", 100_000), new Gauges.Ended("failed", 1)),
            List.of(
                new Gauges.Lag("mail", 3, 1, Duration.ofSeconds(119)),
                new Gauges.Lag("quiet", 0, 0, Duration.ZERO)),
            List.of(
                new Gauges.Tick("retention", Duration.ofSeconds(61), false),
                new Gauges.Tick("stale-jobs", Duration.ZERO, true)));
    Map<Figure, Reading> all =
        Reading.of(
            snapshot(
                gauges,
                new Measure(Meter.QUEUE_DUAL_WRITE, List.of("w", "failed"), 2, Duration.ZERO),
                new Measure(Meter.QUEUE_DUAL_WRITE, List.of("w", "succeeded"), 9, Duration.ZERO)));
    assertThat(all.entrySet().stream().filter(e -> e.getValue().bad()).map(Map.Entry::getKey))
        .containsExactly(
            Figure.OLDEST,
            Figure.STUCK,
            Figure.FAILED,
            Figure.NOT_WRITTEN,
            Figure.DEAD,
            Figure.OVERDUE,
            Figure.FAILING);
    assertThat(all.get(Figure.WAITING).value()).isEqualTo(7);
    assertThat(all.get(Figure.WAITING).parts())
        .containsExactly(new Reading.Part("b", 5), new Reading.Part("a", 2));
    assertThat(all.get(Figure.OLDEST).value()).isEqualTo(301);
    assertThat(all.get(Figure.COMPLETED).bounded()).isTrue();
    assertThat(all.get(Figure.LAG).parts()).containsExactly(new Reading.Part("mail", 119));
    assertThat(all.get(Figure.WRITTEN).value()).isEqualTo(9);
  }

  @Test
  void samplesAreKeptForMinutesAndNotJoinedOverWhatNobodySaw() {
    var samples = new Samples();
    samples.add(0, 1);
    samples.add(SECOND.multipliedBy(5).toNanos(), 9);
    samples.add(SECOND.multipliedBy(60).toNanos(), 4);
    assertThat(samples.pieces()).hasSize(2);
    assertThat(samples.pieces().getFirst())
        .extracting(Samples.Sample::value)
        .containsExactly(1.0, 9.0);
    assertThat(samples.greatest()).isEqualTo(9);
    samples.add(Samples.SPAN.plusSeconds(6).toNanos(), 2);
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.first()).isEqualTo(4);
  }

  @Test
  void itReadsAnewWhenSomethingChangesButNotMoreThanOnceASecond() {
    Queue<Runnable> arriving = new ArrayDeque<>();
    var clock = new AtomicLong(77);
    var database = TestDatabase.migrated(TestDatabase.Kind.H2);
    try (Bench bench = Bench.on(database.open())) {
      var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
      var model =
          new MetricsViewModel(bench.engine().metrics(), tasks, Texts.standard(), clock::get);
      assertThat(model.stateProperty().get()).isEqualTo(ListState.LOADING);
      model.changed();
      arrive(arriving);
      assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
      bench
          .engine()
          .queue()
          .enqueue(
              List.of(
                  NewJob.of("main", "diagnostic.noop", Json.object())
                      .withDelay(Duration.ofHours(1))));
      clock.addAndGet(SECOND.toNanos() - 1);
      model.changed();
      arrive(arriving);
      assertThat(model.samples(Figure.WAITING).size()).isEqualTo(1);
      clock.incrementAndGet();
      model.changed();
      arrive(arriving);
      assertThat(model.samples(Figure.WAITING).greatest()).isEqualTo(1);
      assertThat(model.seenProperty().get().figures().get(Figure.WAITING).parts())
          .containsExactly(new Reading.Part("diagnostic.noop", 1));
      assertThat(model.seenProperty().get().bad()).isZero();
    }
    // The database is closed: what was is not shown any more.
    assertThat(model(database)).isEqualTo(ListState.FAILED);
    database.close();
  }

  private static ListState model(TestDatabase database) {
    Queue<Runnable> arriving = new ArrayDeque<>();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
    Bench bench = Bench.on(database.open());
    var model = new MetricsViewModel(bench.engine().metrics(), tasks, Texts.standard());
    model.sample();
    arrive(arriving);
    assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
    bench.close();
    model.sample();
    arrive(arriving);
    assertThat(model.failureProperty().get()).isNotEmpty();
    return model.stateProperty().get();
  }

  private static void arrive(Queue<Runnable> arriving) {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }
}
