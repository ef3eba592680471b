package dev.imprimatur.fxml.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.lock.WaitCount;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The locks without a window: calls run at once, results arrive when the test lets them.
class LocksViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final LockWords words = new LockWords(Texts.standard());
  private TestDatabase database;
  private Bench bench;
  private LocksViewModel model;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
    model = new LocksViewModel(engine().locks(), tasks, Texts.standard());
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private Engine engine() {
    return bench.engine();
  }

  private void look() {
    model.refresh();
    arrive();
  }

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  @Test
  void itLoadsThenIsEmptyThenShowsWhatIsHeldAndWhatWas() {
    assertThat(model.stateProperty().get()).isEqualTo(ListState.LOADING);
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.EMPTY);
    engine()
        .locks()
        .hold(
            "tour-job:42",
            Duration.ofSeconds(60),
            held -> {
              look();
              assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
              assertThat(data().held()).extracting(LockLease::token).containsExactly(held.token());
              return held;
            });
    look();
    assertThat(data().held()).isEmpty();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.READY);
    assertThat(data().statistics().types())
        .extracting(LockFigures::type)
        .containsExactly("tour-job");
  }

  @Test
  void theOtherSpanIsAskedForAndWhatWasAskedForBeforeIsNotShownForIt() {
    bench
        .database()
        .people()
        .run(tx ->
            tx.locks()
                .measured(
                    List.of(new WaitCount("a", null, WaitCount.Outcome.ACQUIRED, 3, 4, 1, 800))));
    database.execute("UPDATE lock_wait SET hour_at = hour_at - interval '30' hour");
    model.refresh();
    model.spanProperty().set(Span.WEEK);
    arrive();
    assertThat(data().statistics().hours()).isEqualTo(168);
    assertThat(data().statistics().types()).hasSize(1);
    model.spanProperty().set(Span.DAY);
    arrive();
    assertThat(data().statistics().types()).isEmpty();
  }

  @Test
  void aFailureIsShownOnlyWhereNothingWasRead() {
    database.execute("DROP TABLE lock_wait");
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.FAILED);
    assertThat(model.failureProperty().get()).contains("lock_wait");
  }

  @Test
  void whatStaysInSightStaysThoughTheNextLookFails() {
    look();
    database.execute("DROP TABLE lock_wait");
    look();
    assertThat(model.stateProperty().get()).isEqualTo(ListState.EMPTY);
    assertThat(model.failureProperty().get()).isNotEmpty();
  }

  @Test
  void timesAndFiguresInWords() {
    assertThat(words.time(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(words.time(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    assertThat(words.time(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
    assertThat(words.time(Duration.ofSeconds(-1))).isEqualTo("0 s");
    assertThat(words.left(lease(), Duration.ofSeconds(10))).isEqualTo("5 s");
    assertThat(words.left(lease(), Duration.ofSeconds(20))).isEqualTo("−5 s");
    assertThat(words.state(lease())).isEqualTo("in force");
    assertThat(words.millis(0.12)).isEqualTo("0.1 ms");
    assertThat(words.millis(1234.5)).isEqualTo("1,235 ms");
    assertThat(words.share(0, 0)).isEqualTo("0");
    assertThat(words.share(12, 4.57)).isEqualTo("12 (4.6 %)");
    assertThat(
            words.alert(
                new LockStatistics.Alert(new LockFigures("tour-job", 20, 2, 5, 1, 2, 3), 5)))
        .startsWith("Alert: tour-job timed out 2 of 20 times");
  }

  private static LockLease lease() {
    return new LockLease(
        "a:1",
        "a",
        "editor",
        "host:1",
        1,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(15),
        Duration.ZERO,
        Duration.ofSeconds(15),
        0,
        true);
  }

  private LocksData data() {
    return java.util.Objects.requireNonNull(model.dataProperty().get());
  }
}
