package dev.imprimatur.fxml.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A tour and what is done with it without a window: calls run at once, results arrive when the
/// test lets them.
class TourViewModelTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final Notices notices = new Notices();

  /// Why what was typed was not written, as it is given back.
  private final List<String> kept = new ArrayList<>();

  private TestDatabase database;
  private Bench bench;
  private ToursViewModel list;
  private TourViewModel model;
  private UUID tour;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    var texts = Texts.standard();
    var tasks = new FxTasks(Runnable::run, arriving::add, (name, failure) -> {});
    list = new ToursViewModel(tours(), tasks, texts);
    model =
        new TourViewModel(tours(), tasks, texts, new DecisionWords(texts, ZoneOffset.UTC), notices);
    tour =
        tours()
            .make(
                new NewTour(
                    "Night round",
                    "Gate",
                    TourType.ADHOC,
                    null,
                    List.of(new NewTour.Point("Door", true), new NewTour.Point("Yard", false))))
            .tour()
            .id();
  }

  @AfterEach
  void close() {
    bench.close();
    database.close();
  }

  private Tours tours() {
    return bench.engine().tours();
  }

  private void arrive() {
    while (!arriving.isEmpty()) {
      arriving.remove().run();
    }
  }

  private Checkpoint door() {
    return tours().view(tour).orElseThrow().checkpoints().getFirst();
  }

  private Notice told() {
    Notice told = notices.noticeProperty().get();
    assertThat(told).isNotNull();
    return told;
  }

  @Test
  void whatIsNotOfferedSaysWhyAndAStepIsReadAgain() {
    assertThat(model.troubleProperty().get()).isEqualTo("Choose a tour.");
    model.open(tour);
    arrive();
    Map<TourStatus, String> closed = model.closed();
    assertThat(closed).doesNotContainKey(TourStatus.ASSIGNED);
    assertThat(closed.get(TourStatus.COMPLETED))
        .isEqualTo("There is no step from Assigned to Completed.");
    assertThat(closed.get(TourStatus.AUTOCLOSED)).isEqualTo("It never expires.");
    assertThat(closed.get(TourStatus.STANDBY)).isEmpty();
    // It is asked for with the step.
    assertThat(closed.get(TourStatus.INPROGRESS)).isEmpty();
    assertThat(model.asksForScan(TourStatus.INPROGRESS)).isTrue();
    assertThat(model.asksForScan(TourStatus.STANDBY)).isFalse();

    model.step(seen(), TourStatus.INPROGRESS, "A-1", kept::add);
    assertThat(model.closed().get(TourStatus.COMPLETED)).isEqualTo("It is being changed.");
    arrive();
    assertThat(told().headline()).isEqualTo("“Night round” is now: In progress.");
    assertThat(told().detail()).startsWith("Read again after the commit: In progress, 0 of 2");
    assertThat(model.closed().get(TourStatus.COMPLETED))
        .isEqualTo("1 mandatory checkpoint is open.");
  }

  @Test
  void aStepOnATourThatAnotherMovedShowsBoth() {
    model.open(tour);
    arrive();
    tours().transition(tour, TourStatus.STANDBY, 1, null, null);
    model.step(seen(), TourStatus.MAINTENANCE, null, kept::add);
    arrive();
    assertThat(told().kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(told().mine()).containsExactly("In maintenance");
    assertThat(told().theirs()).containsExactly("On standby");
    assertThat(model.dataProperty().get().tour().status()).isEqualTo(TourStatus.STANDBY);
  }

  @Test
  void aConflictIsHandedToWhoAsksAndNothingIsWritten() {
    List<FieldConflict> asked = new ArrayList<>();
    model.onConflict((wanted, conflicts, again) -> asked.addAll(conflicts));
    model.open(tour);
    arrive();
    Checkpoint seen = door();
    tours()
        .updateCheckpoint(
            new CheckpointChange(seen.id(), 1, Map.of(CheckpointField.REMARK, "theirs")));
    model.change(
        new CheckpointChange(seen.id(), 1, Map.of(CheckpointField.REMARK, "mine")), kept::add);
    arrive();
    assertThat(asked)
        .singleElement()
        .satisfies(c -> {
          assertThat(c.mine()).isEqualTo("mine");
          assertThat(c.theirs()).isEqualTo("theirs");
        });
    assertThat(door().value(CheckpointField.REMARK)).isEqualTo("theirs");
    model.change(
        new CheckpointChange(
            seen.id(), asked.getFirst().revision(), Map.of(CheckpointField.REMARK, "mine")),
        kept::add);
    arrive();
    assertThat(told().headline()).isEqualTo("“Door” is changed.");
    assertThat(door().value(CheckpointField.REMARK)).isEqualTo("mine");
  }

  @Test
  void whoScannedSomethingElseThanWhoStartedItIsShownBothScans() {
    model.open(tour);
    arrive();
    tours().transition(tour, TourStatus.INPROGRESS, 1, "A-1", null);
    model.step(seen(), TourStatus.INPROGRESS, "A-2", kept::add);
    arrive();
    assertThat(told().kind()).isEqualTo(Notice.Kind.CONFLICT);
    assertThat(told().headline()).contains("another scan");
    assertThat(told().mine()).containsExactly("Scanned code: A-2");
    assertThat(told().theirs()).containsExactly("Scanned code: A-1");
  }

  @Test
  void whatIsRefusedIsGivenBackWithWhyInTheWindowsWords() {
    model.open(tour);
    arrive();
    Checkpoint seen = door();
    model.step(seen(), TourStatus.COMPLETED, null, kept::add);
    arrive();
    assertThat(kept).containsExactly("“Night round” can’t go from Assigned to Completed.");
    assertThat(told().detail()).isEqualTo("There is no step from Assigned to Completed.");
    kept.clear();
    tours().transition(tour, TourStatus.INPROGRESS, 1, "A-1", null);
    tours()
        .updateCheckpoint(
            new CheckpointChange(seen.id(), 1, Map.of(CheckpointField.STATUS, "COMPLETED")));
    tours().transition(tour, TourStatus.COMPLETED, 3, null, null);
    model.change(
        new CheckpointChange(seen.id(), 1, Map.of(CheckpointField.REMARK, "late")), kept::add);
    arrive();
    assertThat(kept).containsExactly("The tour has ended.");
    assertThat(told().kind()).isEqualTo(Notice.Kind.REFUSED);
    kept.clear();
    bench.database().close();
    model.change(
        new CheckpointChange(seen.id(), 1, Map.of(CheckpointField.REMARK, "late")), kept::add);
    arrive();
    assertThat(told().headline()).isEqualTo("That could not be written: " + kept.getFirst());
    assertThat(kept).hasSize(1);
    assertThat(model.actingProperty().get()).isFalse();
  }

  @Test
  void theListFollowsWhatIsAskedFor() {
    list.refresh();
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.READY);
    list.showProperty().set(TourQuery.Show.OVERDUE);
    arrive();
    assertThat(list.stateProperty().get()).isEqualTo(ListState.NO_MATCH);
    assertThat(list.blank()).isEqualTo("overdue");
    list.searchProperty().set("nowhere");
    arrive();
    assertThat(list.blank()).isEqualTo("no_match");
    list.showProperty().set(TourQuery.Show.ALL);
    list.searchProperty().set("gate night");
    arrive();
    assertThat(list.list().ids()).containsExactly(tour);
  }

  private TourView seen() {
    return java.util.Objects.requireNonNull(model.dataProperty().get());
  }
}
