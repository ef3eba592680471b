package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Diagnostics;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.ExpiredClaims;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.RunFinaliser;
import dev.imprimatur.engine.review.StuckRuns;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What each sweep finds and treats, and what it leaves alone.
class SweepWorkTest {
  private static final Duration TEN_DAYS = Duration.ofDays(10);

  abstract static class Contract extends BenchContract {
    @Override
    Bench bench(Database open) {
      return Bench.on(open);
    }

    @Test
    void moreJobsThanABatchThatCantBeTreatedKeepNoneOfTheRestWaiting() throws SQLException {
      List<NewJob> held =
          IntStream.range(0, 450)
              .mapToObj(i -> NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c")))
              .toList();
      List<NewJob> free =
          IntStream.range(0, 5)
              .mapToObj(i -> NewJob.of("w", "diagnostic.noop", Json.object()))
              .toList();
      bench.engine().queue().enqueue(Stream.concat(held.stream(), free.stream()).toList());
      var kinds = new JobKinds(Diagnostics.handlers());
      bench
          .database()
          .automation()
          .run(tx -> tx.jobs().claim("dead", kinds.names(), List.of(), 1000));
      // Those that are held are the older.
      age(660, "kind = 'diagnostic.count'");
      age(630, "kind = 'diagnostic.noop'");
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        owner.setAutoCommit(false);
        statement.executeQuery("SELECT id FROM job WHERE kind = 'diagnostic.count' FOR UPDATE");
        var stale = new StaleJobs(bench.database().automation(), kinds, FaultPoints.NONE);
        assertThat(stale.release(Duration.ofMinutes(10)).findings())
            .isEqualTo(new Findings(455, 5, "5 put back, 0 given up"));
        owner.rollback();
        assertThat(stale.release(Duration.ofMinutes(10)).findings().done()).isEqualTo(450);
      }
      assertThat(database.count("SELECT count(*) FROM job WHERE status = 'PENDING'"))
          .isEqualTo(455);
    }

    private void age(int seconds, String where) {
      database.execute(
          "UPDATE job SET heartbeat_at = heartbeat_at - INTERVAL '"
              + seconds
              + "' SECOND WHERE status = 'RUNNING' AND "
              + where);
    }

    @Test
    void whatWasKeptLongEnoughGoesAndTheRestStays() {
      bench.work();
      bench.evaluate("one", "ai=0.9");
      bench.stopWork();
      long jobs = database.count("SELECT count(*) FROM job_history");
      long events = database.count("SELECT count(*) FROM outbox_event");
      long audit = database.count("SELECT count(*) FROM audit_entry");
      assertThat(jobs).isPositive();
      bench.engine().queue().enqueue(List.of(NewJob.of("w", "diagnostic.noop", Json.object())));
      var retention = new Retention(bench.database().automation(), TEN_DAYS, TEN_DAYS, TEN_DAYS);
      assertThat(retention.sweep(() -> false)).isEqualTo(Findings.NONE);

      // Ended jobs can't be changed, so the test looks from a later time.
      int pruned =
          bench
              .database()
              .automation()
              .inTransaction(tx -> tx.jobs().prune(tx.now().plus(Duration.ofHours(1)), 3));
      assertThat(pruned).as("batches are bounded").isEqualTo(3);
      bench
          .database()
          .automation()
          .run(tx -> tx.jobs().prune(tx.now().plus(Duration.ofHours(1)), 1000));
      assertThat(database.count("SELECT count(*) FROM job_history")).isZero();
      assertThat(database.count("SELECT count(*) FROM job_request")).isZero();
      assertThat(database.count("SELECT count(*) FROM job"))
          .as("what has not ended stays")
          .isEqualTo(1);

      database.execute("UPDATE outbox_event SET occurred_at = occurred_at - INTERVAL '11' DAY");
      assertThat(retention.sweep(() -> false).done()).isEqualTo(events);
      assertThat(database.count("SELECT count(*) FROM outbox_event")).isZero();
      assertThat(database.count("SELECT count(*) FROM audit_entry")).isEqualTo(audit);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void anEventIsKeptWhileADeliveryOfItIsOutOrDead() {
      bench
          .database()
          .automation()
          .run(tx -> {
            tx.outbox().register("one");
            for (String key : List.of("pending", "dead", "skipped", "acknowledged")) {
              tx.outbox().append("thing", key, "Happened", key, Json.object());
            }
          });
      database.execute("UPDATE outbox_event SET occurred_at = occurred_at - INTERVAL '11' DAY");
      mark("dead", "dead_at = next_attempt_at");
      mark("skipped", "skipped_at = next_attempt_at");
      mark(
          "acknowledged",
          "claimed_at = next_attempt_at, sent_at = next_attempt_at, acked_at = next_attempt_at");
      var retention = new Retention(bench.database().automation(), TEN_DAYS, TEN_DAYS, TEN_DAYS);
      assertThat(retention.sweep(() -> false)).isEqualTo(new Findings(2, 2, "deleted 2 events"));
      assertThat(bench.engine().outbox().events(null, null, 10))
          .extracting(e -> e.event().key())
          .containsExactlyInAnyOrder("pending", "dead");
    }

    private void mark(String key, String what) {
      database.execute(
          "UPDATE outbox_delivery SET "
              + what
              + " WHERE event_id = (SELECT id FROM outbox_event WHERE event_key = '"
              + key
              + "')");
    }

    @Test
    void aClaimThatHasRunOutIsTakenAwayAndNoOther() {
      bench.work();
      var desk = bench.engine().review().escalations();
      UUID out = escalation("one");
      UUID held = escalation("two");
      decided(desk.claim(out, null));
      decided(desk.claim(held, null));
      database.execute(
          "UPDATE escalation SET claim_expires_at = claim_expires_at - INTERVAL '2' HOUR WHERE id = '"
              + out
              + "'");
      long revision = desk.find(out).orElseThrow().row().escalation().revision();
      var claims = new ExpiredClaims(bench.database().automation());
      assertThat(claims.sweep(() -> false)).isEqualTo(Findings.all(1));
      assertThat(claims.sweep(() -> false)).isEqualTo(Findings.NONE);
      Escalation after = desk.find(out).orElseThrow().row().escalation();
      assertThat(after.claimedBy()).isNull();
      assertThat(after.revision()).as("who held it may still decide").isEqualTo(revision);
      assertThat(desk.find(held).orElseThrow().claimHolder()).isNotNull();
      assertThat(bench.engine().audit().list("escalation", out.toString(), 1).getFirst().action())
          .isEqualTo("escalation.claim_expired");
      decided(desk.resolve(out, revision, Escalation.Outcome.FALSE_ALARM, "all the same"));
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();

      for (String change :
          List.of("claimed_by = NULL, claim_expires_at = NULL", "snoozed_until = now()")) {
        assertThatThrownBy(() ->
                asAutomation("UPDATE escalation SET " + change + " WHERE id = '" + held + "'"))
            .as(change)
            .isInstanceOf(SQLException.class);
      }
    }

    private void asAutomation(String sql) throws SQLException {
      String user = kind() == TestDatabase.Kind.H2 ? "IMPRIMATUR_WORKER" : TestDatabase.WORKER;
      try (var connection = database.plain(user);
          var statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      }
    }

    private UUID escalation(String source) {
      var run = bench.evaluate(source, "ai=0.9").run();
      return bench.engine().review().escalations().ofVersion(run.versionId()).getFirst().id();
    }

    @Test
    void aRunThatHasLostItsJobsOrItsEndIsEnded() {
      var evaluations = bench.engine().review().evaluations();
      UUID lost = decided(evaluations.request(bench.store("lost", "Text.").id(), false)).runId();
      database.execute("DELETE FROM job");
      UUID served =
          decided(evaluations.request(bench.store("served", "Text.").id(), false)).runId();
      UUID whole = decided(evaluations.request(bench.store("whole", "Text.").id(), false)).runId();
      database.execute(
          "UPDATE run_part SET status = 'failed', finished_at = now() WHERE run_id = '"
              + whole
              + "'");
      var runs =
          new StuckRuns(
              bench.database().automation(),
              new RunFinaliser(HardStops.Limits.of(bench.engine().settings()), FaultPoints.NONE));
      assertThat(runs.sweep(() -> false)).isEqualTo(Findings.all(2));
      assertThat(runs.sweep(() -> false)).isEqualTo(Findings.NONE);
      assertThat(status(lost)).isEqualTo(EvaluationRun.Status.FAILED);
      assertThat(status(whole)).isEqualTo(EvaluationRun.Status.FAILED);
      assertThat(status(served)).isEqualTo(EvaluationRun.Status.IN_PROGRESS);
      assertThat(evaluations.result(lost).orElseThrow().parts())
          .allSatisfy(part -> assertThat(part.note()).contains("its job is gone"));
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
      bench.work();
      bench.await(served);
    }

    private EvaluationRun.Status status(UUID run) {
      return bench.engine().review().evaluations().result(run).orElseThrow().run().status();
    }

    @Test
    void theUsualSweepsAreKnownBeforeAnyWorkerRuns() {
      assertThat(bench.engine().sweeps().list())
          .extracting(s -> s.name())
          .containsExactly(
              "batch-completion",
              "batch-monitor",
              "expired-claims",
              "lock-waits",
              "outbox-relay",
              "queue-backfill",
              "retention",
              "stale-jobs",
              "stuck-runs",
              "tour-expiry");
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
