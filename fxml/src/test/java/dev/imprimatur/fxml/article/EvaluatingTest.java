package dev.imprimatur.fxml.article;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTask;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.task.Progress;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Scripted;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Evaluations that are watched, stopped and left; without a window.
class EvaluatingTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Scripted.Gate gate = new Scripted.Gate();
  private final Queue<Runnable> arriving = new ConcurrentLinkedQueue<>();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private FxTasks tasks;
  private Evaluating evaluating;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.through(database.open(), Scripted.providers(gate), UnaryOperator.identity());
    bench.work();
    tasks = new FxTasks(call -> Thread.ofVirtual().start(call), arriving::add, (name, why) -> {});
    evaluating = new Evaluating(bench.engine(), tasks, Texts.standard(), notices);
  }

  @AfterEach
  void close() {
    gate.open();
    bench.close();
    database.close();
  }

  private EvaluationRun.Status status(Version version) {
    return bench.engine().review().evaluations().ofVersion(version.id()).getFirst().run().status();
  }

  /// Two that wait: one somebody else asked for, one asked for here.
  private List<Version> watched() {
    Version theirs = bench.store("theirs", "wait=d1");
    Version mine = bench.store("mine", "wait=d1");
    Evaluations evaluations = bench.engine().review().evaluations();
    Bench.decided(evaluations.request(theirs.id(), false));
    evaluating.versions(List.of(theirs.id(), mine.id()), false);
    Awaitility.await().atMost(SOON).until(() -> gate.waiting() == 2);
    return List.of(theirs, mine);
  }

  @Test
  void whoClosesTheWindowCallsNothingOff() {
    List<Version> both = watched();
    tasks.leave();
    assertThat(tasks.finish(SOON)).isTrue();
    assertThat(both).extracting(this::status).containsOnly(EvaluationRun.Status.IN_PROGRESS);
    gate.open();
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(both).extracting(this::status).containsOnly(EvaluationRun.Status.COMPLETED));
  }

  @Test
  void stoppingCallsOffOnlyWhatWasStartedForIt() {
    List<Version> both = watched();
    List.copyOf(tasks.running()).forEach(FxTask::stop);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> {
          for (Runnable next = arriving.poll(); next != null; next = arriving.poll()) {
            next.run();
          }
          return notices.noticeProperty().get() != null;
        });
    assertThat(both.stream().map(this::status))
        .containsExactly(EvaluationRun.Status.IN_PROGRESS, EvaluationRun.Status.PARTIAL_FAILURE);
    Notice told = Objects.requireNonNull(notices.noticeProperty().get());
    assertThat(told.headline())
        .startsWith("Stopped.")
        .contains("One had been started before and goes on");
  }

  @Test
  void whatWasAskedForIsAskedForThoughTheWindowLeaves() throws InterruptedException {
    Version version = bench.store("late", "Text.");
    var outcome =
        evaluating.run(
            List.of(version.id()),
            false,
            new Progress() {
              @Override
              public void at(long done, long total) {}

              @Override
              public boolean cancelled() {
                return true;
              }

              @Override
              public boolean leaving() {
                return true;
              }
            });
    assertThat(outcome.stopped()).isFalse();
    UUID run = bench.engine().review().evaluations().ofVersion(version.id()).getFirst().run().id();
    assertThat(bench.await(run).run().status()).isEqualTo(EvaluationRun.Status.COMPLETED);
  }
}
