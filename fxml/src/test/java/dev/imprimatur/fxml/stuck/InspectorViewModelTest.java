package dev.imprimatur.fxml.stuck;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchActions.Preview;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.StuckBatches.Show;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A batch and the decisions on it without a window: calls run at once, results arrive when the
/// test lets them.
class InspectorViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final Notices notices = new Notices();
  private TestDatabase database;
  private Bench bench;
  private StuckViewModel list;
  private InspectorViewModel model;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
    var texts = Texts.standard();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
    list = new StuckViewModel(assessment().stuck(), tasks, texts);
    model =
        new InspectorViewModel(
            assessment(), tasks, texts, new DecisionWords(texts, ZoneOffset.UTC), notices);
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private Assessment assessment() {
    return bench.engine().assessment();
  }

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  private UUID batch() {
    var wanted =
        new NewBatch(
            "essays",
            null,
            Batch.Judging.EXTERNAL,
            8,
            80,
            IntStream.range(0, 4)
                .<NewBatch.Text>mapToObj(
                    i -> new NewBatch.Text.Own("text " + i, MediaType.PLAIN, "Words " + i + "."))
                .toList());
    UUID id = decided(assessment().batches().create(wanted)).batch().id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> find(id).state() == Batch.State.WAITING_CALLBACKS);
    return id;
  }

  private Batch find(UUID id) {
    return assessment().batches().find(id).orElseThrow();
  }

  private Preview preview(Action action) {
    List<Preview> previews = new ArrayList<>();
    model.preview(action, Set.of(), (preview, seen) -> previews.add(preview));
    arrive();
    return previews.getFirst();
  }

  @Test
  void whatIsNotOfferedSaysWhy() {
    assertThat(model.gatesProperty().get().of(Action.WAIT)).isEqualTo("Choose a batch.");
    model.open(batch());
    arrive();
    var gates = model.gatesProperty().get();
    assertThat(gates.of(Action.CLOSE)).startsWith("No answer is in");
    assertThat(gates.of(Action.FINALISE)).startsWith("Too little is in: 0 of 8");
    assertThat(gates.of(Action.REREQUEST)).isEmpty();
    assertThat(gates.common()).isEmpty();
    assertThat(model.dataProperty().get().detail().outstanding()).hasSize(8);
  }

  @Test
  void aDryRunChangesNothingAndADecisionIsReadAgain() {
    UUID id = batch();
    model.open(id);
    arrive();
    long revision = find(id).progress().revision();
    Preview preview = preview(Action.REREQUEST);
    assertThat(preview.pairs()).isEqualTo(8);
    assertThat(find(id).progress().revision()).isEqualTo(revision);
    model.act(preview, Set.of(), null);
    assertThat(model.gatesProperty().get().of(Action.WAIT))
        .isEqualTo("Something is being decided.");
    arrive();
    Notice told = notices.noticeProperty().get();
    assertThat(told.kind()).isEqualTo(Notice.Kind.DONE);
    assertThat(told.detail())
        .isEqualTo(
            "Read again after the commit: Waiting for answers, 0 of 8 (0 %%), revision %d."
                .formatted(revision + 1));
    assertThat(model.dataProperty().get().batch()).isEqualTo(find(id));
  }

  @Test
  void whatWasDecidedMeanwhileStandsBesideWhatWasWanted() {
    UUID id = batch();
    model.open(id);
    arrive();
    Preview preview = preview(Action.CANCEL);
    decided(assessment().actions().act(new Order(id, Action.FAIL, null, "broken", Set.of())));
    model.act(preview, Set.of(), "no longer wanted");
    arrive();
    Notice told = notices.noticeProperty().get();
    assertThat(told.kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(told.mine()).containsExactly("Cancel the batch: “essays”");
    assertThat(told.theirs()).hasSize(3).last().isEqualTo("Reason: broken");
    assertThat(find(id).state()).isEqualTo(Batch.State.FAILED);
    assertThat(model.gatesProperty().get().common()).startsWith("It has ended");
  }

  @Test
  void theListIsWhatIsAskedFor() {
    UUID id = batch();
    list.refresh();
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    list.showProperty().set(Show.OPEN);
    arrive();
    assertThat(list.list().ids()).containsExactly(id);
    decided(assessment().actions().act(new Order(id, Action.CANCEL, null, "no", Set.of())));
    list.refresh();
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.EMPTY);
    list.showProperty().set(Show.FAILED);
    arrive();
    assertThat(list.list().ids()).containsExactly(id);
  }
}
