package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Tours and their checkpoints: what may be done with them, and how changes of several people come
/// together.
class ToursTest {
  abstract static class Contract extends TourContract {
    @Test
    void aTourIsMadeOnceWhateverIsRepeated() {
      NewTour wanted = TourBench.of("Night round", 3, tours.now().plusSeconds(3600));
      Tour first = tours.tours().make(wanted).tour();
      assertThat(tours.tours().make(wanted).made()).isFalse();
      assertThat(tours.tours().make(wanted).tour()).isEqualTo(first);
      assertThat(first.status()).isEqualTo(TourStatus.ASSIGNED);
      assertThat(first.progress()).isEqualTo(new Tour.Progress(3, 0, 2, 0));
      assertThat(tours.checkpoints(first.id()))
          .extracting(Checkpoint::name)
          .containsExactly("Door 1", "Door 2", "Door 3");
      // Without a time it may be made anew once it has ended.
      NewTour whenever = TourBench.of("Whenever", 1, null);
      Tour once = tours.tours().make(whenever).tour();
      assertThat(tours.tours().make(whenever).made()).isFalse();
      tours.stepped(once.id(), TourStatus.INPROGRESS, "A-1");
      done(tours.complete(tours.checkpoints(once.id()).getFirst()));
      tours.stepped(once.id(), TourStatus.COMPLETED, null);
      assertThat(tours.tours().make(whenever).made()).isTrue();
    }

    @Test
    void aCheckpointAndItsTourChangeInOneGo() {
      Tour tour = tours.made("Night round", 4);
      Checkpoint seen = tours.checkpoints(tour.id()).getFirst();
      TourView after = done(tours.complete(seen));
      assertThat(after.tour().progress()).isEqualTo(new Tour.Progress(4, 1, 2, 1));
      assertThat(after.tour().revision()).isEqualTo(tour.revision() + 1);
      Checkpoint now = after.checkpoints().getFirst();
      assertThat(now.status()).isEqualTo(TourStatus.COMPLETED);
      assertThat(now.revision()).isEqualTo(2);
      assertThat(after.tour().modifiedAt()).isEqualTo(now.modifiedAt());
      AuditEntry last = after.audit().getFirst();
      assertThat(last.action()).isEqualTo("checkpoint.updated");
      assertThat(last.before().path("status").asString()).isEqualTo("ASSIGNED");
      assertThat(last.after().path("status").asString()).isEqualTo("COMPLETED");
      assertThat(last.after().path("name").asString()).isEqualTo("Door 1");
      assertThat(last.lockWaitMillis()).isNotNegative();
      assertThat(last.at()).isAfterOrEqualTo(now.modifiedAt());
      // Back again: the count goes down.
      done(tours.change(now, CheckpointField.STATUS, "INPROGRESS"));
      assertThat(tours.find(tour.id()).progress()).isEqualTo(new Tour.Progress(4, 0, 2, 0));
      assertThat(bench.engine().audit().verify().holds()).isTrue();
    }

    @Test
    void differentFieldsMergeAndTheSameFieldIsAConflictWithBothValues() {
      Tour tour = tours.made("Night round", 2);
      Checkpoint seen = tours.checkpoints(tour.id()).getFirst();
      done(tours.change(seen, CheckpointField.REMARK, "lamp is out"));
      done(tours.change(seen, CheckpointField.READING, "21 °C"));
      done(tours.complete(seen));
      Checkpoint merged = tours.checkpoint(seen.id());
      assertThat(merged.values())
          .containsAllEntriesOf(
              Map.of(
                  CheckpointField.REMARK,
                  "lamp is out",
                  CheckpointField.READING,
                  "21 °C",
                  CheckpointField.STATUS,
                  "COMPLETED"));
      assertThat(merged.revision()).isEqualTo(4);
      TourOutcome<TourView> late =
          tours
              .tours()
              .updateCheckpoint(
                  new CheckpointChange(
                      seen.id(),
                      seen.revision(),
                      Map.of(CheckpointField.REMARK, "door is open", CheckpointField.SCAN, "D-1")));
      assertThat(late).isInstanceOf(TourOutcome.Conflicting.class);
      FieldConflict conflict = ((TourOutcome.Conflicting<TourView>) late).conflicts().getFirst();
      assertThat(conflict.mine()).isEqualTo("door is open");
      assertThat(conflict.theirs()).isEqualTo("lamp is out");
      assertThat(conflict.by()).isEqualTo(merged.modifiedBy());
      assertThat(conflict.revision()).isEqualTo(4);
      // All or nothing: the field that would have merged is not written either.
      assertThat(tours.checkpoint(seen.id())).isEqualTo(merged);
      // Who has seen theirs and goes over it names their revision.
      done(
          tours
              .tours()
              .updateCheckpoint(
                  new CheckpointChange(
                      seen.id(),
                      conflict.revision(),
                      Map.of(CheckpointField.REMARK, "door is open"))));
      assertThat(tours.checkpoint(seen.id()).value(CheckpointField.REMARK))
          .isEqualTo("door is open");
    }

    @Test
    void aRepeatChangesNothing() {
      Tour tour = tours.made("Night round", 2);
      Checkpoint seen = tours.checkpoints(tour.id()).getFirst();
      done(tours.complete(seen));
      long rows = database.count("SELECT count(*) FROM audit_entry");
      TourOutcome<TourView> again = tours.complete(seen);
      assertThat(again).isInstanceOf(TourOutcome.Done.class);
      assertThat(((TourOutcome.Done<TourView>) again).changed()).isFalse();
      Tour moved = tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      TourOutcome<TourView> repeated =
          tours
              .tours()
              .transition(tour.id(), TourStatus.INPROGRESS, moved.revision() - 1, "A-1", null);
      assertThat(((TourOutcome.Done<TourView>) repeated).changed()).isFalse();
      assertThat(database.count("SELECT count(*) FROM audit_entry")).isEqualTo(rows + 1);

      // Nor does one by who never had the answer, when the tour has ended meanwhile.
      done(tours.complete(tours.checkpoints(tour.id()).getLast()));
      tours.stepped(tour.id(), TourStatus.COMPLETED, null);
      TourOutcome<TourView> late = tours.complete(seen);
      assertThat(late).isInstanceOf(TourOutcome.Done.class);
      assertThat(((TourOutcome.Done<TourView>) late).changed()).isFalse();
    }

    @Test
    void whoMovesATourThatAnotherMovedIsToldBothAndWhoChangedACheckpointIsNoHindrance() {
      Tour tour = tours.made("Night round", 2);
      tours.stepped(tour.id(), TourStatus.STANDBY, null);
      TourOutcome<TourView> late =
          tours.tours().transition(tour.id(), TourStatus.INPROGRESS, tour.revision(), "A-1", null);
      FieldConflict conflict = ((TourOutcome.Conflicting<TourView>) late).conflicts().getFirst();
      assertThat(conflict.mine()).isEqualTo("INPROGRESS");
      assertThat(conflict.theirs()).isEqualTo("STANDBY");
      Tour seen = tours.find(tour.id());
      done(tours.complete(tours.checkpoints(tour.id()).getFirst()));
      assertThat(
              tours
                  .tours()
                  .transition(tour.id(), TourStatus.INPROGRESS, seen.revision(), "A-1", null))
          .isInstanceOf(TourOutcome.Done.class);
    }

    @Test
    void whoStartsATourThatAnotherStartedWithAnotherScanIsToldThatHisLost() {
      Tour tour = tours.made("Night round", 2);
      tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      TourOutcome<TourView> late = start(tour, "A-2");
      assertThat(late).isInstanceOf(TourOutcome.Conflicting.class);
      FieldConflict conflict = ((TourOutcome.Conflicting<TourView>) late).conflicts().getFirst();
      assertThat(conflict.field()).isEqualTo(CheckpointField.SCAN);
      assertThat(conflict.of().kind()).isEqualTo(JobKind.TOUR);
      assertThat(conflict.mine()).isEqualTo("A-2");
      assertThat(conflict.theirs()).isEqualTo("A-1");
      assertThat(conflict.at()).isEqualTo(tours.find(tour.id()).modifiedAt());
      assertThat(tours.find(tour.id()).scan()).isEqualTo("A-1");
      // A repeat with the same scan, or by who scanned nothing, is still none.
      for (String scan : new String[] {"A-1", " A-1 ", null}) {
        assertThat(start(tour, scan))
            .isInstanceOfSatisfying(
                TourOutcome.Done.class, done -> assertThat(done.changed()).isFalse());
      }
      // Nor is a repeat of going back to the start, which forgets what was scanned.
      Tour put = tours.stepped(tour.id(), TourStatus.STANDBY, null);
      tours.stepped(tour.id(), TourStatus.ASSIGNED, "A-3");
      assertThat(
              tours.tours().transition(tour.id(), TourStatus.ASSIGNED, put.revision(), "A-3", null))
          .isInstanceOf(TourOutcome.Done.class);
    }

    private TourOutcome<TourView> start(Tour seen, @Nullable String scan) {
      return tours
          .tours()
          .transition(seen.id(), TourStatus.INPROGRESS, seen.revision(), scan, null);
    }

    @Test
    void aRehearsalSaysWhatAChangeWouldComeToAndWritesNothing() {
      Tour tour = tours.made("Night round", 2);
      Checkpoint seen = tours.checkpoints(tour.id()).getFirst();
      Map<CheckpointField, String> wanted =
          Map.of(CheckpointField.REMARK, "mine", CheckpointField.STATUS, "ASSIGNED");
      assertThat(rehearse(tour, seen, wanted))
          .isEqualTo(
              new TourOutcome.Done<>(Map.of(seen, Map.of(CheckpointField.REMARK, "mine")), true));
      assertThat(tours.checkpoint(seen.id())).isEqualTo(seen);
      done(tours.change(seen, CheckpointField.REMARK, "theirs"));
      assertThat(rehearse(tour, seen, wanted)).isInstanceOf(TourOutcome.Conflicting.class);
      assertThat(rehearse(tour, seen, Map.of(CheckpointField.STATUS, "LOST")))
          .isInstanceOf(TourOutcome.Refused.class);
      Tour other = tours.made("Other", 1);
      assertThat(rehearse(other, seen, wanted)).isInstanceOf(TourOutcome.Refused.class);
    }

    private TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> rehearse(
        Tour tour, Checkpoint seen, Map<CheckpointField, String> values) {
      return tours
          .tours()
          .rehearse(tour.id(), List.of(new CheckpointChange(seen.id(), seen.revision(), values)));
    }

    /// Where locks are no leases the wait for the process's own queue is one all the same.
    @Test
    void theAuditHasTheWaitForALocalLock() throws Exception {
      try (Bench local = TourRacesTest.bench(database.open(), false)) {
        var here = new TourBench(local);
        Tour tour = here.made("Night round", 1);
        Checkpoint seen = here.checkpoints(tour.id()).getFirst();
        var change = new CompletableFuture<TourOutcome<TourView>>();
        var writer = new Thread(() -> change.complete(here.complete(seen)), "writer");
        local
            .engine()
            .locks()
            .hold(
                "tour-job:" + tour.id(),
                Duration.ofMinutes(10),
                held -> {
                  writer.start();
                  await("the writer waits for the lock").until(() -> inside(writer, "Gates"));
                  long until = System.nanoTime() + Duration.ofMillis(20).toNanos();
                  await("so long a wait that it is told from none")
                      .until(() -> System.nanoTime() > until);
                  return change.isDone();
                });
        TourView after = done(change.get(60, TimeUnit.SECONDS));
        assertThat(after.audit().getFirst().action()).isEqualTo("checkpoint.updated");
        assertThat(after.audit().getFirst().lockWaitMillis()).isGreaterThanOrEqualTo(20);
      }
    }

    private static ConditionFactory await(String what) {
      return Awaitility.await(what).atMost(Duration.ofSeconds(60));
    }

    private static boolean inside(Thread thread, String simpleName) {
      return Stream.of(thread.getStackTrace())
          .anyMatch(f -> f.getClassName().endsWith("." + simpleName));
    }

    @Test
    void aBulkOfFiveHundredIsOneChangeAndOneBadOneStopsItAndIsNamed() {
      Tour tour = tours.made("Large site", 500);
      List<Checkpoint> all = tours.checkpoints(tour.id());
      List<CheckpointChange> changes = new ArrayList<>();
      for (Checkpoint c : all) {
        changes.add(
            new CheckpointChange(
                c.id(), c.revision(), Map.of(CheckpointField.STATUS, "COMPLETED")));
      }
      Checkpoint bad = all.get(249);
      done(tours.change(bad, CheckpointField.STATUS, "MAINTENANCE"));
      Tour before = tours.find(tour.id());
      TourOutcome<TourView> conflict = tours.tours().updateCheckpoints(tour.id(), changes);
      assertThat(((TourOutcome.Conflicting<TourView>) conflict).conflicts())
          .singleElement()
          .satisfies(c -> assertThat(c.of().name()).isEqualTo("Door 250"));
      changes.set(
          249, new CheckpointChange(bad.id(), 2, Map.of(CheckpointField.STATUS, "STANDBY")));
      assertThat(
              ((TourOutcome.Refused<TourView>) tours.tours().updateCheckpoints(tour.id(), changes))
                  .refusal())
          .satisfies(r -> {
            assertThat(r.code()).isEqualTo("bad_value");
            assertThat(r.message()).contains(bad.id().toString(), "STANDBY");
          });
      // A step that there is not, from the status it has by now.
      done(tours.change(tours.checkpoint(bad.id()), CheckpointField.STATUS, "COMPLETED"));
      changes.set(
          249, new CheckpointChange(bad.id(), 3, Map.of(CheckpointField.STATUS, "ASSIGNED")));
      TourOutcome<TourView> invalid = tours.tours().updateCheckpoints(tour.id(), changes);
      assertThat(((TourOutcome.Invalid<TourView>) invalid).why().of().name()).isEqualTo("Door 250");
      UUID stranger = tours.checkpoints(tours.made("Other", 1).id()).getFirst().id();
      changes.set(
          249, new CheckpointChange(stranger, 1, Map.of(CheckpointField.STATUS, "COMPLETED")));
      assertThat(
              ((TourOutcome.Refused<TourView>) tours.tours().updateCheckpoints(tour.id(), changes))
                  .refusal()
                  .message())
          .contains(stranger.toString());
      assertThat(tours.find(tour.id()).progress().done()).isEqualTo(1);
      assertThat(tours.find(tour.id()).revision()).isEqualTo(before.revision() + 1);
      changes.remove(249);
      TourView done = done(tours.tours().updateCheckpoints(tour.id(), changes));
      assertThat(done.tour().progress().done()).isEqualTo(500);
      assertThat(done.tour().revision()).isEqualTo(before.revision() + 2);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE entity_version = "
                      + done.tour().revision()
                      + " AND entity_id = '"
                      + tour.id()
                      + "'"))
          .isEqualTo(499);
    }

    @Test
    void listsShowWhatIsAskedFor() {
      Tour open = tours.made("Night round", 2);
      Tour overdue = tours.expired("Morning round", 2);
      Tour ended = at(TourStatus.COMPLETED);
      assertThat(tours.tours().order(new TourQuery(TourQuery.Show.OPEN, "")))
          .containsExactlyInAnyOrder(open.id(), overdue.id());
      assertThat(tours.tours().order(new TourQuery(TourQuery.Show.OVERDUE, "")))
          .containsExactly(overdue.id());
      assertThat(tours.tours().order(new TourQuery(TourQuery.Show.ENDED, "")))
          .containsExactly(ended.id());
      assertThat(tours.tours().order(new TourQuery(TourQuery.Show.ALL, "NIGHT gate")))
          .containsExactly(open.id());
      assertThat(tours.find(overdue.id()).overdue()).isTrue();
      assertThat(tours.find(open.id()).overdue()).isFalse();
      assertThat(bench.engine().counts().openTours()).isEqualTo(2);
    }
  }

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
}
