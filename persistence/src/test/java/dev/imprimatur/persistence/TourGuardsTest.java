package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What plain SQL can't do to tours, by those who may write them: forge what is counted, slip in a
/// checkpoint that nobody counted, or say that a field was changed by whom or when it was not.
class TourGuardsTest {
  abstract static class Contract extends BenchContract {
    static final String SET = "UPDATE tour_job SET revision = revision + 1, ";

    TourBench tours;

    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    @BeforeEach
    void openTours() {
      tours = new TourBench(bench);
    }

    /// Who makes and changes tours.
    String person() {
      return kind() == TestDatabase.Kind.H2 ? H2Users.APP : TestDatabase.EDITOR_A;
    }

    String automation() {
      return kind() == TestDatabase.Kind.H2 ? H2Users.WORKER : TestDatabase.WORKER;
    }

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
      refused(person(), SET + "status = 'COMPLETED', done = 2, mandatory_done = 2" + here, words);
      refused(person(), SET + "done = 1" + here, words);
      Checkpoint door = tours.checkpoints(tour.id()).getFirst();
      done(tours.complete(door));
      refused(person(), SET + "done = 0, mandatory_done = 0" + here, words);
      refused(person(), SET + "done = 2" + here, words);
      refused(person(), SET + "status = 'COMPLETED', mandatory_done = 2, done = 2" + here, words);
      assertThat(tours.find(tour.id()).status()).isEqualTo(TourStatus.INPROGRESS);
      // What is true may be written by anybody who may write.
      assertThat(run(person(), SET + "done = 1, mandatory_done = 1, status = 'STANDBY'" + here))
          .isOne();
    }

    @Test
    void aTourThatIsNotAsWholeAsItSaysGoesNowhere() throws SQLException {
      UUID lacking = UUID.randomUUID();
      run(person(), tour(lacking, 2, 1, 0), checkpoint(lacking, 1));
      String words = "counts otherwise than its checkpoints are";
      refused(person(), SET + "status = 'STANDBY'" + where(lacking), words);
      run(person(), checkpoint(lacking, 2));
      // Both are mandatory, and it says that one is.
      refused(person(), SET + "status = 'STANDBY'" + where(lacking), words);
      refused(person(), tour(UUID.randomUUID(), 0, 0, 0), "begins with a checkpoint at least");
      refused(person(), tour(UUID.randomUUID(), 2, 1, 1), "none done");
    }

    @Test
    void noCheckpointComesToATourThatHasItsOwn() throws SQLException {
      Tour fresh = tours.made("Fresh", 2);
      refused(person(), checkpoint(fresh.id(), 3), "beyond the checkpoints of its tour");
      Tour begun = tours.made("Begun", 2);
      tours.stepped(begun.id(), TourStatus.INPROGRESS, "A-1");
      refused(person(), checkpoint(begun.id(), 3), "comes too late");
      Tour put = tours.made("Put off and back", 2);
      tours.stepped(put.id(), TourStatus.STANDBY, null);
      tours.stepped(put.id(), TourStatus.ASSIGNED, null);
      refused(person(), checkpoint(put.id(), 3), "comes too late");
      done(tours.complete(tours.checkpoints(begun.id()).getFirst()));
      tours.stepped(begun.id(), TourStatus.COMPLETED, null);
      refused(person(), checkpoint(begun.id(), 3), "its tour has ended");
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
      try (Connection one = database.plain(person());
          Connection other = database.plain(person());
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
        one.commit();
        assertThatThrownBy(() -> second.executeUpdate(complete))
            .hasMessageContaining("counts otherwise than its checkpoints are");
      }
      assertThat(tours.find(tour.id()).status()).isEqualTo(TourStatus.INPROGRESS);
    }

    static String field(UUID job, String field, String revision) {
      return field(job, field, revision, "j.modified_by", "j.modified_at");
    }

    static String field(UUID job, String field, String revision, String by, String at) {
      return "INSERT INTO tour_field (job_id, field, revision, actor_id, changed_at) SELECT j.id, '"
          + field
          + "', "
          + revision
          + ", "
          + by
          + ", "
          + at
          + " FROM tour_job j WHERE j.id = '"
          + job
          + "'";
    }

    @Test
    void aFieldIsChangedByWhoChangedItsRowThenAndThere() throws SQLException {
      String other = "tells of another change";
      Tour tour = tours.made("Night round", 2);
      UUID door = tours.checkpoints(tour.id()).getFirst().id();
      run(person(), SET + "reading = '21', modified_by = 'one'" + where(door));
      refused(person(), field(door, "READING", "j.revision + 1"), other);
      refused(person(), field(door, "READING", "j.revision + 900"), other);
      refused(
          person(),
          field(
              door,
              "READING",
              "j.revision",
              "j.modified_by",
              "j.modified_at - INTERVAL '1' SECOND"),
          other);
      // On PostgreSQL the database signs for whoever writes, here another than the row's.
      String stranger = kind() == TestDatabase.Kind.H2 ? person() : TestDatabase.EDITOR_B;
      refused(stranger, field(door, "READING", "j.revision", "'somebody'", "j.modified_at"), other);
      assertThat(run(person(), field(door, "READING", "j.revision"))).isOne();

      String set = "UPDATE tour_field SET ";
      String here = " WHERE job_id = '" + door + "'";
      String yard = tours.checkpoints(tour.id()).getLast().id().toString();
      refused(person(), set + "job_id = '" + yard + "'" + here, "one field for good");
      refused(person(), set + "field = 'REMARK'" + here, "one field for good");
      refused(person(), set + "changed_at = changed_at" + here, "its revision rises");
      refused(person(), set + "revision = revision + 1" + here, other);
      assertThatThrownBy(() -> database.execute("DELETE FROM tour_field" + here))
          .rootCause()
          .hasMessageContaining("never deleted");
      refused(person(), field(tour.id(), "READING", "2"), "fields that tours have not");
    }

    @Test
    void automationWritesNoFieldButTheStatusOfATourThatItCloses() throws SQLException {
      String words = "automation changes no field";
      Tour over = tours.expired("Over", 1);
      tours.stepped(over.id(), TourStatus.AUTOCLOSED, null);
      refused(automation(), field(over.id(), "SCAN", "j.revision"), words);
      Tour begun = tours.made("Begun", 1);
      tours.stepped(begun.id(), TourStatus.INPROGRESS, "A-1");
      refused(automation(), field(begun.id(), "STATUS", "j.revision"), words);
      Checkpoint door = tours.checkpoints(begun.id()).getFirst();
      done(tours.change(door, CheckpointField.READING, "21"));
      refused(automation(), field(door.id(), "STATUS", "j.revision"), words);
      refused(automation(), field(door.id(), "REMARK", "j.revision"), words);
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
