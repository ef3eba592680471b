package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.sweep.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Batches that nobody calls back for, and those whose jobs are gone or can't be done.
class BatchSweepsTest {
  abstract static class Contract extends BatchContract {
    // Sweeps.

    @Test
    void theCompletionSweepRanksWhatNobodyRanked() {
      Batch waiting = desk.external(5, 10, 100);
      Batch other = desk.external(5, 10, 100);
      desk.answer(waiting.id(), 8);
      desk.answer(other.id(), 7);
      // As if the callback that had to decide had been by an older release.
      database.execute("UPDATE batch SET threshold_percent = 80");
      assertThat(desk.monitor().complete(() -> false)).isEqualTo(Findings.all(1));
      assertThat(desk.monitor().complete(() -> false)).isEqualTo(Findings.NONE);
      Batch ended = desk.await(waiting.id(), State.COMPLETED);
      assertThat(ended.progress().ended().by())
          .isEqualTo(dev.imprimatur.engine.assessment.Door.COMPLETION_SWEEP);
      assertThat(desk.find(other.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
      assertThat(told(waiting.id())).hasSize(3);
    }

    @Test
    void aBatchThatAnotherHoldsIsPassedOver() throws SQLException {
      Batch held = desk.external(5, 10, 100);
      desk.answer(held.id(), 8);
      database.execute("UPDATE batch SET threshold_percent = 80");
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        owner.setAutoCommit(false);
        statement.executeQuery("SELECT id FROM batch FOR UPDATE");
        assertThat(desk.monitor().complete(() -> false)).isEqualTo(new Findings(1, 0, ""));
        owner.rollback();
      }
      assertThat(desk.monitor().complete(() -> false)).isEqualTo(Findings.all(1));
    }

    @Test
    void aStuckBatchAtEightyPercentIsRankedWithWhatIsThere() {
      Batch batch = hundred(80);
      assertThat(desk.monitor().recover(() -> false)).as("not stuck yet").isEqualTo(Findings.NONE);
      age(batch.id());
      assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
      Batch ended = desk.await(batch.id(), State.COMPLETED);
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_MAX_COMPARISONS);
      assertThat(ended.progress().decided().verdict().reason())
          .isEqualTo(Verdict.Reason.STUCK_WITH_ENOUGH);
      assertThat(told(batch.id())).hasSize(3);
      awaitCharge(batch.id(), 80);
    }

    @Test
    void aStuckBatchBelowIsAskedForAgainAndFailsAtTheLimit() {
      Batch batch = hundred(79);
      for (int request = 2; request <= 3; request++) {
        age(batch.id());
        assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
        assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.NONE);
        int requests = request;
        assertThat(desk.outstanding(batch.id()))
            .hasSize(21)
            .allSatisfy(c -> assertThat(c.requests()).isEqualTo(requests));
      }
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_event WHERE event_type = 'ComparisonsRequestedV1'"))
          .isEqualTo(3);
      age(batch.id());
      assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
      Batch ended = desk.find(batch.id());
      assertThat(ended.progress().status()).isEqualTo(Status.ERROR_PROCESSING);
      assertThat(ended.progress().diagnostics().path("error").asString()).isEqualTo("stuck_batch");
      assertThat(ended.progress().diagnostics().path("outstanding")).hasSize(21);
      assertThat(told(batch.id())).containsExactly("CJAssessmentFailedV1");
      assertThat(database.count("SELECT count(*) FROM batch_result")).isZero();
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void theAnswerToTheFirstRequestCountsAfterTheSecond() {
      Batch batch = hundred(79);
      age(batch.id());
      desk.monitor().recover(() -> false);
      desk.answer(batch.id(), 21);
      Batch ended = desk.await(batch.id(), State.COMPLETED);
      assertThat(ended.counts()).isEqualTo(new Batch.Counts(100, 100, 0));
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_MAX_COMPARISONS);
      awaitCharge(batch.id(), 100);
    }

    @Test
    void aBatchWhoseJobIsGoneIsTakenUpAgain() {
      bench.stopWork();
      UUID id =
          decided(
                  desk.assessment()
                      .batches()
                      .create(BatchBench.of(null, Judging.EXTERNAL, 5, 10, 80)))
              .batch()
              .id();
      age(id);
      assertThat(desk.monitor().recover(() -> false))
          .as("its job waits: the queue has it")
          .isEqualTo(new Findings(1, 0, ""));
      database.execute("DELETE FROM job");
      assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
      bench.work();
      desk.await(id, State.WAITING_CALLBACKS);
      bench.stopWork();
      desk.answer(id, 8);
      assertThat(desk.find(id).state()).isEqualTo(State.SCORING);
      database.execute("DELETE FROM job");
      age(id);
      assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
      assertThat(desk.find(id).progress().fence()).isEqualTo(2);
      bench.work();
      desk.await(id, State.COMPLETED);
      assertThat(told(id)).hasSize(3);
    }

    @Test
    void aBatchWhoseJobCantBeDoneFailsAndSaysWhy() {
      bench.stopWork();
      UUID id =
          decided(desk.assessment().batches().create(BatchBench.of(null, Judging.LOCAL, 3, 6, 100)))
              .batch()
              .id();
      var queue = bench.engine().queue();
      decided(queue.cancel(queue.list(null, "assessment.pairs", null, 1).getFirst().key()));
      Batch ended = desk.find(id);
      assertThat(ended.progress().status()).isEqualTo(Status.ERROR_PROCESSING);
      assertThat(ended.progress().diagnostics().isObject()).isTrue();
      assertThat(told(id)).containsExactly("CJAssessmentFailedV1");
    }

    @Test
    void aPairWhoseJudgeCantBeHeardCountsAsFailed() {
      bench.stopWork();
      UUID id =
          decided(desk.assessment().batches().create(BatchBench.of(null, Judging.LOCAL, 3, 6, 100)))
              .batch()
              .id();
      var queue = bench.engine().queue();
      try (var one = bench.engine().worker(bench.engine().workerOptions("one").withMaxJobs(1))) {
        one.start();
        desk.await(id, State.WAITING_CALLBACKS);
      }
      queue
          .list(null, "assessment.judge", null, 10)
          .forEach(job -> decided(queue.cancel(job.key())));
      Batch ended = desk.find(id);
      assertThat(ended.counts()).isEqualTo(new Batch.Counts(6, 0, 6));
      assertThat(ended.progress().status()).isEqualTo(Status.ERROR_ESSAY_PROCESSING);
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
