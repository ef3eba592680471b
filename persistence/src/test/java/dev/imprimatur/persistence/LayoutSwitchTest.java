package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The queue's way from its old layout to its new one and back (kernel.md §1), beside workers and
/// other processes, on both databases.
class LayoutSwitchTest {
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

  abstract static class Contract extends QueueLayoutContract {
    private static final int STEPS = 12;

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
    void whoWaitsForTheBackfillIsToldAndMayStopIt() {
      to(QueueLayout.LEGACY);
      enqueue(1201);
      assertThat(refused(layouts().backfillAll(() -> false, copied -> {}))).isEqualTo("not_dual");
      to(QueueLayout.DUAL);
      List<Long> told = new ArrayList<>();
      QueueLayouts.Backfilled some =
          decided(layouts().backfillAll(() -> !told.isEmpty(), told::add));
      assertThat(some.copied()).isEqualTo(500);
      assertThat(some.status().counts().onlyOld()).isEqualTo(701);
      QueueLayouts.Backfilled rest = decided(layouts().backfillAll(() -> false, told::add));
      assertThat(rest.copied()).isEqualTo(701);
      assertThat(rest.status().counts().onlyOld()).isZero();
      assertThat(told).containsExactly(500L, 500L, 701L);
      to(QueueLayout.WORKSPACE);
      assertThat(decided(layouts().backfillAll(() -> false, told::add)).copied()).isZero();
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
  }
}
