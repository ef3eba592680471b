package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Entitlements;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.outbox.OutboxEvent;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Judges at the gateway, what is charged, and what the database refuses whatever code runs.
class BatchGuardsTest {
  abstract static class Contract extends BatchContract {
    // Judges at the gateway.

    @Test
    void judgesFetchPairsAndNoTwoTheSame() throws Exception {
      Batch batch = desk.external(5, 10, 80);
      JudgeDesk judges = bench.engine().judgeDesk();
      List<String> given =
          Together.call(
              10,
              i -> () -> judges.next("judge " + i).orElseThrow().path("correlation_id").asString());
      assertThat(given).doesNotHaveDuplicates();
      assertThat(judges.next("late")).isEmpty();
      assertThat(answer(judges, given.getFirst(), "first"))
          .isEqualTo(new JudgeDesk.Reply.Accepted(given.getFirst(), false));
      assertThat(answer(judges, given.getFirst(), "first"))
          .isEqualTo(new JudgeDesk.Reply.Accepted(given.getFirst(), true));
      assertThat(answer(judges, given.getFirst(), "second"))
          .isInstanceOfSatisfying(
              JudgeDesk.Reply.Refused.class, r -> assertThat(r.code()).isEqualTo("contradiction"));
      assertThat(answer(judges, "nonsense", "first"))
          .isInstanceOfSatisfying(
              JudgeDesk.Reply.Refused.class,
              r -> assertThat(r.code()).isEqualTo("unknown_comparison"));
      assertThat(answer(judges, given.getLast(), "better"))
          .isInstanceOfSatisfying(
              JudgeDesk.Reply.Refused.class, r -> assertThat(r.code()).isEqualTo("bad_answer"));
      database.execute(
          "UPDATE comparison SET given_at = given_at - INTERVAL '1' HOUR WHERE correlation_id = '"
              + given.getLast()
              + "'");
      assertThat(judges.next("late").orElseThrow().path("correlation_id").asString())
          .as("given out again when its judge is not heard of")
          .isEqualTo(given.getLast());
      assertThat(desk.find(batch.id()).counts().completed()).isEqualTo(1);
    }

    private static JudgeDesk.Reply answer(JudgeDesk judges, String id, String answer) {
      return judges.judge(new JudgeDesk.Judgement(id, answer, new BigDecimal("0.75")));
    }

    // What is charged, and what the database refuses.

    @Test
    void aBatchIsChargedOnceHoweverOftenItIsTold() {
      Batch batch = desk.external(3, 4, 75);
      desk.answer(batch.id(), 3);
      desk.await(batch.id(), State.COMPLETED);
      awaitCharge(batch.id(), 3);
      OutboxEvent event =
          bench.engine().outbox().events("entitlements", null, 10).getFirst().event();
      assertThat(event.type()).isEqualTo("ResourceConsumptionV1");
      for (int i = 0; i < 5; i++) {
        decided(bench.engine().outbox().replay(event.id(), "entitlements"));
        bench.engine().dispatchEvents();
      }
      // Even another event about the same batch.
      var ledger = new Entitlements(FaultPoints.NONE);
      var second =
          new OutboxEvent(
              UUID.randomUUID(),
              event.sequence(),
              event.aggregateType(),
              event.aggregateId(),
              event.type(),
              "another",
              event.payload(),
              event.occurredAt());
      bench.database().automation().run(tx -> ledger.handle(tx, second));
      assertCharged(batch.id(), 3);
      assertThat(database.count("SELECT count(*) FROM entitlement_charge")).isEqualTo(1);
    }

    @Test
    void theLedgerHearsOfNothingElse() {
      bench.evaluate("a", "Text.");
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_delivery WHERE subscriber = 'entitlements'"))
          .isZero();
    }

    @Test
    void theDatabaseKeepsWhatWasAnsweredRankedChargedAndEnded() {
      Batch open = desk.external(5, 10, 80);
      desk.answer(open.id(), 1);
      Batch batch = desk.external(3, 4, 75);
      desk.answer(batch.id(), 3);
      desk.await(batch.id(), State.COMPLETED);
      awaitCharge(batch.id(), 3);
      String of = " WHERE batch_id = '" + batch.id() + "'";
      assertKept("UPDATE batch SET status = 'PENDING' WHERE id = '" + batch.id() + "'", "final");
      assertKept("UPDATE batch SET completed = 4 WHERE id = '" + batch.id() + "'", "final");
      assertKept("UPDATE comparison SET answer = 'tie'" + of + " AND answer = 'first'", "final");
      assertKept(
          "UPDATE comparison SET late = true" + of + " AND NOT late AND answer IS NOT NULL",
          "final");
      assertKept("DELETE FROM comparison" + of, "final");
      assertKept(
          "UPDATE comparison SET second_text = first_text WHERE batch_id = '" + open.id() + "'",
          "final");
      assertKept("UPDATE batch_text SET label = 'x'", "never changed");
      assertKept("UPDATE batch_result SET rank_no = 9", "never changed");
      assertKept("UPDATE entitlement_charge SET credits = 9", "never changed");
      assertKept(
          "INSERT INTO batch_result (batch_id, text_id, rank_no, score, comparisons) SELECT batch_id, id, position_no, 0, 0"
              + " FROM batch_text WHERE batch_id = '"
              + open.id()
              + "'",
          "not being scored");
      assertKept(
          "UPDATE batch SET state = 'COMPLETED' WHERE id = '" + open.id() + "'", "end_is_whole");
      assertKept("UPDATE batch SET completed = 11 WHERE id = '" + open.id() + "'", "counts_add_up");
    }

    @Test
    void automationMakesNoBatchAndDeletesNothing() {
      Batch batch = desk.external(3, 4, 80);
      for (String sql :
          List.of(
              "INSERT INTO batch (id, workspace_id, name, judge, texts, total_budget, status, state, last_activity,"
                  + " actor_id, created_at) SELECT '"
                  + UUID.randomUUID()
                  + "', workspace_id, name, judge, texts, total_budget, 'PENDING', 'INITIALIZING', last_activity,"
                  + " actor_id, created_at FROM batch",
              "DELETE FROM batch",
              "DELETE FROM comparison",
              "DELETE FROM entitlement_charge")) {
        assertThatThrownBy(() -> as(kind().worker(), sql)).as(sql).isInstanceOf(SQLException.class);
      }
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
    }

    @Test
    void twoEventsOfOneFactAreOne() {
      Batch batch = desk.external(3, 4, 75);
      desk.answer(batch.id(), 3);
      desk.await(batch.id(), State.COMPLETED);
      boolean again =
          bench
              .database()
              .automation()
              .inTransaction(tx ->
                  tx.outbox()
                      .append(
                          "batch",
                          batch.id().toString(),
                          "CJAssessmentCompletedV1",
                          "batch:" + batch.id() + ":completed",
                          Json.object()));
      assertThat(again).isFalse();
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
