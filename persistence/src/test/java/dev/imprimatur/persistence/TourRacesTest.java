package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A hundred writers on one tour at the same moment: each completes a checkpoint of its own; then
/// every tenth adds a word to a remark that they share, and the others note what they read off
/// beside a status that is no longer the one they saw. With distributed locks and without them
/// nothing is lost; where the lock is let go before the commit, the same look at the same tour sees
/// what is.
class TourRacesTest {
  static final int WRITERS = 100;

  /// The engine's settings in these tests.
  static Map<String, String> settings(boolean distributed) {
    return Map.of("locks.distributed", Boolean.toString(distributed), "locks.max-wait", "10m");
  }

  static Bench bench(Database open, boolean distributed) {
    return Bench.on(
        open,
        Scripted.providers(),
        Engine.Extensions.NONE,
        FaultPoints.NONE,
        settings(distributed));
  }

  /// What was lost; empty if nothing was. Read by plain SQL, not by the code that is tested.
  ///
  /// @param writers how many wanted to complete a checkpoint each
  /// @param words what was to be added to the shared remark
  static List<String> lost(TestDatabase database, UUID tour, int writers, List<String> words)
      throws SQLException {
    List<String> lost = new ArrayList<>();
    String children = " FROM tour_job WHERE parent_id = '" + tour + "'";
    String parent = "(SELECT %s FROM tour_job WHERE id = '" + tour + "')";
    long completed = database.count("SELECT count(*)" + children + " AND status = 'COMPLETED'");
    if (completed != writers) {
      lost.add("of " + writers + " completed checkpoints " + completed + " are");
    }
    long counted = database.count("SELECT done FROM tour_job WHERE id = '" + tour + "'");
    if (counted != completed) {
      lost.add(completed + " are completed, and the tour counts " + counted);
    }
    if (database.count(
            "SELECT count(*) FROM (SELECT max(modified_at) AS newest"
                + children
                + ") c WHERE c.newest = "
                + parent.formatted("modified_at"))
        != 1) {
      lost.add("the tour's time is not its newest checkpoint's");
    }
    String remark = "";
    try (Connection owner = database.owner();
        PreparedStatement query =
            owner.prepareStatement("SELECT remark" + children + " AND position_no = 1");
        ResultSet row = query.executeQuery()) {
      row.next();
      remark = String.valueOf(row.getString(1));
    }
    List<String> there = List.of(remark.split(" "));
    for (String word : words) {
      if (!there.contains(word)) {
        lost.add("the word " + word + " is not in the remark");
      }
    }
    return lost;
  }

  /// The words of those of a hundred who share a remark.
  static List<String> words() {
    return IntStream.range(0, WRITERS)
        .filter(TourWriterChild::shares)
        .mapToObj(i -> "w" + i)
        .toList();
  }

  /// The others wrote what they read off beside a status that had changed since they looked.
  static void assertMerged(TestDatabase database, UUID tour) {
    assertThat(
            database.count(
                "SELECT count(*) FROM tour_job WHERE parent_id = '"
                    + tour
                    + "' AND status = 'COMPLETED' AND reading = 'r' || (position_no - 1)"))
        .isEqualTo(WRITERS - (long) words().size());
  }

  /// Every change of a hundred writers stands in the audit, and the chain holds.
  static void assertAudited(TestDatabase database, Bench bench, UUID tour) {
    assertThat(
            database.count(
                "SELECT count(*) FROM audit_entry WHERE action = 'checkpoint.updated' AND entity_id = '"
                    + tour
                    + "'"))
        .isEqualTo(2L * WRITERS);
    assertThat(bench.engine().audit().verify().flaws()).isEmpty();
  }

  abstract static class Contract extends BenchContract {
    @Override
    Bench bench(Database open) {
      return TourRacesTest.bench(open, true);
    }

    @ParameterizedTest(name = "distributed locks: {0}")
    @ValueSource(booleans = {true, false})
    void aHundredWritersLoseNothing(boolean distributed) throws Exception {
      try (Bench engine = TourRacesTest.bench(database.open(), distributed)) {
        var tours = new TourBench(engine);
        Tour tour = tours.made("Busy", WRITERS);
        List<Checkpoint> points = tours.checkpoints(tour.id());
        Together.run(WRITERS, i -> TourWriterChild.write(tours, points, i));
        assertThat(lost(database, tour.id(), WRITERS, words())).isEmpty();
        assertMerged(database, tour.id());
        assertAudited(database, engine, tour.id());
        assertThat(tours.find(tour.id()).revision()).isEqualTo(2L * WRITERS + 1);
      }
    }

    /// The same look, at a writer who reads and writes under the lock and commits after he has let
    /// it go, without the tour's row lock: what the next one reads is the state before. The
    /// database would refuse his counts, see the test below: here its guards are taken away.
    @Test
    void lettingTheLockGoBeforeTheCommitLosesUpdatesAndItShows() throws Exception {
      for (String guard : List.of("tour_job_whole", "tour_job_counted")) {
        database.execute(
            "DROP TRIGGER " + guard + (kind() == TestDatabase.Kind.H2 ? "" : " ON tour_job"));
      }
      var tours = new TourBench(bench);
      int writers = 4;
      Tour tour = tours.made("Careless", writers);
      List<UUID> points = tours.checkpoints(tour.id()).stream().map(Checkpoint::id).toList();
      var careless = new Careless(database, bench.engine().locks(), tour.id(), writers);
      Together.run(writers, i -> careless.write(points.get(0), points.get(i), i));
      assertThat(lost(database, tour.id(), writers, List.of("w0", "w1", "w2", "w3")))
          .as("what was lost is seen")
          .anySatisfy(l -> assertThat(l).contains("the tour counts"))
          .anySatisfy(l -> assertThat(l).contains("is not in the remark"));
    }

    @Test
    void whoLetsTheLockGoBeforeTheCommitIsRefusedByTheDatabaseUnlessHeIsFirst() throws Exception {
      var tours = new TourBench(bench);
      int writers = 4;
      Tour tour = tours.made("Careless", writers + 1);
      List<UUID> points = tours.checkpoints(tour.id()).stream().map(Checkpoint::id).toList();
      var careless = new Careless(database, bench.engine().locks(), tour.id(), writers);
      AtomicInteger refused = new AtomicInteger();
      Together.run(
          writers,
          i -> {
            try {
              careless.write(points.get(0), points.get(i + 1), i);
            } catch (SQLException e) {
              assertThat(e.getMessage()).contains("counts otherwise than its checkpoints are");
              refused.incrementAndGet();
            }
          });
      assertThat(refused).hasValue(writers - 1);
      assertThat(tours.find(tour.id()).progress().done()).isOne();
    }

    @Test
    void twoWhoTakeATourToDifferentEndsDoNotBothGetTheirWay() throws Exception {
      var tours = new TourBench(bench);
      for (int round = 0; round < 10; round++) {
        Tour tour = tours.made("Round " + round, 2);
        Tour begun = tours.stepped(tour.id(), TourStatus.INPROGRESS, "A-1");
        AtomicInteger done = new AtomicInteger();
        List<TourStatus> wanted = List.of(TourStatus.STANDBY, TourStatus.MAINTENANCE);
        Together.run(
            8,
            i -> {
              var outcome =
                  tours
                      .tours()
                      .transition(tour.id(), wanted.get(i % 2), begun.revision(), null, null);
              if (outcome instanceof TourOutcome.Done<TourView> d && d.changed()) {
                done.incrementAndGet();
              }
            });
        assertThat(done).hasValue(1);
        assertThat(tours.find(tour.id()).revision()).isEqualTo(begun.revision() + 1);
      }
    }

    @Test
    void bulksOfTheSameCheckpointsInDifferentOrderDoNotLockEachOtherOut() throws Exception {
      var tours = new TourBench(bench);
      Tour tour = tours.made("Bulk", 20);
      List<Checkpoint> points = tours.checkpoints(tour.id());
      Together.run(
          8,
          i -> {
            List<CheckpointChange> changes = new ArrayList<>();
            for (Checkpoint c : points) {
              changes.add(
                  new CheckpointChange(
                      c.id(), c.revision(), Map.of(CheckpointField.STATUS, "COMPLETED")));
            }
            Collections.rotate(changes, i * 3);
            done(tours.tours().updateCheckpoints(tour.id(), changes));
          });
      assertThat(tours.find(tour.id()).progress().done()).isEqualTo(20);
      assertThat(tours.find(tour.id()).revision()).isEqualTo(2);
    }
  }

  /// How not to do it.
  private static final class Careless {
    private final TestDatabase database;
    private final Locks locks;
    private final UUID tour;
    private final CountDownLatch allHaveRead;

    Careless(TestDatabase database, Locks locks, UUID tour, int writers) {
      this.database = database;
      this.locks = locks;
      this.tour = tour;
      this.allHaveRead = new CountDownLatch(writers);
    }

    void write(UUID shared, UUID own, int writer) throws Exception {
      String name = "tour-job:" + tour;
      try (Connection connection = database.owner()) {
        connection.setAutoCommit(false);
        // Under the lock: what is there is read, and what is to be there is made up.
        List<String> read =
            locks.hold(
                name,
                Duration.ofSeconds(60),
                held -> {
                  List<String> values = read(connection, shared);
                  allHaveRead.countDown();
                  return values;
                });
        // The lock is let go, and nothing is committed yet.
        assertThat(allHaveRead.await(60, TimeUnit.SECONDS)).isTrue();
        update(
            connection,
            "UPDATE tour_job SET status = ?, revision = revision + 1,"
                + " modified_at = GREATEST(modified_at, CURRENT_TIMESTAMP) WHERE id = ?",
            "COMPLETED",
            own);
        update(
            connection,
            "UPDATE tour_job SET remark = ?, revision = revision + 1 WHERE id = ?",
            read.get(0) + "w" + writer + " ",
            shared);
        update(
            connection,
            "UPDATE tour_job SET done = ?, revision = revision + 1,"
                + " modified_at = GREATEST(modified_at, CURRENT_TIMESTAMP) WHERE id = ?",
            Integer.parseInt(read.get(1)) + 1,
            tour);
        connection.commit();
      }
    }

    private List<String> read(Connection connection, UUID shared) {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT c.remark, p.done FROM tour_job c JOIN tour_job p ON p.id = c.parent_id WHERE c.id = ?")) {
        query.setObject(1, shared);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          String remark = row.getString(1);
          return List.of(remark == null ? "" : remark, row.getString(2));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void update(Connection connection, String sql, Object value, UUID id)
        throws SQLException {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setObject(1, value);
        update.setObject(2, id);
        update.executeUpdate();
      }
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
    @TempDir private Path folder;

    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @ParameterizedTest(name = "distributed locks: {0}")
    @ValueSource(booleans = {true, false})
    void aHundredWritersOfTwoProcessesLoseNothing(boolean distributed) throws Exception {
      var tours = new TourBench(bench);
      Tour tour = tours.made("Busy", WRITERS);
      List<Process> children = new ArrayList<>();
      List<Path> logs = new ArrayList<>();
      try {
        for (int half = 0; half < 2; half++) {
          Path log = folder.resolve(half + "-" + distributed + ".log");
          logs.add(log);
          children.add(
              Children.talking(
                  TourWriterChild.class,
                  log,
                  database.url().replaceAll("\\?.*", ""),
                  half == 0 ? TestDatabase.EDITOR_A : TestDatabase.EDITOR_B,
                  Boolean.toString(distributed),
                  tour.id().toString(),
                  Integer.toString(half * WRITERS / 2),
                  Integer.toString((half + 1) * WRITERS / 2)));
        }
        for (int i = 0; i < 2; i++) {
          assertThat(line(children.get(i), logs.get(i))).isEqualTo("ready");
        }
        for (Process child : children) {
          child.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
        }
        for (int i = 0; i < 2; i++) {
          assertThat(line(children.get(i), logs.get(i))).isEqualTo("done");
          assertThat(Children.end(children.get(i), logs.get(i), Duration.ofMinutes(2))).isZero();
        }
      } finally {
        children.forEach(Process::destroyForcibly);
      }
      assertThat(lost(database, tour.id(), WRITERS, words())).isEmpty();
      assertMerged(database, tour.id());
      assertAudited(database, bench, tour.id());
      assertThat(
              database.count(
                  "SELECT count(DISTINCT actor_id) FROM audit_entry WHERE action = 'checkpoint.updated'"))
          .isEqualTo(2);
    }

    private static String line(Process child, Path log) throws IOException {
      String line = child.inputReader(StandardCharsets.UTF_8).readLine();
      return line == null ? "ended:\n" + Files.readString(log) : line;
    }
  }
}
