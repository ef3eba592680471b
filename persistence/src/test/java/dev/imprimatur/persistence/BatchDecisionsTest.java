package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.BatchInspection;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.StuckBatches.Show;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.sweep.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What administrators see of batches and decide on them, and who else can't.
class BatchDecisionsTest {
  abstract static class Contract extends BatchContract {
    // Administrators.

    @Test
    void anAdministratorSeesWhatADecisionComesToAndMakesItOnWhatWasSeen() {
      Batch batch = desk.external(5, 10, 80);
      desk.answer(batch.id(), 4);
      UUID id = batch.id();
      var actions = desk.assessment().actions();
      long seen = desk.find(id).progress().revision();
      assertThat(refused(actions.preview(order(id, Action.FINALISE, null, null))))
          .isEqualTo("not_ready");
      assertThat(refused(desk.act(id, Action.FINALISE, null, null))).isEqualTo("not_ready");
      assertThat(refused(desk.act(id, Action.CLOSE, null, " "))).isEqualTo("reason_required");
      var preview = decided(actions.preview(order(id, Action.REREQUEST, seen, null)));
      assertThat(preview.pairs()).isEqualTo(6);
      assertThat(desk.find(id).progress().revision()).as("a preview").isEqualTo(seen);
      UUID one = desk.outstanding(id).getFirst().correlationId();
      decided(actions.act(new Order(id, Action.REREQUEST, seen, null, Set.of(one))));
      assertThat(desk.outstanding(id)).filteredOn(c -> c.requests() == 2).hasSize(1);
      assertThat(desk.act(id, Action.CLOSE, seen, "enough"))
          .as("what was seen is no longer so")
          .isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(
              refused(
                  actions.act(
                      new Order(id, Action.REREQUEST, null, null, Set.of(UUID.randomUUID())))))
          .isEqualTo("unknown_pairs");
      decided(desk.act(id, Action.WAIT, null, null));
      Batch closing = decided(desk.act(id, Action.CLOSE, null, "enough for today"));
      assertThat(closing.state()).isIn(State.SCORING, State.COMPLETED);
      Batch ended = desk.await(id, State.COMPLETED);
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_MAX_COMPARISONS);
      assertThat(ended.progress().decided().verdict().reason())
          .isEqualTo(Verdict.Reason.CLOSED_BY_PERSON);
      for (Action action : Action.values()) {
        assertThat(desk.act(id, action, null, "again")).isInstanceOf(Decision.AlreadyDecided.class);
      }
      assertThat(told(id)).hasSize(3);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void whatIsStuckCanBeSeen() {
      Batch batch = desk.external(5, 10, 100);
      desk.answer(batch.id(), 2);
      assertThat(desk.assessment().batches().stuck(10)).isEmpty();
      age(batch.id());
      assertThat(desk.assessment().batches().stuck(10))
          .extracting(Batch::id)
          .containsExactly(batch.id());
      BatchDetail detail = desk.detail(batch.id());
      assertThat(detail.outstanding()).hasSize(8);
      assertThat(detail.parts()).isBetween(3, 4);
      assertThat(detail.reliabilityIfCompleted()).isGreaterThan(detail.reliability());
      assertThat(refused(desk.act(UUID.randomUUID(), Action.WAIT, null, null)))
          .isEqualTo("not_found");
      decided(desk.act(batch.id(), Action.FAIL, null, "the judge is gone"));
      assertThat(desk.find(batch.id()).progress().status()).isEqualTo(Status.ERROR_PROCESSING);
    }

    @Test
    void whatABatchWaitsForIsInspected() {
      Batch batch = desk.external(5, 10, 100);
      desk.answer(batch.id(), 2);
      var stuck = desk.assessment().stuck();
      assertThat(stuck.order(Show.STUCK)).isEmpty();
      assertThat(stuck.order(Show.OPEN)).containsExactly(batch.id());
      assertThat(bench.engine().counts().stuckBatches()).isZero();
      Batch older = desk.external(3, 6, 100);
      age(batch.id());
      age(older.id());
      age(older.id());
      assertThat(stuck.order(Show.STUCK)).containsExactly(older.id(), batch.id());
      assertThat(bench.engine().counts().stuckBatches()).isEqualTo(2);
      assertThat(stuck.rows(stuck.order(Show.STUCK)).values())
          .allSatisfy(row -> assertThat(row.stuck()).isTrue())
          .allSatisfy(row -> assertThat(row.idle()).isGreaterThan(Duration.ofHours(4)));

      BatchInspection seen = stuck.inspect(batch.id()).orElseThrow();
      assertThat(seen.stuck()).isTrue();
      assertThat(seen.now())
          .isEqualTo(new Verdict(Verdict.Next.WAIT, Verdict.Reason.ANSWERS_OUTSTANDING));
      assertThat(seen.parts()).hasSize(seen.detail().parts());
      assertThat(seen.parts().stream().mapToInt(List::size).sum()).isEqualTo(5);
      assertThat(seen.parts().getFirst()).hasSizeGreaterThan(1);
      assertThat(seen.jobs()).as("judges outside are waited for").isEmpty();
      assertThat(seen.history().getLast().action()).isEqualTo("batch.created");
      assertThat(seen.closed()).containsOnlyKeys(Action.FINALISE);
      assertThat(seen.closed().get(Action.FINALISE).code()).isEqualTo("not_ready");

      decided(desk.act(batch.id(), Action.CANCEL, null, "no longer wanted"));
      BatchInspection ended = stuck.inspect(batch.id()).orElseThrow();
      assertThat(ended.now()).isNull();
      assertThat(ended.closed()).containsOnlyKeys(Action.values());
      assertThat(ended.closed().values())
          .allSatisfy(r -> assertThat(r.code()).isEqualTo("batch_ended"));
      assertThat(stuck.order(Show.STUCK)).containsExactly(older.id());
      assertThat(stuck.order(Show.FAILED)).containsExactly(batch.id());
      assertThat(stuck.inspect(UUID.randomUUID())).isEmpty();
    }

    @Test
    void theJobThatServesABatchIsNamed() {
      bench.stopWork();
      UUID id =
          decided(desk.assessment().batches().create(BatchBench.of(null, Judging.LOCAL, 3, 6, 100)))
              .batch()
              .id();
      assertThat(desk.assessment().stuck().inspect(id).orElseThrow().jobs())
          .extracting(Job::kind)
          .containsExactly("assessment.pairs");
      try (var one = bench.engine().worker(bench.engine().workerOptions("one").withMaxJobs(1))) {
        one.start();
        desk.await(id, State.WAITING_CALLBACKS);
      }
      assertThat(desk.assessment().stuck().inspect(id).orElseThrow().jobs())
          .hasSize(6)
          .extracting(Job::kind)
          .containsOnly("assessment.judge");
    }

    @Test
    void automationDecidesNothingInAnAdministratorsName() {
      Batch batch = desk.external(5, 10, 80);
      desk.answer(batch.id(), 4);
      String where = " WHERE id = '" + batch.id() + "'";
      for (String set :
          List.of(
              "state = 'SCORING', fence = 1, decision = 'FINALISE', decision_reason = 'CLOSED_BY_PERSON',"
                  + " decision_by = 'ADMINISTRATOR', decided_at = CURRENT_TIMESTAMP",
              "decision = 'WAIT', decision_reason = 'WAITED_BY_PERSON', decision_by = 'ADMINISTRATOR',"
                  + " decided_at = CURRENT_TIMESTAMP, last_activity = CURRENT_TIMESTAMP",
              "state = 'FAILED', status = 'ERROR_PROCESSING', diagnostics = '{}', ended_by = 'ADMINISTRATOR',"
                  + " ended_actor_kind = 'HUMAN', ended_at = CURRENT_TIMESTAMP",
              "state = 'CANCELLED', status = 'ERROR_PROCESSING', ended_by = 'STUCK_SWEEP',"
                  + " ended_actor_kind = 'HUMAN', ended_at = CURRENT_TIMESTAMP")) {
        assertRefused(kind().worker(), "UPDATE batch SET " + set + where);
      }
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
      // What an administrator decided is carried out by automation all the same.
      decided(desk.act(batch.id(), Action.CLOSE, null, "enough for today"));
      desk.await(batch.id(), State.COMPLETED);
    }

    private static Order order(UUID id, Action action, Long revision, String reason) {
      return new Order(id, action, revision, reason, Set.of());
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

    @Test
    void anEditorIsNoAdministratorAndAWorkerNoPerson() {
      Batch batch = desk.external(5, 10, 80);
      try (Bench editor = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        var her = new BatchBench(editor);
        assertThat(refused(her.act(batch.id(), Action.CANCEL, null, "no")))
            .isEqualTo("admin_required");
        UUID pair = her.outstanding(batch.id()).getFirst().correlationId();
        Taken taken = decided(her.answer(pair, Answer.FIRST));
        assertThat(taken.comparison().answered().by()).isEqualTo(TestDatabase.EDITOR_A);
      }
      try (Bench headless = Bench.on(database.openAs(TestDatabase.WORKER))) {
        var its = new BatchBench(headless);
        assertThat(
                refused(
                    its.assessment()
                        .batches()
                        .create(BatchBench.of(null, Judging.EXTERNAL, 3, 6, 80))))
            .isEqualTo("human_required");
        assertThat(refused(its.act(batch.id(), Action.CANCEL, null, "no")))
            .isEqualTo("admin_required");
      }
      assertKept(
          "UPDATE batch SET state = 'COMPLETED', status = 'COMPLETE_STABLE', ended_at = now(), ended_by = 'CALLBACK',"
              + " ended_actor_kind = 'AUTOMATION' WHERE id = '"
              + batch.id()
              + "'",
          "not whole");
    }

    /// What a reviewer's own SQL would do, each refused by the database.
    @Test
    void aReviewersOwnSqlDecidesOnNoBatch() {
      Batch batch = desk.external(5, 10, 80);
      desk.answer(batch.id(), 4);
      String where = " WHERE id = '" + batch.id() + "'";
      String decided = ", decision = 'FINALISE', decided_at = now(), decision_reason = ";
      String ended = ", ended_actor_kind = 'HUMAN', ended_at = now(), ended_by = ";
      for (String set :
          List.of(
              // Close it, as an administrator, as a callback that counts itself, as a sweep.
              "state = 'SCORING', fence = 1, decision_by = 'ADMINISTRATOR'"
                  + decided
                  + "'CLOSED_BY_PERSON'",
              "state = 'SCORING', fence = 1, completed = 5, decision_by = 'CALLBACK'"
                  + decided
                  + "'THRESHOLD_REACHED'",
              "completed = 5, decision = 'WAIT', decision_by = 'CALLBACK', decided_at = now(),"
                  + " decision_reason = 'ANSWERS_OUTSTANDING'",
              "completed = 3, decision = 'WAIT', decision_by = 'CALLBACK', decided_at = now(),"
                  + " decision_reason = 'ANSWERS_OUTSTANDING'",
              "state = 'SCORING', fence = 1, completed = 8, decision_by = 'CALLBACK'"
                  + decided
                  + "'THRESHOLD_REACHED'",
              "state = 'SCORING', fence = 1, decision_by = 'STUCK_SWEEP'"
                  + decided
                  + "'STUCK_WITH_ENOUGH'",
              // Fail it.
              "state = 'FAILED', status = 'ERROR_PROCESSING', diagnostics = '{}'"
                  + ended
                  + "'ADMINISTRATOR'",
              "state = 'FAILED', status = 'ERROR_PROCESSING', diagnostics = '{}'"
                  + ended
                  + "'STUCK_SWEEP'",
              "state = 'FAILED', status = 'ERROR_ESSAY_PROCESSING', diagnostics = '{}', failed = 1,"
                  + " decision_by = 'CALLBACK'"
                  + decided
                  + "'BUDGET_SPENT'"
                  + ended
                  + "'CALLBACK'",
              // Cancel it.
              "state = 'CANCELLED', status = 'ERROR_PROCESSING'" + ended + "'ADMINISTRATOR'",
              // Keep it from being looked after, or bring it to the limit.
              "last_activity = now()",
              "last_activity = last_activity - INTERVAL '5' HOUR",
              "rerequests = 99",
              "sent = 0, completed = 0")) {
        assertRefused(TestDatabase.EDITOR_A, "UPDATE batch SET " + set + where);
      }
      // Let its next answer end it.
      assertRefused(
          TestDatabase.EDITOR_A,
          "INSERT INTO batch_estimate (batch_id, number, completed, scores, steady, estimated_at) VALUES ('"
              + batch.id()
              + "', 2, 4, '[]', 2, now())");
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
      assertThat(desk.find(batch.id()).counts()).isEqualTo(new Batch.Counts(10, 4, 0));
    }

    @Test
    void aReviewersLastAnswerEndsABatchAsAnyOther() {
      Batch ranked = desk.external(5, 10, 80);
      desk.answer(ranked.id(), 7);
      Batch failing = desk.external(3, 2, 80);
      try (Bench editor = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        var her = new BatchBench(editor);
        her.answer(ranked.id(), 1);
        her.outstanding(failing.id())
            .forEach(pair -> decided(her.answer(pair.correlationId(), Answer.ERROR)));
        assertThat(her.find(failing.id()).progress().status())
            .isEqualTo(Status.ERROR_ESSAY_PROCESSING);
      }
      desk.await(ranked.id(), State.COMPLETED);
      awaitCharge(ranked.id(), 8);
    }

    @Test
    void aReviewerWhoCancelsABatchsJobDoesNotEndTheBatch() {
      bench.stopWork();
      UUID id =
          decided(
                  desk.assessment()
                      .batches()
                      .create(BatchBench.of(null, Judging.EXTERNAL, 3, 6, 100)))
              .batch()
              .id();
      try (Bench editor = Bench.on(database.openAs(TestDatabase.EDITOR_A))) {
        var queue = editor.engine().queue();
        decided(queue.cancel(queue.list(null, "assessment.pairs", null, 1).getFirst().key()));
      }
      assertThat(desk.find(id).terminal()).isFalse();
      age(id);
      assertThat(desk.monitor().recover(() -> false)).isEqualTo(Findings.all(1));
      bench.work();
      desk.await(id, State.WAITING_CALLBACKS);
    }
  }
}
