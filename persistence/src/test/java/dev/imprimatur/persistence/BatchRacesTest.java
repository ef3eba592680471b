package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchMonitor;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.decision.Decision;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The four doors to a batch's end, at the same moment over real connections: whichever is first,
/// it is ranked once, told once and charged once.
class BatchRacesTest {
  private static final int FEW = Integer.getInteger("imprimatur.test.batches", 25);
  private static final int MANY = Integer.getInteger("imprimatur.test.batches.many", 1000);

  /// So many batches of four texts have ended, each by one door, told once and charged once.
  ///
  /// @param first how often a door was told that it was the one
  static void assertOnce(TestDatabase database, int rounds, int first) {
    for (String type :
        List.of("CJAssessmentCompletedV1", "AssessmentResultV1", "ResourceConsumptionV1")) {
      assertThat(
              database.count("SELECT count(*) FROM outbox_event WHERE event_type = '" + type + "'"))
          .as(type)
          .isEqualTo(rounds);
      assertThat(
              database.count(
                  "SELECT count(DISTINCT aggregate_id) FROM outbox_event WHERE event_type = '"
                      + type
                      + "'"))
          .as(type)
          .isEqualTo(rounds);
    }
    assertThat(database.count("SELECT count(*) FROM batch_result")).isEqualTo(4L * rounds);
    assertThat(
            database.count("SELECT count(*) FROM audit_entry WHERE action = 'batch.scoring_begun'"))
        .isEqualTo(rounds);
    assertThat(database.count("SELECT count(*) FROM audit_entry WHERE action = 'batch.completed'"))
        .isEqualTo(rounds);
    assertThat(database.count("SELECT count(*) FROM batch WHERE fence <> 1")).isZero();
    assertThat(first).as("one door was first each time").isEqualTo(rounds);
    assertThat(
            database.count(
                "SELECT count(*) FROM batch b JOIN entitlement_charge e ON e.batch_id = b.id"
                    + " WHERE b.completed <> e.credits"))
        .isZero();
  }

  /// Who may be first.
  enum Door {
    CALLBACK,
    COMPLETION_SWEEP,
    STUCK_SWEEP,
    ADMINISTRATOR
  }

  abstract static class Contract extends BenchContract {
    private final Map<Door, Integer> first = new ConcurrentHashMap<>();
    private BatchBench desk;

    @Test
    void fourDoorsAtOnceEndABatchOnce() throws Exception {
      race(FEW);
    }

    @Test
    @Tag("faults")
    void fourDoorsAtOnceEndABatchOnceManyTimes() throws Exception {
      race(MANY);
    }

    private void race(int rounds) throws Exception {
      desk = new BatchBench(bench);
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        batches.add(desk.external(4, 10, 100));
      }
      batches.forEach(b -> desk.answer(b.id(), 7));
      List<Comparison> eighth = new ArrayList<>();
      batches.forEach(b -> eighth.add(desk.outstanding(b.id()).getFirst()));
      CyclicBarrier together = new CyclicBarrier(Door.values().length);
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        Together.run(
            Door.values().length,
            side -> {
              BatchMonitor monitor = desk.monitor();
              for (int i = 0; i < rounds; i++) {
                UUID batch = batches.get(i).id();
                if (side == 0) {
                  // From now on, and before, every door is open to this batch and to no other.
                  statement.executeUpdate(
                      "UPDATE batch SET threshold_percent = 70, last_activity = last_activity - INTERVAL '5' HOUR WHERE id = '"
                          + batch
                          + "'");
                }
                together.await(60, TimeUnit.SECONDS);
                enter(Door.values()[side], monitor, batch, eighth.get(i));
              }
            });
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() ->
              database.count("SELECT count(*) FROM entitlement_charge") == rounds
                  && database.count("SELECT count(*) FROM batch WHERE state = 'COMPLETED'")
                      == rounds);
      bench.stopWork();
      assertOnce(database, rounds, first.values().stream().mapToInt(Integer::intValue).sum());
      Invariants.holdMeanwhile(database, bench.database());
      Map<Door, Integer> won = new EnumMap<>(Door.class);
      won.putAll(first);
      System.out.println("batches ended by each door, " + kind() + ": " + won);
    }

    private void enter(Door door, BatchMonitor monitor, UUID batch, Comparison pair) {
      boolean won =
          switch (door) {
            case CALLBACK ->
                desk.answer(pair.correlationId(), Answer.FIRST)
                        instanceof Decision.Decided<Taken>(Taken taken)
                    && taken.batch().state() == State.SCORING;
            case COMPLETION_SWEEP -> monitor.complete(() -> false).done() > 0;
            case STUCK_SWEEP -> monitor.recover(() -> false).done() > 0;
            case ADMINISTRATOR ->
                desk.act(batch, Action.FINALISE, null, null) instanceof Decision.Decided<Batch>;
          };
      if (won) {
        first.merge(door, 1, Integer::sum);
      }
    }

    @Test
    void callbacksOfAWholeBatchAtOnceAreAllCounted() throws Exception {
      desk = new BatchBench(bench);
      for (int round = 0; round < 5; round++) {
        Batch batch = desk.external(5, 10, 100);
        List<Comparison> pairs = desk.outstanding(batch.id());
        Together.run(20, i -> desk.answer(pairs.get(i % 10).correlationId(), Answer.FIRST));
        Batch ended = desk.await(batch.id(), State.COMPLETED);
        assertThat(ended.counts()).isEqualTo(new Batch.Counts(10, 10, 0));
      }
      bench.stopWork();
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_event WHERE event_type = 'CJAssessmentCompletedV1'"))
          .isEqualTo(5);
    }

    @Test
    void anAdministratorWhoEndsABatchRacesItsLastAnswer() throws Exception {
      desk = new BatchBench(bench);
      int rounds = 20;
      for (int round = 0; round < rounds; round++) {
        Batch batch = desk.external(4, 5, 100);
        desk.answer(batch.id(), 4);
        UUID last = desk.outstanding(batch.id()).getFirst().correlationId();
        Together.run(
            3,
            i -> {
              switch (i) {
                case 0 -> desk.answer(last, Answer.TIE);
                case 1 -> desk.act(batch.id(), Action.CANCEL, null, "not wanted");
                default -> desk.act(batch.id(), Action.FAIL, null, "broken");
              }
            });
        Awaitility.await().until(() -> desk.find(batch.id()).terminal());
      }
      bench.stopWork();
      assertThat(database.count("SELECT count(*) FROM batch WHERE ended_at IS NOT NULL"))
          .isEqualTo(rounds);
      assertThat(
              database.count(
                  "SELECT count(*) FROM outbox_event WHERE event_type IN ('CJAssessmentCompletedV1', 'CJAssessmentFailedV1')"))
          .as("each ends one way")
          .isEqualTo(rounds);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
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
