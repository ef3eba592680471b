package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.Transition;
import dev.imprimatur.engine.tour.TransitionTable;
import java.sql.SQLException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Tours and their checkpoints: what may be done with them, how changes of several people come
/// together, and what the database refuses whatever code runs.
class ToursTest {
  abstract static class Contract extends BenchContract {
    TourBench tours;

    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    @BeforeEach
    void openTours() {
      tours = new TourBench(bench);
    }

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

    /// A tour with this status, by steps that there are.
    Tour at(TourStatus status) {
      return at(status, status == TourStatus.AUTOCLOSED);
    }

    Tour at(TourStatus status, boolean expired) {
      Tour tour =
          expired
              ? tours.expired("T" + UUID.randomUUID(), 2)
              : tours.made("T" + UUID.randomUUID(), 2);
      switch (status) {
        case ASSIGNED -> {}
        case INPROGRESS -> tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
        case PARTIALLYCOMPLETED -> {
          tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
          tours.stepped(tour.id(), TourStatus.PARTIALLYCOMPLETED, null);
        }
        case COMPLETED -> {
          tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
          done(tours.complete(tours.checkpoints(tour.id()).getFirst()));
          tours.stepped(tour.id(), TourStatus.COMPLETED, null);
        }
        case AUTOCLOSED, STANDBY, MAINTENANCE -> tours.stepped(tour.id(), status, null);
      }
      return tours.find(tour.id());
    }

    @Test
    void everyPairOfStatusesPassesOrIsRefusedByName() {
      for (TourStatus from : TourStatus.values()) {
        for (TourStatus to : TourStatus.values()) {
          Transition known = TransitionTable.find(JobKind.TOUR, from, to).orElse(null);
          if (known == null) {
            InvalidTransition why = invalid(tours.step(at(from).id(), to, "A-2"));
            assertThat(List.of(why.from(), why.to())).containsExactly(from, to);
            assertThat(why.message()).contains(from.name(), to.name());
            assertThat(why.satisfiedBy()).isNotBlank();
            assertThat(why.refusal().code()).isEqualTo("invalid_transition");
          } else {
            if (known.guard() != Guard.NONE) {
              Tour without = prepared(from, known.guard(), false);
              InvalidTransition why = invalid(tours.step(without.id(), to, null));
              assertThat(why.guard()).isEqualTo(known.guard());
              assertThat(why.satisfiedBy()).isEqualTo(known.guard().unblock(from));
              // It does not advise to become what it is.
              assertThat(why.satisfiedBy()).doesNotContain("choose " + from);
              assertThat(why.message()).contains(from.name(), to.name());
            }
            Tour with = prepared(from, known.guard(), true);
            String scan = known.guard() == Guard.ASSET_SCANNED ? "A-2" : null;
            assertThat(tours.stepped(with.id(), to, scan).status()).isEqualTo(to);
          }
        }
      }
    }

    /// A tour with this status for which a guard holds, or does not.
    private Tour prepared(TourStatus from, Guard guard, boolean holds) {
      Tour tour = at(from, guard == Guard.EXPIRED && holds);
      boolean complete =
          (guard == Guard.MANDATORY_DONE && holds) || (guard == Guard.MANDATORY_OPEN && !holds);
      if (complete) {
        done(tours.complete(tours.checkpoints(tour.id()).getFirst()));
      }
      return tours.find(tour.id());
    }

    static InvalidTransition invalid(TourOutcome<TourView> outcome) {
      if (outcome instanceof TourOutcome.Invalid<TourView> i) {
        return i.why();
      }
      throw new AssertionError("not invalid: " + outcome);
    }

    @Test
    void everyPairOfACheckpointsStatusesPassesOrIsRefusedByName() {
      List<TourStatus> statuses = TransitionTable.statuses(JobKind.CHECKPOINT);
      Tour tour = tours.made("Pairs", statuses.size() * statuses.size());
      List<Checkpoint> points = tours.checkpoints(tour.id());
      int next = 0;
      for (TourStatus from : statuses) {
        for (TourStatus to : statuses) {
          Checkpoint point = points.get(next++);
          if (from != TourStatus.ASSIGNED) {
            done(tours.change(point, CheckpointField.STATUS, from.name()));
            point = tours.checkpoint(point.id());
          }
          TourOutcome<TourView> outcome = tours.change(point, CheckpointField.STATUS, to.name());
          if (from == to) {
            assertThat(((TourOutcome.Done<TourView>) outcome).changed()).isFalse();
          } else if (TransitionTable.find(JobKind.CHECKPOINT, from, to).isPresent()) {
            assertThat(tours.checkpoint(point.id()).status()).isEqualTo(to);
          } else {
            assertThat(((TourOutcome.Invalid<TourView>) outcome).why().message())
                .contains(point.name(), from.name(), to.name());
          }
        }
      }
    }

    @Test
    void everyStatusOffersItsStepsOrSaysWhyNot() {
      Tour tour = tours.made("Night round", 2);
      for (TourView.Option option : tours.tours().view(tour.id()).orElseThrow().options()) {
        TourOutcome<TourView> tried =
            tours.step(tours.made("T" + option.to(), 2).id(), option.to(), null);
        assertThat(tried instanceof TourOutcome.Done).as("%s", option).isEqualTo(option.open());
        if (!option.open()) {
          assertThat(((TourOutcome.Invalid<TourView>) tried).why().guard())
              .isEqualTo(option.refusal().guard());
        }
      }
    }

    @Test
    void whatHasEndedStaysAsItIsWithItsCheckpoints() {
      Tour tour = at(TourStatus.COMPLETED);
      Checkpoint open = tours.checkpoints(tour.id()).getLast();
      assertThat(((TourOutcome.Refused<TourView>) tours.complete(open)).refusal().code())
          .isEqualTo("tour_ended");
      refusedBySql(
          "UPDATE tour_job SET status = 'COMPLETED', revision = revision + 1 WHERE id = '"
              + open.id()
              + "'");
      refusedBySql(
          "UPDATE tour_job SET status = 'INPROGRESS', revision = revision + 1 WHERE id = '"
              + tour.id()
              + "'");
      refusedBySql("DELETE FROM tour_job WHERE id = '" + open.id() + "'");
    }

    @Test
    void theDatabaseRefusesWhatTheCodeWouldNeverWrite() {
      Tour tour = tours.made("Night round", 2);
      Checkpoint point = tours.checkpoints(tour.id()).getFirst();
      String set = "UPDATE tour_job SET revision = revision + 1, ";
      String here = " WHERE id = '" + tour.id() + "'";
      String there = " WHERE id = '" + point.id() + "'";
      refusedBySql(set + "status = 'LOST'" + here);
      refusedBySql(set + "type = 'WEEKLY'" + here);
      refusedBySql(set + "kind = 'CHECKPOINT'" + here);
      refusedBySql(set + "parent_id = '" + point.id() + "', parent_kind = 'TOUR'" + here);
      refusedBySql(set + "parent_id = NULL, parent_kind = NULL" + there);
      refusedBySql(set + "expires_at = NULL" + here);
      refusedBySql(set + "done = 3" + here);
      refusedBySql("UPDATE tour_job SET remark = 'lost'" + there);
      refusedBySql(set + "modified_at = modified_at - INTERVAL '1' SECOND" + there);
      refusedBySql(set + "modified_at = modified_at + INTERVAL '1' DAY" + here);
      refusedBySql("UPDATE tour_job SET remark = 'x', revision = revision + 2" + there);
      // Steps that there are, and their guards.
      refusedBySql(set + "status = 'INPROGRESS'" + here);
      refusedBySql(set + "status = 'COMPLETED', scan = 'A-1'" + here);
      refusedBySql(set + "status = 'AUTOCLOSED'" + here);
      refusedBySql(set + "status = 'STANDBY'" + there);
      refusedBySql(insert("'CHECKPOINT', NULL, NULL, 1", "ASSIGNED"));
      refusedBySql(insert("'CHECKPOINT', '" + UUID.randomUUID() + "', 'TOUR', 1", "ASSIGNED"));
      refusedBySql(insert("'CHECKPOINT', '" + point.id() + "', 'TOUR', 1", "ASSIGNED"));
      refusedBySql(insert("'CHECKPOINT', '" + point.id() + "', 'CHECKPOINT', 1", "ASSIGNED"));
      refusedBySql(insert("'CHECKPOINT', '" + tour.id() + "', 'TOUR', 9", "COMPLETED"));
      assertThat(tours.find(tour.id())).isEqualTo(tour);
    }

    private String insert(String what, String status) {
      return "INSERT INTO tour_job (id, kind, parent_id, parent_kind, position_no, identifier, status, mandatory,"
          + " created_at, modified_at, modified_by) VALUES ('"
          + UUID.randomUUID()
          + "', "
          + what
          + ", 'x', '"
          + status
          + "', true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'x')";
    }

    /// The steps that plain SQL can take are those of the table, whatever their guards say.
    @Test
    void plainSqlTakesTheStepsOfTheTableAndNoOther() {
      for (TourStatus from : TourStatus.values()) {
        for (TourStatus to : TourStatus.values()) {
          if (from == to) {
            continue;
          }
          Tour tour = at(from, from == TourStatus.AUTOCLOSED || to == TourStatus.AUTOCLOSED);
          if (!tour.ended()) {
            tours
                .checkpoints(tour.id())
                .forEach(c -> {
                  if (c.mandatory()) {
                    done(tours.complete(c));
                  }
                });
          }
          String sql =
              "UPDATE tour_job SET revision = revision + 1, status = '"
                  + to
                  + "', scan = "
                  + (to == TourStatus.ASSIGNED ? "NULL" : "'A-1'")
                  + " WHERE id = '"
                  + tour.id()
                  + "'";
          if (TransitionTable.find(JobKind.TOUR, from, to).isPresent()) {
            assertThat(database.execute(sql)).as("%s to %s", from, to).isOne();
          } else {
            refusedBySql(sql);
          }
        }
      }
    }

    void refusedBySql(String sql) {
      assertThatThrownBy(() -> database.execute(sql))
          .as(sql)
          .hasCauseInstanceOf(SQLException.class)
          .cause()
          .extracting(e -> ((SQLException) e).getSQLState().substring(0, 2))
          .isIn("23", "42");
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
