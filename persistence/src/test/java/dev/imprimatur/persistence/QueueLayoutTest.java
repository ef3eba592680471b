package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is read and written in each layout of the queue (kernel.md §1), on both databases. That
/// each layout is a whole queue, QueueTest shows.
class QueueLayoutTest {
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

    @Test
    void whoDoesNotSayByWhichLayoutIsRefusedByTheServer() {
      to(QueueLayout.DUAL);
      JobKey key = enqueue(1).getFirst();
      for (String table : List.of("job", "legacy_job")) {
        assertThatThrownBy(() -> database.execute("UPDATE " + table + " SET priority = 9"))
            .rootCause()
            .hasMessageContaining(table + " is not written so in the layout dual");
      }
      assertThat(find(key).priority()).isZero();
      to(QueueLayout.LEGACY);
      assertThatThrownBy(() ->
              LayoutSteps.execute(database, QueueLayout.LEGACY, "UPDATE job SET priority = 9"))
          .rootCause()
          .hasMessageContaining("job is not written so in the layout legacy");
    }

    @Test
    void copiesKeepTheSignatureOfWhoEnqueued() {
      to(QueueLayout.LEGACY);
      try (Bench editor = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        JobKey old = enqueue(editor, 1).getFirst();
        to(QueueLayout.DUAL);
        JobKey both = enqueue(editor, 1).getFirst();
        layouts().backfill(() -> false);
        assertThat(find(old).actorId()).isEqualTo(TestDatabase.EDITOR_A);
        assertThat(find(both).actorId()).isEqualTo(TestDatabase.EDITOR_A);
        assertSame();
        // And nothing else gets somebody's signature.
        LayoutSteps.execute(
            database,
            QueueLayout.DUAL,
            "INSERT INTO legacy_job (workspace_id, id, kind, payload, status, run_at, max_attempts, actor_id, enqueued_at)"
                + " SELECT workspace_id, gen_random_uuid(), kind, payload, status, run_at, 1, '"
                + TestDatabase.EDITOR_A
                + "', enqueued_at FROM job LIMIT 1");
        assertThat(rows("legacy_job WHERE actor_id = '" + TestDatabase.EDITOR_A + "'"))
            .isEqualTo(2);
      }
    }

    @Test
    @Timeout(60)
    void inTheNewLayoutNobodyAsks() throws SQLException {
      enqueue(1);
      assertThat(complete(bench, claimOne(bench))).isTrue();
      try (Connection held = database.owner();
          Statement statement = held.createStatement()) {
        held.setAutoCommit(false);
        statement.execute("LOCK TABLE queue_layout, legacy_job IN ACCESS EXCLUSIVE MODE");
        statement.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('imprimatur queue layout', 0))");
        enqueue(2);
        List<Job> jobs = claim(bench, 2);
        List<Job.Claim> claims = jobs.stream().map(Job::claim).toList();
        Map<Job.Claim, Boolean> alive = inTx(tx -> tx.jobs().heartbeat("w1", claims));
        assertThat(alive).hasSize(2);
        assertThat(complete(bench, jobs.get(0))).isTrue();
        boolean back = inTx(tx -> tx.jobs().retryLater(claims.get(1), "again", Duration.ZERO));
        assertThat(back).isTrue();
        held.rollback();
      }
    }
  }

  abstract static class Contract extends QueueLayoutContract {
    @Test
    void inBothLayoutsEveryChangeStandsInBoth() {
      to(QueueLayout.DUAL);
      List<JobKey> keys = enqueue(5);
      assertSame();
      List<Job> held = claim(bench, 4);
      assertThat(held).hasSize(4);
      assertSame();
      inTx(tx -> tx.jobs().retryLater(held.get(0).claim(), "again", Duration.ofHours(1)));
      inTx(tx -> tx.jobs().handBack(held.get(1).claim(), Duration.ofHours(1), "later"));
      inTx(tx -> tx.jobs().abandon(held.get(2).claim(), JobStatus.FAILED, "no", Json.object()));
      decided(bench.engine().queue().cancel(held.get(3).key()));
      decided(bench.engine().queue().cancel(keys.get(4)));
      assertSame();
      assertThat(complete(bench, held.get(3))).isTrue();
      assertSame();
      assertThat(rows("legacy_job WHERE finished_at IS NULL")).isEqualTo(2);
      assertThat(rows("legacy_job WHERE copied")).isEqualTo(5);
      assertThat(writes.get("w true").get()).isPositive();
      assertThat(writes).doesNotContainKey("w false");
    }

    @Test
    void aJobThatStandsOnlyInTheOldLayoutIsWorkedOffThere() {
      to(QueueLayout.LEGACY);
      List<JobKey> keys = enqueue(4);
      to(QueueLayout.DUAL);
      List<Job> held = claim(bench, 3);
      assertThat(held.stream().map(Job::key).toList()).isEqualTo(keys.subList(0, 3));
      Map<Job.Claim, Boolean> alive =
          inTx(tx -> tx.jobs().heartbeat("w1", List.of(held.get(0).claim())));
      assertThat(alive).containsOnlyKeys(held.get(0).claim());
      Optional<Job> locked = inTx(tx -> tx.jobs().lockClaim(held.get(0).claim()));
      assertThat(locked).isPresent();
      assertThat(complete(bench, held.get(0))).isTrue();
      assertThat(complete(bench, held.get(0))).isFalse();
      boolean back =
          inTx(tx -> tx.jobs().retryLater(held.get(1).claim(), "again", Duration.ofHours(1)));
      assertThat(back).isTrue();
      decided(bench.engine().queue().cancel(keys.get(2)));
      assertThat(find(keys.get(2)).cancelRequested()).isTrue();
      decided(bench.engine().queue().cancel(keys.get(3)));
      assertThat(find(keys.get(0)).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(find(keys.get(1)).lastError()).isEqualTo("again");
      assertThat(find(keys.get(3)).status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(rows("job_all")).as("nothing came to be in the new layout").isZero();
      assertThat(bench.engine().queue().list(null, null, null, 10)).hasSize(4);
      assertThat(bench.engine().queue().stats().byStatus())
          .containsEntry(JobStatus.PENDING, 1L)
          .containsEntry(JobStatus.RUNNING, 1L);
      assertThat(writes).isEmpty();
    }

    @Test
    void noChangeWithoutItsWorkspace() {
      to(QueueLayout.LEGACY);
      Job alone = claimOneOf(enqueue(1));
      to(QueueLayout.DUAL);
      Job both = claimOneOf(enqueue(1));
      for (Job held : List.of(alone, both)) {
        var elsewhere = new Job.Claim(new JobKey("v", held.key().id()), held.attempts());
        Set<Job.Claim> done = inTx(tx -> tx.jobs().complete(Map.of(elsewhere, Optional.empty())));
        boolean back = inTx(tx -> tx.jobs().handBack(elsewhere, Duration.ZERO, null));
        boolean cancelled = inTx(tx -> tx.jobs().requestCancel(elsewhere.key()));
        assertThat(done).isEmpty();
        assertThat(back).isFalse();
        assertThat(cancelled).isFalse();
        assertThat(find(held.key())).isEqualTo(held);
        assertThat(bench.engine().queue().find(elsewhere.key())).isEmpty();
      }
    }

    private Job claimOneOf(List<JobKey> keys) {
      Job held = claimOne(bench);
      assertThat(keys).contains(held.key());
      return held;
    }

    @Test
    void jobsOfBothLayoutsAreClaimedInOneOrder() {
      to(QueueLayout.LEGACY);
      enqueue(2);
      JobKey first =
          bench.engine().queue().enqueue(List.of(noop().withPriority(9))).getFirst().key();
      to(QueueLayout.DUAL);
      JobKey second =
          bench.engine().queue().enqueue(List.of(noop().withPriority(5))).getFirst().key();
      assertThat(claim(bench, 2).stream().map(Job::key).toList()).containsExactly(first, second);
      assertThat(claim(bench, 5)).hasSize(2);
    }

    @Test
    void whereTheSecondWriteFailsNeitherStands() {
      to(QueueLayout.DUAL);
      database.execute("ALTER TABLE legacy_job ADD CONSTRAINT no_sevens CHECK (priority <> 7)");
      NewJob seven = noop().withPriority(7).withClientRequestId("x");
      assertThatThrownBy(() -> bench.engine().queue().enqueue(List.of(noop(), seven)))
          .isInstanceOf(StoreException.Violated.class);
      assertThat(rows("job")).isZero();
      assertThat(rows("legacy_job")).isZero();
      assertThat(writes.get("w false").get()).isEqualTo(1);
      database.execute("ALTER TABLE legacy_job DROP CONSTRAINT no_sevens");
      assertThat(bench.engine().queue().enqueue(List.of(seven)).getFirst().duplicate()).isFalse();

      Job held = claimOne(bench);
      database.execute(
          "ALTER TABLE legacy_job ADD CONSTRAINT none_done CHECK (status <> 'COMPLETED')");
      assertThatThrownBy(() -> complete(bench, held)).isInstanceOf(StoreException.Violated.class);
      assertThat(find(held.key()).status()).isEqualTo(JobStatus.RUNNING);
      assertThat(rows("job_history")).isZero();
      assertThat(writes.get("w false").get()).isEqualTo(2);
      database.execute("ALTER TABLE legacy_job DROP CONSTRAINT none_done");
      assertThat(complete(bench, held)).isTrue();
      assertSame();
    }

    @Test
    void retentionDeletesInEveryLayout() {
      to(QueueLayout.LEGACY);
      enqueue(2);
      claim(bench, 2).forEach(job -> complete(bench, job));
      int old = inTx(tx -> tx.jobs().prune(tx.now().plusSeconds(60), 1));
      assertThat(old).isEqualTo(1);
      to(QueueLayout.DUAL);
      enqueue(1);
      claim(bench, 1).forEach(job -> complete(bench, job));
      int both = inTx(tx -> tx.jobs().prune(tx.now().plusSeconds(60), 10));
      assertThat(both).isEqualTo(2);
      assertThat(rows("legacy_job")).isZero();
      assertThat(rows("job_all")).isZero();
    }
  }
}
