package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.review.Evaluations;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.RunFinaliser;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.setting.Settings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Requests and parts of runs at the same moment, with real connections, each often enough to mean
/// something.
@Execution(ExecutionMode.CONCURRENT)
class RacesTest {
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

  abstract static class Contract extends RacesContract {
    private static final int FEW = Integer.getInteger("imprimatur.test.fan-ins", 1_000);
    private static final int MANY = Integer.getInteger("imprimatur.test.fan-ins.many", 10_000);

    @Test
    void fiftyAskersMakeOneRun() throws Exception {
      bench.work(4);
      for (int round = 0; round < 10; round++) {
        Version version = bench.store("a" + round, "Text.");
        List<UUID> runs =
            Together.call(
                50,
                i ->
                    () ->
                        decided(bench.engine().review().evaluations().request(version.id(), false))
                            .runId());
        assertThat(runs.stream().distinct()).hasSize(1);
        bench.await(runs.getFirst());
        assertThat(
                database.count(
                    "SELECT count(*) FROM evaluation_run WHERE version_id = '"
                        + version.id()
                        + "'"))
            .isEqualTo(1);
      }
      assertInvariants();
    }

    @Test
    void fiftyAskersWhoForceMakeOneRunAtATime() throws Exception {
      Version version = bench.store("a", "Text.");
      List<Evaluations.Requested> asked =
          Together.call(
              50,
              i ->
                  () -> decided(bench.engine().review().evaluations().request(version.id(), true)));
      assertThat(asked.stream().filter(a -> a.how() == Evaluations.Requested.How.STARTED))
          .hasSize(1);
      assertThat(database.count("SELECT count(*) FROM evaluation_run")).isEqualTo(1);
    }

    @Test
    void simultaneousLastPartsFinaliseOnce() throws Exception {
      simultaneousLastParts(FEW);
    }

    @Test
    @Tag("faults")
    void simultaneousLastPartsFinaliseOnceManyTimes() throws Exception {
      simultaneousLastParts(MANY);
    }

    private void simultaneousLastParts(int fanIns) throws Exception {
      List<RunPart> firsts = runsWithTwoPartsOut(fanIns);
      RunFinaliser finaliser =
          new RunFinaliser(HardStops.Limits.of(Settings.defaults()), FaultPoints.NONE);
      CyclicBarrier together = new CyclicBarrier(2);
      UUID article = bench.engine().review().articles().list(1).getFirst().id();
      Together.run(
          2,
          side -> {
            for (RunPart first : firsts) {
              RunPart mine =
                  new RunPart(
                      first.runId(),
                      RunPart.Kind.DETECTOR,
                      side == 0 ? "d1" : "d2",
                      RunPart.Status.SUCCEEDED,
                      new BigDecimal("50.00"),
                      Json.object(),
                      null);
              together.await(60, TimeUnit.SECONDS);
              boolean taken =
                  bench
                      .database()
                      .automation()
                      .inTransaction(tx -> finaliser.partEnded(tx, article, mine, "p", "m"));
              if (!taken) {
                throw new AssertionError("part " + mine + " was not taken in");
              }
            }
          });
      assertThat(database.count("SELECT count(*) FROM evaluation_run WHERE status = 'completed'"))
          .isEqualTo(fanIns);
      assertThat(database.count("SELECT count(*) FROM run_fan_in WHERE remaining <> 0")).isZero();
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_event WHERE event_type = 'EvaluationFinalisedV1'"))
          .isEqualTo(fanIns);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'evaluation.finalised'"))
          .isEqualTo(fanIns);
      assertThat(database.count("SELECT count(*) FROM hard_stop")).isEqualTo(fanIns);
      // Each version's stop escalates once.
      assertThat(database.count("SELECT count(*) FROM escalation")).isEqualTo(fanIns);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void oneClientRequestIsOneJob() throws Exception {
      for (int round = 0; round < 100; round++) {
        NewJob job =
            NewJob.of("w", "diagnostic.noop", Json.object())
                .withClientRequestId("request-" + round);
        List<Enqueued> answers =
            Together.call(8, i -> () -> bench.engine().queue().enqueue(List.of(job)).getFirst());
        assertThat(answers.stream().map(Enqueued::key).distinct()).hasSize(1);
        assertThat(answers.stream().filter(a -> !a.duplicate())).hasSize(1);
      }
      assertThat(database.count("SELECT count(*) FROM job_all")).isEqualTo(100);
    }

    /// Runs of as many versions of one article, written straight into the tables: two parts out in
    /// each.
    private List<RunPart> runsWithTwoPartsOut(int count) throws SQLException {
      Version first = bench.store("fan-in", "Text.");
      List<RunPart> parts = new ArrayList<>();
      try (Connection owner = database.owner()) {
        owner.setAutoCommit(false);
        try (PreparedStatement version =
                owner.prepareStatement(
                    "INSERT INTO article_version (id, article_id, number, title, media_type, body, metadata, content_hash,"
                        + " origin, path, actor_kind, actor_id, created_at) SELECT CAST(? AS uuid), article_id, ?, title,"
                        + " media_type, body, metadata, content_hash, origin, path, actor_kind, actor_id, created_at"
                        + " FROM article_version WHERE number = 1");
            PreparedStatement run =
                owner.prepareStatement(
                    "INSERT INTO evaluation_run (id, article_id, version_id, status, providers, fingerprint, forced,"
                        + " actor_id, started_at) SELECT CAST(? AS uuid), article_id, id, 'in_progress', '{}', 'f', false,"
                        + " 'editor', created_at FROM article_version WHERE id = CAST(? AS uuid)");
            PreparedStatement part =
                owner.prepareStatement(
                    "INSERT INTO run_part (run_id, kind, name, position_no, status) VALUES (CAST(? AS uuid), 'detector', ?, ?, 'pending')");
            PreparedStatement fanIn =
                owner.prepareStatement(
                    "INSERT INTO run_fan_in (run_id, remaining) VALUES (CAST(? AS uuid), 2)")) {
          for (int i = 0; i < count; i++) {
            String versionId = UUID.randomUUID().toString();
            UUID runId = UUID.randomUUID();
            version.setString(1, versionId);
            version.setInt(2, i + 2);
            version.addBatch();
            run.setString(1, runId.toString());
            run.setString(2, versionId);
            run.addBatch();
            for (int p = 0; p < 2; p++) {
              part.setString(1, runId.toString());
              part.setString(2, "d" + (p + 1));
              part.setInt(3, p);
              part.addBatch();
            }
            fanIn.setString(1, runId.toString());
            fanIn.addBatch();
            parts.add(
                new RunPart(
                    runId, RunPart.Kind.DETECTOR, "d1", RunPart.Status.PENDING, null, null, null));
          }
          version.executeBatch();
          run.executeBatch();
          part.executeBatch();
          fanIn.executeBatch();
        }
        owner.commit();
      }
      assertThat(first.number()).isEqualTo(1);
      return parts;
    }
  }
}
