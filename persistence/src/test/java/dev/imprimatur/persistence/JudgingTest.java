package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Judged;
import dev.imprimatur.engine.assessment.HumanDesk.Skip;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.judge.JudgeDesk;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// People who judge: whatever they do at the same moment, a pair is judged by one of them, once.
class JudgingTest {
  abstract static class Contract extends JudgingContract {
    @Test
    void anAnswerIsCountedOnceAndItsTimeKept() {
      UUID batch = human(4, 6, 100).id();
      assertThat(judging(editorA).open()).hasSize(1);
      ShownPair pair = next(editorA, null).orElseThrow();
      assertThat(pair.batchId()).isEqualTo(batch);
      assertThat(pair.first().title()).as("a label may name an author").isNull();
      assertThat(pair.first().body()).startsWith("# Heading");
      var given = new Given(pair.correlationId(), Answer.TIE, new BigDecimal("0.5"), 4321L);
      Judged judged = decided(judging(editorA).judge(given));
      assertThat(judged.batch().counts().completed()).isEqualTo(1);
      assertThat(judged.undo()).isEqualTo(Duration.ofMinutes(2));
      assertThat(judging(editorA).judge(given)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(judge(editorA, pair.correlationId(), Answer.FIRST)))
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
      judgeNext(editorA, batch, Answer.FIRST);
      judgeNext(editorB, batch, Answer.FIRST);
      assertThat(judging(bench).judges(batch))
          .extracting(JudgeTimes::judge, JudgeTimes::answers, JudgeTimes::ties)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(TestDatabase.EDITOR_A, 2, 1),
              org.assertj.core.groups.Tuple.tuple(TestDatabase.EDITOR_B, 1, 0));
      assertThat(progress(editorA, batch).mine().medianMillis().orElseThrow())
          .as("between 1234 and 4321")
          .isEqualTo(2778);
    }

    @Test
    void aBatchIsJudgedToItsEndAndRankedOnce() {
      UUID batch = human(4, 6, 100).id();
      for (int i = 0; i < 6; i++) {
        Bench who = i % 2 == 0 ? editorA : editorB;
        Awaitility.await().until(() -> next(who, batch).isPresent());
        judgeInOrder(who, batch);
      }
      desk.await(batch, State.COMPLETED);
      assertThat(progress(editorA, batch).ranking())
          .containsExactly("text 1", "text 2", "text 3", "text 4");
      assertThat(
              bench.engine().assessment().reports().report(batch, true, FitProgress.SILENT).stream()
                  .flatMap(report -> report.judges().stream())
                  .map(judge -> judge.median().orElseThrow()))
          .as("as their consoles measured it")
          .containsExactly(Duration.ofMillis(1234), Duration.ofMillis(1234));
      assertThat(next(editorA, batch)).isEmpty();
      assertThat(judging(editorA).open()).isEmpty();
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void twoPeopleAtOnceNeverGetTheSamePair() throws Exception {
      for (int round = 0; round < 3; round++) {
        UUID batch = human(6, 12, 100).id();
        List<Bench> people = List.of(editorA, editorB, editorA, editorB);
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
        JudgingProgress seen = progress(editorA, batch);
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
      UUID pair = next(editorA, second).orElseThrow().correlationId();
      assertThat(next(editorA, null).orElseThrow().correlationId())
          .as("what is kept for her already")
          .isEqualTo(pair);
      decided(judge(editorA, pair, Answer.FIRST));
      assertThat(next(editorA, null).orElseThrow().batchId()).as("begun").isEqualTo(second);
      assertThat(next(editorB, null).orElseThrow().batchId()).as("the oldest").isEqualTo(first);
    }

    @Test
    void aKeepingRunsOutAndWhoAnswersFirstHasJudged() {
      UUID batch = human(2, 2, 100).id();
      UUID one = next(editorA, batch).orElseThrow().correlationId();
      UUID two = next(editorA, batch, one).orElseThrow().correlationId();
      assertThat(next(editorB, batch)).as("both are hers").isEmpty();
      runOut(one);
      assertThat(next(editorB, batch).orElseThrow().correlationId()).isEqualTo(one);
      decided(judge(editorB, one, Answer.FIRST));
      assertThat(refused(judge(editorA, one, Answer.FIRST))).isEqualTo("judged_by_another");
      assertThat(refused(judge(editorA, one, Answer.SECOND))).isEqualTo("judged_by_another");
      assertThat(desk.find(batch).counts().completed()).isEqualTo(1);
      runOut(two);
      assertThat(next(editorB, batch).orElseThrow().correlationId()).isEqualTo(two);
      decided(judge(editorA, two, Answer.SECOND));
      assertThat(refused(judge(editorB, two, Answer.SECOND))).isIn("judged_by_another");
      assertThat(desk.detail(batch).comparisons().stream().map(Comparison::judge).toList())
          .containsExactlyInAnyOrder(TestDatabase.EDITOR_A, TestDatabase.EDITOR_B);
      assertThat(database.count("SELECT count(*) FROM judgement")).isEqualTo(2);
    }

    @Test
    void aPairThatIsShownIsKeptForLonger() {
      UUID batch = human(3, 6, 100).id();
      UUID one = next(editorA, batch).orElseThrow().correlationId();
      runOut(one);
      next(editorA, batch, one);
      assertThat(next(editorB, batch).orElseThrow().correlationId()).isNotEqualTo(one);
    }

    @Test
    void whoSkipsGetsThePairAgainWhenNothingElseIsLeft() {
      UUID batch = human(3, 3, 100).id();
      UUID skipped = next(editorA, batch).orElseThrow().correlationId();
      var skip = new Skip(UUID.randomUUID(), skipped, "both are drafts");
      decided(judging(editorA).skip(skip));
      assertThat(judging(editorA).skip(skip)).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(database.count("SELECT count(*) FROM pair_skip WHERE reason = 'both are drafts'"))
          .isEqualTo(1);
      assertThat(
              database.count(
                  "SELECT count(*) FROM audit_entry WHERE action = 'comparison.skipped' AND reason = 'both are drafts'"))
          .isEqualTo(1);
      UUID second = judgeNext(editorA, batch, Answer.FIRST);
      UUID third = judgeNext(editorA, batch, Answer.FIRST);
      assertThat(List.of(second, third)).doesNotContain(skipped);
      assertThat(next(editorA, batch).orElseThrow().correlationId())
          .as("nothing else is left")
          .isEqualTo(skipped);
      decided(judging(editorA).skip(new Skip(UUID.randomUUID(), skipped, null)));
      assertThat(next(editorB, batch).orElseThrow().correlationId())
          .as("others get it")
          .isEqualTo(skipped);
      decided(judge(editorB, skipped, Answer.TIE));
      assertThat(judging(editorA).skip(new Skip(UUID.randomUUID(), skipped, null)))
          .isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(
              refused(judging(editorA).skip(new Skip(UUID.randomUUID(), UUID.randomUUID(), null))))
          .isEqualTo("unknown_comparison");
    }

    @Test
    void peopleAreNotHurriedByTheMonitor() {
      UUID batch = human(4, 6, 100).id();
      judgeNext(editorA, batch, Answer.FIRST);
      UUID kept = next(editorA, batch).orElseThrow().correlationId();
      database.execute("UPDATE batch SET last_activity = last_activity - INTERVAL '99' HOUR");
      assertThat(desk.monitor().recover(() -> false).done()).isZero();
      assertThat(desk.find(batch).state()).isEqualTo(State.WAITING_CALLBACKS);
      assertThat(next(editorB, batch).orElseThrow().correlationId()).isNotEqualTo(kept);
    }

    @Test
    void automationJudgesNothingThatIsForPeople() {
      UUID batch = human(4, 6, 100).id();
      UUID pair = next(editorA, batch).orElseThrow().correlationId();
      JudgeDesk outside = bench.engine().judgeDesk();
      assertThat(outside.next("a model")).isEmpty();
      assertThat(outside.judge(new JudgeDesk.Judgement(pair.toString(), "first", null)))
          .isInstanceOfSatisfying(
              JudgeDesk.Reply.Refused.class, r -> assertThat(r.code()).isEqualTo("human_required"));
      assertKept(
          kind().worker(),
          "UPDATE comparison SET answer = 'first', status = 'COMPLETED', answered_by = 'x', decided_at = sent_at"
              + " WHERE correlation_id = '"
              + pair
              + "'");
      assertKept(kind().worker(), "INSERT INTO judgement (correlation_id) VALUES ('" + pair + "')");
      Batch outsides = desk.external(3, 6, 100);
      UUID theirs = desk.outstanding(outsides.id()).getFirst().correlationId();
      assertThat(refused(judge(editorA, theirs, Answer.FIRST))).isEqualTo("not_for_people");
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
  }
}
