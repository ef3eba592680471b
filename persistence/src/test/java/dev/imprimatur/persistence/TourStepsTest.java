package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.Transition;
import dev.imprimatur.engine.tour.TransitionTable;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The steps of tours and checkpoints, each with its guard: by the code, and by plain SQL, which
/// can take no other.
class TourStepsTest {
  abstract static class Contract extends TourContract {
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
