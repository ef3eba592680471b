package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Judged;
import dev.imprimatur.engine.assessment.HumanDesk.Skip;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import dev.imprimatur.persistence.dialect.H2Users;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// People who judge: whatever they do at the same moment, a pair is judged by one of them, once.
class JudgingTest {
  abstract static class Contract extends BenchContract {
    BatchBench desk;
    Bench anna;
    Bench bert;
    private final List<Quick> quick = new ArrayList<>();

    @BeforeEach
    void people() {
      desk = new BatchBench(bench);
      anna = Bench.on(database.openAs(TestDatabase.EDITOR_A));
      bert = Bench.on(database.openAs(TestDatabase.EDITOR_B));
    }

    /// On H2 the bell rings within one opened database only, and here are three: a worker that
    /// looks often.
    private void quick(Bench who) {
      if (quick.stream().noneMatch(q -> q.bench() == who)) {
        WorkerOptions usual = who.engine().workerOptions("quick-" + UUID.randomUUID());
        Worker worker =
            who.engine()
                .worker(
                    new WorkerOptions(
                        usual.workerId(),
                        Set.of(),
                        List.of(),
                        2,
                        Duration.ofMillis(20),
                        Duration.ofMillis(20),
                        usual.staleAfter(),
                        usual.heartbeatInterval(),
                        usual.grace(),
                        0));
        worker.start();
        quick.add(new Quick(who, worker));
      }
    }

    private record Quick(Bench bench, Worker worker) {}

    @AfterEach
    void leave() {
      quick.forEach(q -> q.worker().close());
      anna.close();
      bert.close();
    }

    abstract String workerUser();

    static HumanDesk judging(Bench who) {
      return who.engine().assessment().judging();
    }

    Batch human(int texts, int total, int threshold) {
      return human(bench, texts, total, threshold);
    }

    Batch human(Bench who, int texts, int total, int threshold) {
      quick(who);
      var made =
          decided(
              who.engine()
                  .assessment()
                  .batches()
                  .create(BatchBench.of(null, Judging.HUMAN, texts, total, threshold)));
      return new BatchBench(who).await(made.batch().id(), State.WAITING_CALLBACKS);
    }

    static Optional<ShownPair> next(Bench who, @Nullable UUID batch, UUID... except) {
      return decided(judging(who).next(batch, Set.of(except)));
    }

    static Decision<Judged> judge(Bench who, UUID pair, Answer answer) {
      return judging(who).judge(new Given(pair, answer, null, 1234L));
    }

    static UUID judgeNext(Bench who, UUID batch, Answer answer) {
      UUID pair = next(who, batch).orElseThrow().correlationId();
      decided(judge(who, pair, answer));
      return pair;
    }

    /// For the text that was given earlier, so that answers agree.
    UUID judgeInOrder(Bench who, UUID batch) {
      ShownPair pair = next(who, batch).orElseThrow();
      Comparison shown =
          desk.outstanding(batch).stream()
              .filter(c -> c.correlationId().equals(pair.correlationId()))
              .findFirst()
              .orElseThrow();
      List<UUID> order = desk.detail(batch).texts().stream().map(t -> t.id()).toList();
      boolean first = order.indexOf(shown.first()) < order.indexOf(shown.second());
      decided(judge(who, pair.correlationId(), first ? Answer.FIRST : Answer.SECOND));
      return pair.correlationId();
    }

    private void runOut(UUID pair) {
      assertThat(
              database.execute(
                  "UPDATE comparison SET given_at = given_at - INTERVAL '1' HOUR WHERE correlation_id = '"
                      + pair
                      + "'"))
          .isEqualTo(1);
    }

    private JudgingProgress progress(Bench who, UUID batch) {
      return judging(who).progress(batch).orElseThrow();
    }

    @Test
    void anAnswerIsCountedOnceAndItsTimeKept() {
      UUID batch = human(4, 6, 100).id();
      assertThat(judging(anna).open()).hasSize(1);
      ShownPair pair = next(anna, null).orElseThrow();
      assertThat(pair.batchId()).isEqualTo(batch);
      assertThat(pair.first().title()).as("a label may name an author").isNull();
      assertThat(pair.first().body()).startsWith("# Heading");
      var given = new Given(pair.correlationId(), Answer.TIE, new BigDecimal("0.5"), 4321L);
      Judged judged = decided(judging(anna).judge(given));
      assertThat(judged.batch().counts().completed()).isEqualTo(1);
      assertThat(judged.undo()).isEqualTo(Duration.ofMinutes(2));
      assertThat(judging(anna).judge(given)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(judge(anna, pair.correlationId(), Answer.FIRST)))
          .isEqualTo("contradiction");
      assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      assertThat(database.count("SELECT sum(decision_ms) FROM judgement")).isEqualTo(4321);
      Comparison stored =
          desk.detail(batch).comparisons().stream()
              .filter(c -> c.answered() != null)
              .findFirst()
              .orElseThrow();
      assertThat(stored.judge()).isEqualTo(TestDatabase.EDITOR_A);
      assertThat(stored.answered().by()).isEqualTo(TestDatabase.EDITOR_A);
      judgeNext(anna, batch, Answer.FIRST);
      judgeNext(bert, batch, Answer.FIRST);
      assertThat(judging(bench).judges(batch))
          .extracting(JudgeTimes::judge, JudgeTimes::answers, JudgeTimes::ties)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(TestDatabase.EDITOR_A, 2, 1),
              org.assertj.core.groups.Tuple.tuple(TestDatabase.EDITOR_B, 1, 0));
      assertThat(progress(anna, batch).mine().medianMillis().orElseThrow())
          .as("between 1234 and 4321")
          .isEqualTo(2778);
    }

    @Test
    void aBatchIsJudgedToItsEndAndRankedOnce() {
      UUID batch = human(4, 6, 100).id();
      for (int i = 0; i < 6; i++) {
        Bench who = i % 2 == 0 ? anna : bert;
        Awaitility.await().until(() -> next(who, batch).isPresent());
        judgeInOrder(who, batch);
      }
      desk.await(batch, State.COMPLETED);
      assertThat(progress(anna, batch).ranking())
          .containsExactly("text 1", "text 2", "text 3", "text 4");
      assertThat(next(anna, batch)).isEmpty();
      assertThat(judging(anna).open()).isEmpty();
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void twoPeopleAtOnceNeverGetTheSamePair() throws Exception {
      for (int round = 0; round < 3; round++) {
        UUID batch = human(6, 12, 100).id();
        List<Bench> people = List.of(anna, bert, anna, bert);
        List<List<UUID>> got =
            Together.call(
                2,
                i ->
                    () -> {
                      Bench who = people.get(i);
                      Set<UUID> held = new HashSet<>();
                      while (true) {
                        var pair = decided(judging(who).next(batch, held));
                        if (pair.isEmpty()) {
                          return List.copyOf(held);
                        }
                        assertThat(held.add(pair.get().correlationId())).isTrue();
                      }
                    });
        List<UUID> all = new ArrayList<>();
        got.forEach(all::addAll);
        assertThat(all).doesNotHaveDuplicates().hasSize(10);
        JudgingProgress seen = progress(anna, batch);
        assertThat(seen.free()).isEqualTo(got.get(0).size());
        assertThat(seen.out()).isEqualTo(got.get(1).size());
        if (seen.out() > 0) {
          assertThat(seen.nextFree()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(10));
        }
      }
    }

    @Test
    void whatIsKeptComesAgainAndBatchesBegunComeFirst() {
      UUID first = human(4, 6, 100).id();
      UUID second = human(4, 6, 100).id();
      UUID pair = next(anna, second).orElseThrow().correlationId();
      assertThat(next(anna, null).orElseThrow().correlationId())
          .as("what is kept for her already")
          .isEqualTo(pair);
      decided(judge(anna, pair, Answer.FIRST));
      assertThat(next(anna, null).orElseThrow().batchId()).as("begun").isEqualTo(second);
      assertThat(next(bert, null).orElseThrow().batchId()).as("the oldest").isEqualTo(first);
    }

    @Test
    void aKeepingRunsOutAndWhoAnswersFirstHasJudged() {
      UUID batch = human(2, 2, 100).id();
      UUID one = next(anna, batch).orElseThrow().correlationId();
      UUID two = next(anna, batch, one).orElseThrow().correlationId();
      assertThat(next(bert, batch)).as("both are hers").isEmpty();
      runOut(one);
      assertThat(next(bert, batch).orElseThrow().correlationId()).isEqualTo(one);
      decided(judge(bert, one, Answer.FIRST));
      assertThat(refused(judge(anna, one, Answer.FIRST))).isEqualTo("judged_by_another");
      assertThat(refused(judge(anna, one, Answer.SECOND))).isEqualTo("judged_by_another");
      assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      runOut(two);
      assertThat(next(bert, batch).orElseThrow().correlationId()).isEqualTo(two);
      decided(judge(anna, two, Answer.SECOND));
      assertThat(refused(judge(bert, two, Answer.SECOND))).isIn("judged_by_another");
      assertThat(desk.detail(batch).comparisons().stream().map(Comparison::judge).toList())
          .containsExactlyInAnyOrder(TestDatabase.EDITOR_A, TestDatabase.EDITOR_B);
      assertThat(database.count("SELECT count(*) FROM judgement")).isEqualTo(2);
    }

    @Test
    void aPairThatIsShownIsKeptForLonger() {
      UUID batch = human(3, 6, 100).id();
      UUID one = next(anna, batch).orElseThrow().correlationId();
      runOut(one);
      next(anna, batch, one);
      assertThat(next(bert, batch).orElseThrow().correlationId()).isNotEqualTo(one);
    }

    @Test
    void whoSkipsGetsThePairAgainWhenNothingElseIsLeft() {
      UUID batch = human(3, 3, 100).id();
      UUID skipped = next(anna, batch).orElseThrow().correlationId();
      var skip = new Skip(UUID.randomUUID(), skipped, "both are drafts");
      decided(judging(anna).skip(skip));
      assertThat(judging(anna).skip(skip)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(database.count("SELECT count(*) FROM pair_skip WHERE reason = 'both are drafts'"))
          .isEqualTo(1);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'comparison.skipped' AND reason = 'both are drafts'"))
          .isEqualTo(1);
      UUID second = judgeNext(anna, batch, Answer.FIRST);
      UUID third = judgeNext(anna, batch, Answer.FIRST);
      assertThat(List.of(second, third)).doesNotContain(skipped);
      assertThat(next(anna, batch).orElseThrow().correlationId())
          .as("nothing else is left")
          .isEqualTo(skipped);
      decided(judging(anna).skip(new Skip(UUID.randomUUID(), skipped, null)));
      assertThat(next(bert, batch).orElseThrow().correlationId())
          .as("others get it")
          .isEqualTo(skipped);
      decided(judge(bert, skipped, Answer.TIE));
      assertThat(judging(anna).skip(new Skip(UUID.randomUUID(), skipped, null)))
          .isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(judging(anna).skip(new Skip(UUID.randomUUID(), UUID.randomUUID(), null))))
          .isEqualTo("unknown_comparison");
    }

    @Test
    void theLastAnswerIsTakenBackAndItsIdIsDead() {
      UUID batch = human(4, 6, 100).id();
      UUID first = judgeNext(anna, batch, Answer.FIRST);
      UUID second = judgeNext(anna, batch, Answer.FIRST);
      assertThat(refused(judging(bert).undo(second))).isEqualTo("not_yours");
      assertThat(refused(judging(anna).undo(first))).isEqualTo("not_the_last");
      assertThat(refused(judging(anna).undo(UUID.randomUUID()))).isEqualTo("unknown_judgement");
      ShownPair again = decided(judging(anna).undo(second));
      assertThat(again.correlationId()).isNotEqualTo(second);
      assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      assertThat(desk.find(batch).counts().outstanding()).isEqualTo(5);
      assertThat(judging(anna).undo(second)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(judge(anna, second, Answer.FIRST)))
          .as("a repeat of the answer that comes after it was taken back")
          .isEqualTo("withdrawn");
      assertThat(refused(desk.answer(second, Answer.FIRST))).isEqualTo("withdrawn");
      assertThat(next(anna, batch).orElseThrow().correlationId())
          .as("it is before her again")
          .isEqualTo(again.correlationId());
      decided(judge(anna, again.correlationId(), Answer.SECOND));
      assertThat(desk.find(batch).counts().completed()).isEqualTo(2);
      assertThat(judging(anna).judges(batch).getFirst())
          .extracting(JudgeTimes::answers, JudgeTimes::withdrawn)
          .containsExactly(2, 1);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'comparison.withdrawn'"))
          .isEqualTo(1);
      for (int i = 0; i < 4; i++) {
        judgeNext(anna, batch, Answer.TIE);
      }
      desk.await(batch, State.COMPLETED);
      UUID last =
          desk.detail(batch).comparisons().stream()
              .map(Comparison::correlationId)
              .filter(id -> refused(judging(anna).undo(id)).equals("batch_ended"))
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
          last = judgeInOrder(anna, batch);
        }
        awaitEstimate(batch, 1);
        int sent = desk.find(batch).counts().sent();
        decided(judging(anna).undo(last));
        judgeInOrder(anna, batch);
        assertThat(desk.find(batch).progress().decided().verdict().reason())
            .isEqualTo(Verdict.Reason.ANSWERS_OUTSTANDING);
        assertThat(desk.find(batch).counts().sent()).as("asked for once").isEqualTo(sent);
        for (int i = 0; i < 5; i++) {
          last = judgeInOrder(anna, batch);
        }
        awaitEstimate(batch, 2);
        assertThat(desk.detail(batch).estimate().orElseThrow().steady()).isEqualTo(1);
        decided(judging(anna).undo(last));
        assertThat(desk.detail(batch).estimate().orElseThrow().steady())
            .as("it was made of what was taken back")
            .isZero();
        judgeInOrder(anna, batch);
        for (int i = 0; i < 5; i++) {
          last = judgeInOrder(anna, batch);
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
          anna.database()
              .people()
              .inTransaction(tx -> tx.judgements().last(tx.actor().id()))
              .orElseThrow()
              .correlationId();
      assertThat(last).isNotEqualTo(before);
      decided(judging(anna).undo(last));
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
        UUID pair = judgeNext(anna, batch, Answer.FIRST);
        List<Decision<ShownPair>> both = Together.call(3, i -> () -> judging(anna).undo(pair));
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
        UUID hers = judgeNext(anna, batch, Answer.FIRST);
        UUID his = next(bert, batch).orElseThrow().correlationId();
        List<Decision<?>> both =
            Together.<Decision<?>>call(
                2, i -> () -> i == 0 ? judging(anna).undo(hers) : judge(bert, his, Answer.SECOND));
        assertThat(both.get(1)).as("his counts either way").isInstanceOf(Decision.Decided.class);
        if (both.get(0) instanceof Decision.Decided<?>) {
          assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
          assertThat(desk.find(batch).state()).isEqualTo(State.WAITING_CALLBACKS);
          judgeNext(anna, batch, Answer.SECOND);
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
    void peopleAreNotHurriedByTheMonitor() {
      UUID batch = human(4, 6, 100).id();
      judgeNext(anna, batch, Answer.FIRST);
      UUID kept = next(anna, batch).orElseThrow().correlationId();
      database.execute("UPDATE batch SET last_activity = last_activity - INTERVAL '99' HOUR");
      assertThat(desk.monitor().recover(() -> false).done()).isZero();
      assertThat(desk.find(batch).state()).isEqualTo(State.WAITING_CALLBACKS);
      assertThat(next(bert, batch).orElseThrow().correlationId()).isNotEqualTo(kept);
    }

    @Test
    void automationJudgesNothingThatIsForPeople() {
      UUID batch = human(4, 6, 100).id();
      UUID pair = next(anna, batch).orElseThrow().correlationId();
      JudgeDesk outside = bench.engine().judgeDesk();
      assertThat(outside.next("a model")).isEmpty();
      assertThat(outside.judge(new JudgeDesk.Judgement(pair.toString(), "first", null)))
          .isInstanceOfSatisfying(
              JudgeDesk.Reply.Refused.class, r -> assertThat(r.code()).isEqualTo("human_required"));
      assertKept(
          workerUser(),
          "UPDATE comparison SET answer = 'first', status = 'COMPLETED', answered_by = 'x', decided_at = sent_at"
              + " WHERE correlation_id = '"
              + pair
              + "'");
      assertKept(workerUser(), "INSERT INTO judgement (correlation_id) VALUES ('" + pair + "')");
      Batch outsides = desk.external(3, 6, 100);
      UUID theirs = desk.outstanding(outsides.id()).getFirst().correlationId();
      assertThat(refused(judge(anna, theirs, Answer.FIRST))).isEqualTo("not_for_people");
    }

    @Test
    void whatWasJudgedNeverChangesUnlessItIsTakenBack() throws SQLException {
      UUID batch = human(4, 6, 100).id();
      UUID pair = judgeNext(anna, batch, Answer.FIRST);
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
      decided(judging(anna).undo(pair));
      assertThat(desk.outstanding(batch)).hasSize(6);
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        assertThatThrownBy(
                () -> statement.executeUpdate("UPDATE judgement SET withdrawn_at = NULL" + where))
            .isInstanceOf(SQLException.class);
      }
    }

    void assertKept(String user, String sql) {
      try (Connection connection = database.plain(user);
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.executeUpdate(sql))
            .as(user + ": " + sql)
            .isInstanceOf(SQLException.class);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }

    @Override
    String workerUser() {
      return H2Users.WORKER;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Override
    String workerUser() {
      return TestDatabase.WORKER;
    }

    @Test
    void whoMayOnlyReadDoesNotJudge() {
      UUID batch = human(4, 6, 100).id();
      try (Bench reader = Bench.on(database.openAs(TestDatabase.READER))) {
        assertThat(refused(judging(reader).next(batch, Set.of()))).isEqualTo("human_required");
        assertThat(judging(reader).progress(batch)).isPresent();
      }
      try (Bench headless = Bench.on(database.openAs(TestDatabase.WORKER))) {
        assertThat(refused(judging(headless).next(batch, Set.of()))).isEqualTo("human_required");
      }
    }

    @Test
    void nobodyTakesBackWhatAnotherJudged() {
      UUID batch = human(4, 6, 100).id();
      UUID pair = judgeNext(anna, batch, Answer.FIRST);
      assertKept(
          TestDatabase.EDITOR_B,
          "UPDATE judgement SET withdrawn_at = CURRENT_TIMESTAMP WHERE correlation_id = '"
              + pair
              + "'");
    }
  }
}
