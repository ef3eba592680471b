package dev.imprimatur.fxml.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.BatchActions;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Judging without a window: calls run at once, results arrive when the test lets them, and time
/// passes as the test says.
class JudgingViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private JudgingViewModel model;
  private long nanos = 1;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    model = model(bench, Runnable::run);
  }

  private JudgingViewModel model(Bench on, Executor background) {
    return new JudgingViewModel(
        on.engine().assessment().judging(),
        new FxTasks(background, arriving::add, (name, failure) -> {}),
        Texts.standard(),
        new DecisionWords(Texts.standard(), ZoneId.of("UTC")),
        notices,
        () -> nanos);
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private HumanDesk desk() {
    return bench.engine().assessment().judging();
  }

  private UUID batch(int total, int threshold) {
    var texts =
        IntStream.rangeClosed(1, 4)
            .<NewBatch.Text>mapToObj(
                i -> new NewBatch.Text.Own("text " + i, MediaType.MARKDOWN, "Text number " + i))
            .toList();
    UUID id =
        Bench.decided(
                bench
                    .engine()
                    .assessment()
                    .batches()
                    .create(new NewBatch("b", null, Judging.HUMAN, total, threshold, texts)))
            .batch()
            .id();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> find(id).state() == Batch.State.WAITING_CALLBACKS);
    return id;
  }

  private Batch find(UUID id) {
    return bench.engine().assessment().batches().find(id).orElseThrow();
  }

  private JudgeTimes mine(UUID batch) {
    return desk().judges(batch).getFirst();
  }

  private void begin(UUID batch) {
    model.begin(batch);
    arrive();
    assertThat(model.placeProperty().get()).isEqualTo(Place.PAIR);
    pass(Duration.ofSeconds(1));
  }

  @Test
  void withoutBatchesItSaysSoAndWithOneItOffersIt() {
    model.refresh();
    arrive();
    assertThat(model.placeProperty().get()).isEqualTo(Place.EMPTY);
    batch(6, 100);
    model.refresh();
    arrive();
    assertThat(model.placeProperty().get()).isEqualTo(Place.CHOOSE);
    assertThat(model.batches()).singleElement().satisfies(b -> assertThat(b.free()).isEqualTo(6));
  }

  @Test
  void theNextPairIsThereAtOnceAndADoublePressDoesNotDecideIt() {
    UUID batch = batch(6, 100);
    begin(batch);
    UUID first = model.pairProperty().get().correlationId();
    model.decide(Answer.FIRST);
    assertThat(model.pairProperty().get().correlationId())
        .as("in sight before anything has arrived")
        .isNotEqualTo(first);
    model.decide(Answer.FIRST);
    pass(Sight.TOO_SOON.minusMillis(1));
    model.decide(Answer.SECOND);
    model.skip(null);
    arrive();
    assertThat(find(batch).counts().completed()).isEqualTo(1);
    pass(Duration.ofMillis(1));
    model.decide(Answer.SECOND);
    arrive();
    assertThat(find(batch).counts().completed()).isEqualTo(2);
  }

  @Test
  void timeInWhichThePairWasOutOfSightIsNotDecisionTime() {
    UUID batch = batch(6, 100);
    model.begin(batch);
    arrive();
    pass(Duration.ofMillis(1500));
    model.away(true);
    pass(Duration.ofMinutes(30));
    model.away(false);
    pass(Duration.ofMillis(700));
    model.decide(Answer.TIE);
    arrive();
    assertThat(mine(batch).medianMillis()).hasValue(2200);
    assertThat(model.progressProperty().get().mine().medianMillis()).hasValue(2200);
  }

  @Test
  void whatCantBeStoredIsKeptAndHandedInAgain() {
    UUID batch = batch(6, 100);
    boolean[] broken = {false};
    try (Bench seen =
        Bench.through(
            database.open(),
            access ->
                Shattering.over(
                    access,
                    () -> {
                      if (broken[0]) {
                        throw new StoreException.Unavailable(
                            "the server closed the connection", null);
                      }
                    }))) {
      model = model(seen, Runnable::run);
      begin(batch);
      broken[0] = true;
      model.decide(Answer.FIRST);
      arrive();
      assertThat(model.unstoredProperty().get()).isEqualTo(1);
      assertThat(model.unstoredTroubleProperty().get()).contains("closed the connection");
      pass(Duration.ofSeconds(1));
      assertThat(model.decidable()).as("nothing more is decided before it is stored").isFalse();
      model.tick();
      arrive();
      assertThat(model.unstoredProperty().get()).isEqualTo(1);
      broken[0] = false;
      model.tick();
      arrive();
      assertThat(model.unstoredProperty().get()).isZero();
      assertThat(model.decidable()).isTrue();
      assertThat(find(batch).counts().completed()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotStoredWhenTheWindowGoesIsHandedInOnceMoreOrToldOf() {
    UUID batch = batch(6, 100);
    boolean[] broken = {false};
    try (Bench seen =
        Bench.through(
            database.open(),
            access ->
                Shattering.over(
                    access,
                    () -> {
                      if (broken[0]) {
                        throw new StoreException.Unavailable(
                            "the server closed the connection", null);
                      }
                    }))) {
      model = model(seen, Runnable::run);
      begin(batch);
      assertThat(model.last()).as("nothing is left").isEmpty();
      broken[0] = true;
      model.decide(Answer.FIRST);
      arrive();
      broken[0] = false;
      assertThat(model.last()).as("stored at last").isEmpty();
      assertThat(find(batch).counts().completed()).isEqualTo(1);

      model = model(seen, Runnable::run);
      begin(batch);
      broken[0] = true;
      model.decide(Answer.SECOND);
      arrive();
      assertThat(model.last())
          .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
          .contains("1 answer", "the server closed the connection");
      assertThat(find(batch).counts().completed()).isEqualTo(1);
    }
  }

  @Test
  void theLastAnswerIsTakenBackAndThePairInBetweenComesNext() {
    UUID batch = batch(6, 100);
    begin(batch);
    var first = model.pairProperty().get();
    model.decide(Answer.FIRST);
    arrive();
    var second = model.pairProperty().get();
    model.undo();
    arrive();
    assertThat(model.pairProperty().get().number()).isEqualTo(first.number());
    assertThat(model.pairProperty().get().correlationId()).isNotEqualTo(first.correlationId());
    assertThat(model.lastProperty().get()).isNull();
    assertThat(find(batch).counts().completed()).isZero();
    model.undo();
    assertThat(notices.noticeProperty().get().headline()).contains("nothing to take back");
    pass(Duration.ofSeconds(1));
    model.nextSureness();
    model.nextSureness();
    model.decide(Answer.SECOND);
    assertThat(model.pairProperty().get()).isEqualTo(second);
    assertThat(model.surenessProperty().get()).as("per pair").isEqualTo(Sureness.UNSAID);
    arrive();
    assertThat(database.count("SELECT count(*) FROM judgement WHERE confidence = 0.75"))
        .isEqualTo(1);
    assertThat(mine(batch).withdrawn()).isEqualTo(1);
  }

  @Test
  void takingBackWaitsForTheAnswerThatIsOnItsWay() {
    UUID batch = batch(6, 100);
    begin(batch);
    model.decide(Answer.FIRST);
    model.undo();
    arrive();
    assertThat(find(batch).counts().completed()).isZero();
    assertThat(mine(batch).withdrawn()).isEqualTo(1);
  }

  @Test
  void whoClosesTheWindowGivesPairsBack() {
    UUID batch = batch(2 + 1, 100);
    begin(batch);
    try (Bench editorB = Bench.on(database.openAs("editorB"))) {
      HumanDesk his = editorB.engine().assessment().judging();
      UUID third = Bench.decided(his.next(batch, Set.of())).orElseThrow().correlationId();
      assertThat(model.last()).isEmpty();
      assertThat(Bench.decided(his.next(batch, Set.of(third)))).as("two were mine").isPresent();
    }
  }

  @Test
  void whoLeavesGivesPairsBack() {
    UUID batch = batch(2 + 1, 100);
    begin(batch);
    try (Bench editorB = Bench.on(database.openAs("editorB"))) {
      HumanDesk his = editorB.engine().assessment().judging();
      UUID third = Bench.decided(his.next(batch, Set.of())).orElseThrow().correlationId();
      assertThat(Bench.decided(his.next(batch, Set.of(third)))).as("two are mine").isEmpty();
      model.leave();
      arrive();
      assertThat(model.placeProperty().get()).isEqualTo(Place.CHOOSE);
      assertThat(Bench.decided(his.next(batch, Set.of(third)))).isPresent();
    }
  }

  @Test
  void pairsThatAreWithOthersComeWhenTheyAreGivenBack() {
    UUID batch = batch(3, 100);
    try (Bench editorB = Bench.on(database.openAs("editorB"))) {
      HumanDesk his = editorB.engine().assessment().judging();
      Set<UUID> held = new java.util.HashSet<>();
      for (int i = 0; i < 3; i++) {
        held.add(Bench.decided(his.next(batch, held)).orElseThrow().correlationId());
      }
      model.begin(batch);
      arrive();
      assertThat(model.placeProperty().get()).isEqualTo(Place.OUT);
      assertThat(model.progressProperty().get().out()).isEqualTo(3);
      his.release(held);
      model.tick();
      arrive();
      assertThat(model.placeProperty().get()).isEqualTo(Place.PAIR);
    }
  }

  @Test
  void aBatchThatEndsWhileOneJudgesIsToldPlainly() {
    UUID batch = batch(6, 100);
    begin(batch);
    Bench.decided(
        bench
            .engine()
            .assessment()
            .actions()
            .act(
                new BatchActions.Order(
                    batch, BatchActions.Action.CANCEL, null, "not wanted", Set.of())));
    model.decide(Answer.FIRST);
    arrive();
    assertThat(notices.noticeProperty().get().headline()).contains("has ended");
    assertThat(find(batch).counts().completed()).isZero();
    assertThat(model.placeProperty().get()).isEqualTo(Place.UNRANKED);
  }
}
