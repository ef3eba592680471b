package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The queue's way from its old layout to its new one (kernel.md §1), on both databases. That each
/// layout is a whole queue, QueueTest shows.
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

    @Test
    void onlyAnAdministratorSwitches() {
      try (Bench editor = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        assertThat(refused(editor.engine().queueLayouts().set(QueueLayout.DUAL)))
            .isEqualTo("admin_required");
        QueueLayouts.Report report = editor.engine().queueLayouts().report(1);
        assertThat(report.refusals())
            .containsOnlyKeys(QueueLayout.LEGACY, QueueLayout.DUAL)
            .allSatisfy((layout, why) -> assertThat(why.code()).isEqualTo("admin_required"));
        UnitOfWork people = editor.database().people();
        assertThatThrownBy(() -> people.run(tx -> tx.queueLayout().lock()))
            .isInstanceOf(StoreException.Forbidden.class);
        assertThatThrownBy(() -> people.run(tx -> tx.queueLayout().set(QueueLayout.DUAL)))
            .isInstanceOf(StoreException.Forbidden.class);
        assertThat(editor.engine().queueLayouts().inForce()).isEqualTo(QueueLayout.WORKSPACE);
      }
    }

    @Test
    void aProcessWithAnOutdatedIdeaLooksAnewAndRepeats() {
      try (Bench other = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        for (QueueLayout next :
            List.of(
                QueueLayout.DUAL, QueueLayout.LEGACY, QueueLayout.DUAL, QueueLayout.WORKSPACE)) {
          JobKey first = enqueue(other, 1).getFirst();
          Job held = claimOne(other);
          assertThat(held.key()).isEqualTo(first);
          if (next == QueueLayout.LEGACY) {
            // Nothing is to be lost: what stands in the new layout alone has gone.
            assertThat(complete(other, held)).isTrue();
            assertThat(bench.engine().queueLayouts().status().counts().differing()).isZero();
            forgetNew();
          }
          bench.engine().queueLayouts().backfill(() -> false);
          to(next);
          if (next != QueueLayout.LEGACY) {
            assertThat(complete(other, held)).isTrue();
            assertThat(find(first).status()).isEqualTo(JobStatus.COMPLETED);
          }
          // By who last knew of another layout, or has just learnt of this one.
          JobKey later = enqueue(other, 1).getFirst();
          String of = " WHERE id = '" + later.id() + "'";
          assertThat(rows("legacy_job" + of)).isEqualTo(next == QueueLayout.WORKSPACE ? 0 : 1);
          assertThat(rows("job" + of)).isEqualTo(next == QueueLayout.LEGACY ? 0 : 1);
          assertThat(complete(other, claimOne(other))).isTrue();
        }
      }
    }

    private void forgetNew() {
      LayoutSteps.execute(
          database,
          QueueLayout.DUAL,
          "DELETE FROM job_history h WHERE NOT EXISTS (SELECT FROM legacy_job l WHERE l.id = h.id)");
    }
  }

  abstract static class Contract extends BenchContract {
    private static final int STEPS = 12;
    private final Map<String, AtomicInteger> writes = new ConcurrentHashMap<>();

    @Override
    Bench bench(Database open) {
      Metrics metrics =
          new Metrics() {
            @Override
            public void dualWritten(String workspace, boolean succeeded) {
              writes
                  .computeIfAbsent(workspace + " " + succeeded, key -> new AtomicInteger())
                  .incrementAndGet();
            }
          };
      return Bench.on(
          open,
          Scripted.providers(),
          new Engine.Extensions(List.of(), List.of(), metrics, List.of()),
          FaultPoints.NONE);
    }

    @Test
    void newDatabasesBeginInTheNewLayout() {
      enqueue(1);
      assertThat(layouts().inForce()).isEqualTo(QueueLayout.WORKSPACE);
      assertThat(rows("legacy_job")).isZero();
      assertThat(refused(layouts().set(QueueLayout.WORKSPACE))).isEqualTo("layout_in_force");
      assertThat(refused(layouts().set(QueueLayout.LEGACY))).isEqualTo("not_a_step");
    }

    @Test
    void aReportSaysHowFarCopyingIsAndWhatStandsInTheWayOfEachStep() {
      enqueue(1);
      QueueLayouts.Report alone = layouts().report(10);
      assertThat(alone.layout()).isEqualTo(QueueLayout.WORKSPACE);
      assertThat(alone.counts().onlyNew()).as("not counted").isZero();
      assertThat(alone.refusals()).containsOnlyKeys(QueueLayout.LEGACY);
      assertThat(alone.refusals().get(QueueLayout.LEGACY).code()).isEqualTo("not_a_step");
      assertThat(complete(bench, claimOne(bench))).isTrue();
      to(QueueLayout.DUAL);
      QueueLayouts.Report ahead = layouts().report(10);
      assertThat(ahead.counts().onlyNew()).isEqualTo(1);
      assertThat(ahead.refusals()).containsOnlyKeys(QueueLayout.LEGACY);
      assertThat(ahead.refusals().get(QueueLayout.LEGACY).code()).isEqualTo("layouts_differ");

      LayoutSteps.execute(database, QueueLayout.DUAL, "DELETE FROM job_history");
      to(QueueLayout.LEGACY);
      enqueue(3);
      to(QueueLayout.DUAL);
      List<JobKey> both = enqueue(2);
      QueueLayouts.Report begun = layouts().report(10);
      assertThat(begun.counts().onlyOld()).isEqualTo(3);
      assertThat(begun.counts().both()).isEqualTo(2);
      assertThat(begun.refusals()).containsOnlyKeys(QueueLayout.WORKSPACE);
      assertThat(refused(layouts().set(QueueLayout.WORKSPACE)))
          .isEqualTo(begun.refusals().get(QueueLayout.WORKSPACE).code());

      assertThat(bench.engine().queueLayouts().backfill(() -> false).done()).isEqualTo(3);
      assertThat(layouts().report(10).counts().both()).isEqualTo(5);
      assertThat(layouts().report(10).refusals()).isEmpty();

      LayoutSteps.execute(
          database,
          QueueLayout.DUAL,
          "UPDATE legacy_job SET priority = 9 WHERE id = '" + both.getFirst().id() + "'");
      QueueLayouts.Report differs = layouts().report(10);
      assertThat(differs.counts().differing()).isEqualTo(1);
      assertThat(differs.differences().getFirst().columns()).containsExactly("priority");
      assertThat(differs.refusals()).containsOnlyKeys(QueueLayout.LEGACY, QueueLayout.WORKSPACE);
    }

    @Test
    void aStepIsAudited() {
      to(QueueLayout.DUAL);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
      assertThat(
              database.count("SELECT count(*) FROM audit_entry WHERE action = 'queue.layout_set'"))
          .isEqualTo(1);
    }

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
    void whatDiffersIsShownAndKeepsTheLayout() {
      to(QueueLayout.DUAL);
      JobKey key = enqueue(2).getFirst();
      LayoutSteps.execute(
          database,
          QueueLayout.DUAL,
          "UPDATE legacy_job SET priority = 3, attempts = 2 WHERE id = '" + key.id() + "'");
      LayoutDifference found = layouts().differences(10).getFirst();
      assertThat(found.key()).isEqualTo(key);
      assertThat(found.columns()).containsExactly("priority", "attempts");
      assertThat(found.oldAttempts()).isEqualTo(2);
      assertThat(found.newAttempts()).isZero();
      assertThat(refused(layouts().set(QueueLayout.WORKSPACE))).isEqualTo("layouts_differ");
      assertThat(refused(layouts().set(QueueLayout.LEGACY))).isEqualTo("layouts_differ");
      // The next change of the job writes its row anew.
      decided(bench.engine().queue().cancel(key));
      assertSame();
      to(QueueLayout.WORKSPACE);
      assertThat(rows("legacy_job")).isZero();
    }

    @Test
    void theLayoutStaysWhileJobsStandOnlyInTheOldOne() {
      to(QueueLayout.LEGACY);
      List<JobKey> keys = enqueue(3);
      Job held = claimOne(bench);
      decided(bench.engine().queue().cancel(keys.get(2)));
      Job before = find(keys.get(2));
      to(QueueLayout.DUAL);
      assertThat(layouts().status().counts().onlyOld()).isEqualTo(3);
      assertThat(refused(layouts().set(QueueLayout.WORKSPACE))).isEqualTo("layouts_differ");
      assertThat(layouts().backfill(() -> false).done()).isEqualTo(3);
      assertThat(layouts().backfill(() -> false).done()).isZero();
      assertSame();
      assertThat(find(keys.get(2))).isEqualTo(before);
      assertThat(rows("job")).isEqualTo(2);
      to(QueueLayout.WORKSPACE);
      assertThat(complete(bench, held)).isTrue();
      assertThat(claim(bench, 5)).hasSize(1);
      assertThat(database.count("SELECT count(DISTINCT seq) FROM job_all"))
          .as("numbers go on where the old layout ended")
          .isEqualTo(3);
      enqueue(1);
      assertThat(database.count("SELECT count(DISTINCT seq) FROM job_all")).isEqualTo(4);
    }

    @Test
    void goingBackLosesNothing() {
      JobKey alone = enqueue(1).getFirst();
      to(QueueLayout.DUAL);
      assertThat(layouts().status().counts().onlyNew()).isEqualTo(1);
      assertThat(refused(layouts().set(QueueLayout.LEGACY))).isEqualTo("layouts_differ");
      Job held = claimOne(bench);
      assertThat(held.key()).isEqualTo(alone);
      assertThat(complete(bench, held)).isTrue();
      assertThat(rows("legacy_job")).as("never stood there").isZero();
      LayoutSteps.execute(database, QueueLayout.DUAL, "DELETE FROM job_history");
      JobKey both = enqueue(1).getFirst();
      Job running = claimOne(bench);
      inTx(tx -> {
        tx.jobs().progress(running.claim(), 0.5, "half");
        return true;
      });
      to(QueueLayout.LEGACY);
      assertThat(rows("job_all")).isZero();
      assertThat(find(both).progressText()).isEqualTo("half");
      assertThat(complete(bench, running)).isTrue();
      assertThat(find(both).status()).isEqualTo(JobStatus.COMPLETED);
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

    @Test
    void theBackfillRunsBesideWorkers() throws Exception {
      to(QueueLayout.LEGACY);
      count(300, "a");
      to(QueueLayout.DUAL);
      bench.work(4);
      Together.run(
          3,
          i -> {
            if (i == 0) {
              count(100, "b");
            } else {
              while (inTx(tx -> tx.queueLayout().backfill(7)) > 0) {
                // Until nothing is left.
              }
            }
          });
      awaitCompleted(400);
      layouts().backfill(() -> false);
      assertSame();
      to(QueueLayout.WORKSPACE);
      assertThat(bench.engine().queue().stats().counters()).containsEntry("c", 400L);
      assertThat(database.count("SELECT count(*) FROM job_all WHERE attempts <> 1")).isZero();
    }

    @Test
    void whileOneProcessWorksAnotherSwitches() throws Exception {
      boolean alone = kind() == TestDatabase.Kind.H2;
      // H2 has one process; there it is one engine on its threads.
      Bench other = alone ? bench : Bench.on(database.open());
      try {
        to(QueueLayout.LEGACY);
        bench.work(4);
        var done = new AtomicBoolean();
        var steps = new AtomicInteger();
        var enqueued = new AtomicLong();
        Together.run(
            2,
            i -> {
              if (i == 0) {
                for (int n = 0; steps.get() < STEPS; n++) {
                  count(5, "n" + n);
                  enqueued.addAndGet(5);
                }
                done.set(true);
              } else {
                do {
                  other.engine().queueLayouts().backfill(() -> false);
                  if (step(other.engine().queueLayouts())) {
                    steps.incrementAndGet();
                  }
                } while (!done.get());
              }
            });
        awaitCompleted(enqueued.get());
        assertThat(bench.engine().queue().stats().counters()).containsEntry("c", enqueued.get());
        while (layouts().inForce() != QueueLayout.WORKSPACE) {
          other.engine().queueLayouts().backfill(() -> false);
          to(QueueLayout.WORKSPACE);
        }
        assertThat(rows("job_all WHERE status = 'COMPLETED' AND attempts = 1"))
            .isEqualTo(enqueued.get());
        assertThat(rows("legacy_job")).isZero();
      } finally {
        if (!alone) {
          other.close();
        }
      }
    }

    /// Between both layouts and the new one; whatever stands in the way of a step is for the next
    /// try.
    private static boolean step(QueueLayouts switching) {
      QueueLayout next =
          switching.inForce() == QueueLayout.DUAL ? QueueLayout.WORKSPACE : QueueLayout.DUAL;
      return switching.set(next) instanceof Decision.Decided<QueueLayouts.Status>;
    }

    QueueLayouts layouts() {
      return bench.engine().queueLayouts();
    }

    void to(QueueLayout wanted) {
      LayoutSteps.to(bench.engine(), wanted);
    }

    NewJob noop() {
      return NewJob.of("w", "diagnostic.noop", Json.object());
    }

    List<JobKey> enqueue(int count) {
      return enqueue(bench, count);
    }

    List<JobKey> enqueue(Bench by, int count) {
      List<NewJob> jobs = IntStream.range(0, count).mapToObj(i -> noop()).toList();
      return by.engine().queue().enqueue(jobs).stream().map(Enqueued::key).toList();
    }

    void count(int jobs, String prefix) {
      List<NewJob> all = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        all.add(
            NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c"))
                .withClientRequestId(prefix + "-" + i));
      }
      bench.engine().queue().enqueue(all);
    }

    List<Job> claim(Bench by, int limit) {
      return by.database()
          .automation()
          .inTransaction(tx -> tx.jobs().claim("w1", Set.of("diagnostic.noop"), List.of(), limit));
    }

    Job claimOne(Bench by) {
      return claim(by, 1).getFirst();
    }

    boolean complete(Bench by, Job job) {
      return !by.database()
          .automation()
          .inOneStatement(tx -> tx.jobs().complete(Map.of(job.claim(), Optional.empty())))
          .isEmpty();
    }

    <T> T inTx(UnitOfWork.Work<T> work) {
      return bench.database().automation().inTransaction(work);
    }

    Job find(JobKey key) {
      return bench.engine().queue().find(key).orElseThrow();
    }

    long rows(String what) {
      return database.count("SELECT count(*) FROM " + what);
    }

    void assertSame() {
      assertThat(layouts().differences(10)).isEmpty();
      assertThat(layouts().status().counts().onlyOld()).isZero();
      assertThat(layouts().status().counts().onlyNew()).isZero();
    }

    void awaitCompleted(long jobs) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> bench.engine().queue().stats().byStatus().get(JobStatus.COMPLETED) == jobs);
    }
  }
}
