package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Answers that are taken back: the last one, in time, once, and by who gave it.
class JudgingUndoTest {
  abstract static class Contract extends JudgingContract {
    @Test
    void theLastAnswerIsTakenBackAndItsIdIsDead() {
      UUID batch = human(4, 6, 100).id();
      UUID first = judgeNext(editorA, batch, Answer.FIRST);
      UUID second = judgeNext(editorA, batch, Answer.FIRST);
      assertThat(refused(judging(editorB).undo(second))).isEqualTo("not_yours");
      assertThat(refused(judging(editorA).undo(first))).isEqualTo("not_the_last");
      assertThat(refused(judging(editorA).undo(UUID.randomUUID()))).isEqualTo("unknown_judgement");
      ShownPair again = decided(judging(editorA).undo(second));
      assertThat(again.correlationId()).isNotEqualTo(second);
      assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      assertThat(desk.find(batch).counts().outstanding()).isEqualTo(5);
      assertThat(judging(editorA).undo(second)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(judge(editorA, second, Answer.FIRST)))
          .as("a repeat of the answer that comes after it was taken back")
          .isEqualTo("withdrawn");
      assertThat(refused(desk.answer(second, Answer.FIRST))).isEqualTo("withdrawn");
      assertThat(next(editorA, batch).orElseThrow().correlationId())
          .as("it is before her again")
          .isEqualTo(again.correlationId());
      decided(judge(editorA, again.correlationId(), Answer.SECOND));
      assertThat(desk.find(batch).counts().completed()).isEqualTo(2);
      assertThat(judging(editorA).judges(batch).getFirst())
          .extracting(JudgeTimes::answers, JudgeTimes::withdrawn)
          .containsExactly(2, 1);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'comparison.withdrawn'"))
          .isEqualTo(1);
      for (int i = 0; i < 4; i++) {
        judgeNext(editorA, batch, Answer.TIE);
      }
      desk.await(batch, State.COMPLETED);
      UUID last =
          desk.detail(batch).comparisons().stream()
              .map(Comparison::correlationId)
              .filter(id -> refused(judging(editorA).undo(id)).equals("batch_ended"))
              .findFirst()
              .orElseThrow();
      assertThat(last).isNotNull();
      assertThat(desk.detail(batch).charged().orElse(6)).as("counted once each").isEqualTo(6);
    }

    @Test
    void whatWasAskedForIsNotAskedForTwiceAndAnEstimateIsNoLongerSteady() {
      AtomicReference<@Nullable Runnable> between = new AtomicReference<>();
      FaultPoints faults =
          point -> {
            Runnable action = point == FaultPoint.PAIRS_CHOSEN ? between.getAndSet(null) : null;
            if (action != null) {
              action.run();
            }
          };
      try (Bench other =
          Bench.on(
              database.open(),
              Scripted.providers(),
              Engine.Extensions.NONE,
              faults,
              Map.of("assessment.wave", "10", "assessment.stability-tolerance", "100"))) {
        bench.stopWork();
        other.work();
        UUID batch = human(other, 3, 60, 100).id();
        UUID last = null;
        for (int i = 0; i < 5; i++) {
          last = judgeInOrder(editorA, batch);
        }
        awaitEstimate(batch, 1);
        int sent = desk.find(batch).counts().sent();
        decided(judging(editorA).undo(last));
        judgeInOrder(editorA, batch);
        assertThat(desk.find(batch).progress().decided().verdict().reason())
            .isEqualTo(Verdict.Reason.ANSWERS_OUTSTANDING);
        assertThat(desk.find(batch).counts().sent()).as("asked for once").isEqualTo(sent);
        for (int i = 0; i < 5; i++) {
          last = judgeInOrder(editorA, batch);
        }
        awaitEstimate(batch, 2);
        assertThat(desk.detail(batch).estimate().orElseThrow().steady()).isEqualTo(1);
        decided(judging(editorA).undo(last));
        assertThat(desk.detail(batch).estimate().orElseThrow().steady())
            .as("it was made of what was taken back")
            .isZero();
        judgeInOrder(editorA, batch);
        for (int i = 0; i < 5; i++) {
          last = judgeInOrder(editorA, batch);
          UUID latest = last;
          // The fifth asks for more: taken back between the estimate and its storing.
          if (i == 3) {
            between.set(() -> awaitAndUndo(batch, latest));
          }
        }
        awaitEstimate(batch, 3);
        assertThat(desk.detail(batch).estimate().orElseThrow().steady()).isZero();
        quick.forEach(q -> q.worker().close());
        quick.clear();
      }
    }

    /// Takes back whatever was judged last, which is not the one it was armed with.
    private void awaitAndUndo(UUID batch, UUID before) {
      UUID last =
          editorA
              .database()
              .people()
              .inTransaction(tx -> tx.judgements().last(tx.actor().id()))
              .orElseThrow()
              .correlationId();
      assertThat(last).isNotEqualTo(before);
      decided(judging(editorA).undo(last));
    }

    private void awaitEstimate(UUID batch, int number) {
      Awaitility.await("estimate " + number)
          .atMost(Duration.ofSeconds(60))
          .until(() -> desk.detail(batch).estimate().filter(e -> e.number() == number).isPresent());
    }

    @Test
    void tooLateIsToldAsTooLate() {
      try (Bench hasty =
          Bench.on(
              database.openAs(TestDatabase.EDITOR_A),
              Scripted.providers(),
              Engine.Extensions.NONE,
              FaultPoints.NONE,
              Map.of("assessment.undo-window", "1s"))) {
        UUID batch = human(4, 6, 100).id();
        UUID pair = judgeNext(hasty, batch, Answer.FIRST);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() ->
                database.count(
                        "SELECT count(*) FROM judgement WHERE judged_at < CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
                    == 1);
        assertThat(refused(judging(hasty).undo(pair))).isEqualTo("too_late");
        assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      }
    }

    @Test
    void takenBackTwiceAtOnceIsTakenBackOnce() throws Exception {
      UUID batch = human(4, 6, 100).id();
      for (int round = 0; round < 5; round++) {
        UUID pair = judgeNext(editorA, batch, Answer.FIRST);
        List<Decision<ShownPair>> both = Together.call(3, i -> () -> judging(editorA).undo(pair));
        assertThat(both).filteredOn(d -> d instanceof Decision.Decided<?>).hasSize(1);
        assertThat(both).filteredOn(d -> d instanceof Decision.AlreadyDecided<?>).hasSize(2);
        assertThat(desk.find(batch).counts().completed()).isZero();
        assertThat(desk.outstanding(batch)).hasSize(6);
      }
    }

    @Test
    void takenBackAgainstTheAnswerThatEndsTheBatch() throws Exception {
      for (int round = 0; round < 8; round++) {
        UUID batch = human(3, 4, 50).id();
        UUID hers = judgeNext(editorA, batch, Answer.FIRST);
        UUID his = next(editorB, batch).orElseThrow().correlationId();
        List<Decision<?>> both =
            Together.<Decision<?>>call(
                2,
                i ->
                    () ->
                        i == 0 ? judging(editorA).undo(hers) : judge(editorB, his, Answer.SECOND));
        assertThat(both.get(1)).as("his counts either way").isInstanceOf(Decision.Decided.class);
        if (both.get(0) instanceof Decision.Decided<?>) {
          assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
          assertThat(desk.find(batch).state()).isEqualTo(State.WAITING_CALLBACKS);
          judgeNext(editorA, batch, Answer.SECOND);
        } else {
          assertThat(refused(both.get(0))).isEqualTo("batch_ended");
        }
        desk.await(batch, State.COMPLETED);
        assertThat(desk.find(batch).counts().completed()).isEqualTo(2);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> database.count("SELECT count(*) FROM entitlement_charge") == 8);
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_event WHERE event_type = 'CJAssessmentCompletedV1'"))
          .isEqualTo(8);
      Invariants.holdMeanwhile(database);
    }

    @Test
    void whatWasJudgedNeverChangesUnlessItIsTakenBack() throws SQLException {
      UUID batch = human(4, 6, 100).id();
      UUID pair = judgeNext(editorA, batch, Answer.FIRST);
      String where = " WHERE correlation_id = '" + pair + "'";
      String reopen =
          "UPDATE comparison SET correlation_id = '"
              + UUID.randomUUID()
              + "', status = 'SENT', answer = NULL, confidence = NULL, answered_by = NULL, decided_at = NULL";
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        for (String sql :
            List.of(
                reopen + where,
                "UPDATE comparison SET answer = 'tie'" + where,
                "UPDATE judgement SET answer = 'tie'" + where,
                "UPDATE judgement SET decision_ms = 1" + where,
                "DELETE FROM judgement" + where)) {
          assertThatThrownBy(() -> statement.executeUpdate(sql))
              .as(sql)
              .isInstanceOf(SQLException.class);
        }
      }
      decided(judging(editorA).undo(pair));
      assertThat(desk.outstanding(batch)).hasSize(6);
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        assertThatThrownBy(
                () -> statement.executeUpdate("UPDATE judgement SET withdrawn_at = NULL" + where))
            .isInstanceOf(SQLException.class);
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
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Test
    void nobodyTakesBackWhatAnotherJudged() {
      UUID batch = human(4, 6, 100).id();
      UUID pair = judgeNext(editorA, batch, Answer.FIRST);
      assertKept(
          TestDatabase.EDITOR_B,
          "UPDATE judgement SET withdrawn_at = CURRENT_TIMESTAMP WHERE correlation_id = '"
              + pair
              + "'");
    }
  }
}
