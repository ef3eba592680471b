package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldChange;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What plain SQL can't do to tours, by those who may write them: forge what is counted, leave a
/// tour behind its checkpoints, slip in one that nobody counted, or say who changed a field.
class TourGuardsTest {
  abstract static class Contract extends TourContract {
    static final String SET = "UPDATE tour_job SET revision = revision + 1, ";

    int run(String user, String... statements) throws SQLException {
      try (Connection connection = database.plain(user);
          Statement statement = connection.createStatement()) {
        int changed = 0;
        for (String sql : statements) {
          changed += statement.executeUpdate(sql);
        }
        return changed;
      }
    }

    /// Refused with words that tell it from every other refusal.
    void refused(String user, String sql, String words) {
      assertThatThrownBy(() -> run(user, sql))
          .as(sql)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(words)
          .extracting(e -> ((SQLException) e).getSQLState().substring(0, 2))
          .isIn("23", "42");
    }

    static String where(UUID id) {
      return " WHERE id = '" + id + "'";
    }

    static String tour(UUID id, int checkpoints, int mandatory, int done) {
      return "INSERT INTO tour_job (id, kind, identifier, site, type, status, checkpoints, done, mandatory_all,"
          + " mandatory_done, import_key, created_at, modified_at, modified_by) VALUES ('"
          + id
          + "', 'TOUR', 'Forged', 'Gate', 'ADHOC', 'ASSIGNED', "
          + checkpoints
          + ", "
          + done
          + ", "
          + mandatory
          + ", 0, '"
          + id
          + "', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'x')";
    }

    static String checkpoint(UUID tour, int position) {
      return "INSERT INTO tour_job (id, kind, parent_id, parent_kind, position_no, identifier, status, mandatory,"
          + " created_at, modified_at, modified_by) VALUES ('"
          + UUID.randomUUID()
          + "', 'CHECKPOINT', '"
          + tour
          + "', 'TOUR', "
          + position
          + ", 'Stray', 'ASSIGNED', true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'x')";
    }

    @Test
    void aTourCountsWhatItsCheckpointsAre() throws SQLException {
      String words = "counts otherwise than its checkpoints are";
      Tour tour = tours.made("Night round", 3);
      tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      String here = where(tour.id());
      // Complete with open checkpoints, whichever count is forged.
      refused(
          kind().person(),
          SET + "status = 'COMPLETED', done = 2, mandatory_done = 2" + here,
          words);
      refused(kind().person(), SET + "done = 1" + here, words);
      Checkpoint door = tours.checkpoints(tour.id()).getFirst();
      done(tours.complete(door));
      refused(kind().person(), SET + "done = 0, mandatory_done = 0" + here, words);
      refused(kind().person(), SET + "done = 2" + here, words);
      refused(
          kind().person(),
          SET + "status = 'COMPLETED', mandatory_done = 2, done = 2" + here,
          words);
      assertThat(tours.find(tour.id()).status()).isEqualTo(TourStatus.INPROGRESS);
      // What is true may be written by anybody who may write.
      assertThat(
              run(kind().person(), SET + "done = 1, mandatory_done = 1, status = 'STANDBY'" + here))
          .isOne();
    }

    /// On PostgreSQL it is not made; H2 can't look once more at commit.
    @Test
    void aTourThatIsNotAsWholeAsItSaysGoesNowhere() throws SQLException {
      refused(
          kind().person(), tour(UUID.randomUUID(), 0, 0, 0), "begins with a checkpoint at least");
      refused(kind().person(), tour(UUID.randomUUID(), 2, 1, 1), "none done");
      UUID lacking = UUID.randomUUID();
      String alone = tour(lacking, 2, 1, 0);
      if (kind() == TestDatabase.Kind.POSTGRES) {
        refused(kind().person(), alone, "left with counts that are not those of its checkpoints");
        return;
      }
      run(kind().person(), alone, checkpoint(lacking, 1));
      String words = "counts otherwise than its checkpoints are";
      refused(kind().person(), SET + "status = 'STANDBY'" + where(lacking), words);
      run(kind().person(), checkpoint(lacking, 2));
      // Both are mandatory, and it says that one is.
      refused(kind().person(), SET + "status = 'STANDBY'" + where(lacking), words);
    }

    /// Whoever changes a checkpoint alone: PostgreSQL refuses it at commit, H2 brings the tour
    /// along.
    @Test
    void aCheckpointIsNotChangedWithoutItsTour() throws SQLException {
      Tour tour = tours.made("Night round", 2);
      Tour begun = tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      UUID door = tours.checkpoints(tour.id()).getFirst().id();
      String complete = SET + "status = 'COMPLETED'" + where(door);
      String later = SET + "modified_at = CURRENT_TIMESTAMP, modified_by = 'one'" + where(door);
      if (kind() == TestDatabase.Kind.POSTGRES) {
        refused(
            kind().person(), complete, "left with counts that are not those of its checkpoints");
        refused(kind().person(), later, "left older than its checkpoints");
        try (Connection connection = database.plain(kind().person());
            Statement statement = connection.createStatement()) {
          connection.setAutoCommit(false);
          statement.executeUpdate(complete);
          statement.executeUpdate(SET + "done = 1, mandatory_done = 1" + where(tour.id()));
          connection.commit();
        }
      } else {
        run(kind().person(), complete, later);
      }
      Tour after = tours.find(tour.id());
      assertThat(after.progress().done()).isOne();
      assertThat(after.modifiedAt()).isAfterOrEqualTo(tours.checkpoint(door).modifiedAt());
      if (kind() == TestDatabase.Kind.H2) {
        assertThat(after.revision()).isEqualTo(begun.revision());
        assertThat(after.modifiedBy()).isEqualTo("one");
      }
      // The tour goes on as it did.
      done(tours.complete(tours.checkpoints(tour.id()).getLast()));
      assertThat(tours.find(tour.id()).progress().done()).isEqualTo(2);
    }

    @Test
    void noCheckpointComesToATourThatHasItsOwn() throws SQLException {
      Tour fresh = tours.made("Fresh", 2);
      refused(kind().person(), checkpoint(fresh.id(), 3), "beyond the checkpoints of its tour");
      Tour begun = tours.made("Begun", 2);
      tours.stepped(begun.id(), TourStatus.INPROGRESS, "A-1");
      refused(kind().person(), checkpoint(begun.id(), 3), "comes too late");
      Tour put = tours.made("Put off and back", 2);
      tours.stepped(put.id(), TourStatus.STANDBY, null);
      tours.stepped(put.id(), TourStatus.ASSIGNED, null);
      refused(kind().person(), checkpoint(put.id(), 3), "comes too late");
      done(tours.complete(tours.checkpoints(begun.id()).getFirst()));
      tours.stepped(begun.id(), TourStatus.COMPLETED, null);
      refused(kind().person(), checkpoint(begun.id(), 3), "its tour has ended");
      assertThat(tours.checkpoints(begun.id())).hasSize(2);
    }

    /// One reopens a checkpoint while another completes the tour: the second waits for the first.
    @Test
    void aCheckpointIsNotReopenedWhileItsTourIsBeingCompleted() throws SQLException {
      Tour tour = tours.made("Night round", 1);
      tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      UUID door = tours.checkpoints(tour.id()).getFirst().id();
      done(tours.complete(tours.checkpoint(door)));
      String complete = SET + "status = 'COMPLETED'" + where(tour.id());
      try (Connection one = database.plain(kind().person());
          Connection other = database.plain(kind().person());
          Statement first = one.createStatement();
          Statement second = other.createStatement()) {
        one.setAutoCommit(false);
        first.executeUpdate(SET + "status = 'INPROGRESS'" + where(door));
        second.execute(
            kind() == TestDatabase.Kind.H2 ? "SET LOCK_TIMEOUT 200" : "SET lock_timeout = 200");
        assertThatThrownBy(() -> second.executeUpdate(complete))
            .as("waits for who reopens the checkpoint")
            .extracting(e -> ((SQLException) e).getSQLState())
            .isIn("HYT00", "55P03");
        first.executeUpdate(SET + "done = 0, mandatory_done = 0" + where(tour.id()));
        one.commit();
        assertThatThrownBy(() -> second.executeUpdate(complete))
            .hasMessageContaining("tour_job_completed_whole");
        assertThatThrownBy(() ->
                second.executeUpdate(
                    SET + "status = 'COMPLETED', done = 1, mandatory_done = 1" + where(tour.id())))
            .hasMessageContaining("counts otherwise than its checkpoints are");
      }
      assertThat(tours.find(tour.id()).status()).isEqualTo(TourStatus.INPROGRESS);
    }

    /// Says of a field that the row's last change changed it.
    static String claim(UUID job, String field) {
      return "INSERT INTO tour_field (job_id, field, revision, actor_id, changed_at) SELECT j.id, '"
          + field
          + "', greatest(j.revision, 2), j.modified_by, j.modified_at FROM tour_job j WHERE j.id = '"
          + job
          + "'";
    }

    /// What the database says of who changed which field last.
    Map<CheckpointField, FieldChange> told(UUID job) {
      return bench
          .database()
          .people()
          .inTransaction(tx -> tx.tours().lastChanges(Set.of(job)).getOrDefault(job, Map.of()));
    }

    @Test
    void aChangeTellsOfItsFieldsAndOfNoOthers() throws SQLException {
      Tour tour = tours.made("Night round", 2);
      Checkpoint door = tours.checkpoints(tour.id()).getFirst();
      run(kind().person(), SET + "reading = '21', modified_by = 'one'" + where(door.id()));
      assertThat(told(door.id())).containsOnlyKeys(CheckpointField.READING);
      run(kind().person(), SET + "reading = '21', remark = 'wet', scan = 'B-1'" + where(door.id()));
      Map<CheckpointField, FieldChange> told = told(door.id());
      assertThat(told)
          .containsOnlyKeys(CheckpointField.READING, CheckpointField.REMARK, CheckpointField.SCAN);
      assertThat(told.get(CheckpointField.READING).revision()).isEqualTo(2);
      assertThat(told.get(CheckpointField.REMARK).revision()).isEqualTo(3);
      // Signed by the login on PostgreSQL, as the row is.
      assertThat(told.get(CheckpointField.READING).by())
          .isEqualTo(kind() == TestDatabase.Kind.H2 ? "one" : kind().person());
      // Whoever looked before is told of it, though it came by plain SQL.
      assertThat(tours.change(door, CheckpointField.READING, "22"))
          .isInstanceOf(TourOutcome.Conflicting.class);
      done(tours.change(door, CheckpointField.STATUS, "INPROGRESS"));
      tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
      assertThat(told(tour.id())).containsOnlyKeys(CheckpointField.STATUS, CheckpointField.SCAN);
      tours.stepped(tour.id(), TourStatus.STANDBY, null);
      assertThat(told(tour.id()).get(CheckpointField.SCAN).revision())
          .isLessThan(told(tour.id()).get(CheckpointField.STATUS).revision());
    }

    @Test
    void nobodySaysWhoChangedAFieldButItsChange() throws SQLException {
      Tour tour = tours.made("Night round", 2);
      UUID door = tours.checkpoints(tour.id()).getFirst().id();
      run(kind().person(), SET + "reading = '21'" + where(door));
      Map<CheckpointField, FieldChange> before = told(door);
      String here = " WHERE job_id = '" + door + "'";
      for (String sql :
          List.of(
              claim(door, "REMARK"),
              claim(tour.id(), "READING"),
              "UPDATE tour_field SET revision = revision + 1" + here,
              "UPDATE tour_field SET field = 'REMARK'" + here,
              "DELETE FROM tour_field" + here)) {
        for (String user : List.of(kind().person(), kind().worker())) {
          assertThatThrownBy(() -> run(user, sql))
              .as(user + ": " + sql)
              .extracting(e -> ((SQLException) e).getSQLState())
              // H2 has a number of its own for a grant that is missing.
              .isIn("42501", "90096");
          if (kind() == TestDatabase.Kind.POSTGRES) {
            // Not by the guard alone, which only knows that a trigger writes, and not whose.
            assertThatThrownBy(() -> run(user, sql)).hasMessageContaining("permission denied");
          }
        }
        assertThatThrownBy(() -> database.execute(sql))
            .as("the owner: " + sql)
            .rootCause()
            .hasMessageContaining(
                sql.startsWith("DELETE") ? "never deleted" : "written by the change");
      }
      assertThat(told(door)).isEqualTo(before);
    }

    @Test
    void automationTellsOfTheTourThatItCloses() throws SQLException {
      Tour over = tours.expired("Over", 1);
      String close =
          SET
              + "status = 'AUTOCLOSED', modified_at = CURRENT_TIMESTAMP, modified_by = 'worker'"
              + where(over.id());
      assertThat(run(kind().worker(), close)).isOne();
      assertThat(told(over.id())).containsOnlyKeys(CheckpointField.STATUS);
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
    /// Or a trigger on a table of one's own would write with the owner's rights.
    @Test
    void nobodyCallsWhatWritesWithTheOwnersRights() {
      assertThat(
              database.count(
                  "SELECT count(*) FROM pg_proc WHERE proname IN ('imprimatur_tell_tour_fields',"
                      + " 'imprimatur_opportunity_stands', 'imprimatur_entry_has_evidence')"
                      + " AND prosecdef AND NOT has_function_privilege('"
                      + TestDatabase.EDITOR_A
                      + "', oid, 'EXECUTE') AND NOT has_function_privilege('"
                      + TestDatabase.WORKER
                      + "', oid, 'EXECUTE')"))
          .isEqualTo(3);
    }

    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }
}
