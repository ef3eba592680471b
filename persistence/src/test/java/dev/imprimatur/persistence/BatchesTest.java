package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.review.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Batches from their beginning to their one end, whatever the answers do.
class BatchesTest {
  abstract static class Contract extends BatchContract {
    // The scenario of the specification.

    @Test
    void tenComparisonsAtEightyPercentAreRankedAtTheEighthAndPublishedOnce() {
      Batch batch = desk.external(5, 10, 80);
      UUID id = batch.id();
      List<Comparison> pairs = desk.outstanding(id);
      assertThat(pairs).hasSize(10);
      for (int i = 0; i < 7; i++) {
        Taken taken = decided(desk.answer(pairs.get(i).correlationId(), Answer.FIRST));
        assertThat(taken.batch().state())
            .as("after %d answers", i + 1)
            .isEqualTo(State.WAITING_CALLBACKS);
        assertThat(taken.batch().progress().decided().verdict())
            .isEqualTo(new Verdict(Verdict.Next.WAIT, Verdict.Reason.ANSWERS_OUTSTANDING));
      }
      assertThat(told(id)).isEmpty();
      Taken eighth = decided(desk.answer(pairs.get(7).correlationId(), Answer.TIE));
      assertThat(eighth.batch().state()).isEqualTo(State.SCORING);
      assertThat(eighth.batch().progress().decided().verdict().reason())
          .isEqualTo(Verdict.Reason.THRESHOLD_REACHED);
      Batch ended = desk.await(id, State.COMPLETED);
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_STABLE);
      awaitCharge(id, 8);
      BatchDetail before = desk.detail(id);
      List<String> told = told(id);
      assertThat(told)
          .containsExactlyInAnyOrder(
              "AssessmentResultV1", "CJAssessmentCompletedV1", "ResourceConsumptionV1");

      for (int i = 8; i < 10; i++) {
        assertThat(refused(desk.answer(pairs.get(i).correlationId(), Answer.SECOND)))
            .isEqualTo("batch_ended");
        assertThat(refused(desk.answer(pairs.get(i).correlationId(), Answer.SECOND)))
            .as("and told so again")
            .isEqualTo("batch_ended");
      }
      BatchDetail after = desk.detail(id);
      assertThat(after.comparisons().subList(8, 10))
          .as("late answers are kept")
          .allSatisfy(c -> {
            assertThat(c.answered().answer()).isEqualTo(Answer.SECOND);
            assertThat(c.answered().late()).isTrue();
          });
      assertThat(after.batch()).isEqualTo(before.batch());
      assertThat(after.results()).isEqualTo(before.results()).hasSize(5);
      assertThat(told(id)).isEqualTo(told);
      assertCharged(id, 8);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void everyFiveAnswersAskForMorePairsAndNeverRank() {
      bench.stopWork();
      bench.close();
      bench =
          Bench.on(
              database.open(),
              Scripted.providers(),
              dev.imprimatur.engine.Engine.Extensions.NONE,
              FaultPoints.NONE,
              Map.of("assessment.wave", "8"));
      bench.work();
      desk = new BatchBench(bench);
      Batch batch = desk.external(5, 40, 80);
      assertThat(batch.counts().sent()).isEqualTo(8);
      desk.answer(batch.id(), 4);
      assertThat(desk.find(batch.id()).counts().sent()).isEqualTo(8);
      desk.answer(batch.id(), 1);
      Batch asked = desk.find(batch.id());
      assertThat(asked.progress().decided().verdict())
          .isEqualTo(new Verdict(Verdict.Next.REQUEST_MORE, Verdict.Reason.FIVE_MORE_COMPLETED));
      awaitSent(batch.id(), 13);
      assertThat(desk.detail(batch.id()).estimate().orElseThrow().completed()).isEqualTo(5);
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
      // To its end, whatever the estimates say on the way.
      while (desk.find(batch.id()).state() == State.WAITING_CALLBACKS) {
        List<Comparison> out = desk.outstanding(batch.id());
        if (!out.isEmpty()) {
          desk.answer(out.getFirst().correlationId(), Answer.FIRST);
        }
      }
      Batch ended = desk.await(batch.id(), State.COMPLETED);
      assertThat(ended.counts().completed()).isLessThanOrEqualTo(32);
      assertThat(told(batch.id())).hasSize(3);
    }

    @Test
    void aSteadyRankingIsRankedBeforeTheThreshold() {
      Batch batch = desk.external(3, 1000, 80);
      long answered = 0;
      while (desk.find(batch.id()).state() == State.WAITING_CALLBACKS && answered < 700) {
        for (Comparison pair : desk.outstanding(batch.id())) {
          // Each pair is even, so that the scores settle.
          desk.answer(pair.correlationId(), Answer.TIE);
          answered++;
        }
      }
      Batch ended = desk.await(batch.id(), State.COMPLETED);
      assertThat(ended.progress().decided().verdict().reason())
          .isEqualTo(Verdict.Reason.RANKING_STABLE);
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_STABLE);
      assertThat(ended.counts().completed()).isLessThan(700);
    }

    // Beginnings.

    @Test
    void aSingleTextIsPublishedOnceLikeAnyOther() {
      NewBatch one = BatchBench.of("one", Judging.EXTERNAL, 1, 0, 80);
      UUID id = decided(desk.assessment().batches().create(one)).batch().id();
      Batch ended = desk.await(id, State.COMPLETED);
      assertThat(ended.progress().status()).isEqualTo(Status.COMPLETE_INSUFFICIENT_ESSAYS);
      assertThat(told(id)).hasSize(3);
      assertThat(desk.detail(id).results()).hasSize(1);
      awaitCharge(id, 0);
    }

    @Test
    void whatCantBeRankedIsRefused() {
      var batches = desk.assessment().batches();
      assertThat(
              refused(
                  batches.create(new NewBatch("n", null, Judging.LOCAL, null, null, List.of()))))
          .isEqualTo("texts_required");
      assertThat(refused(batches.create(BatchBench.of(null, Judging.LOCAL, 5, 3, 80))))
          .isEqualTo("bad_budget");
      assertThat(refused(batches.create(BatchBench.of(null, Judging.LOCAL, 5, 10, 101))))
          .isEqualTo("bad_threshold");
      var blank = new NewBatch.Text.Own("a", MediaType.PLAIN, " \n");
      var fine = new NewBatch.Text.Own("a", MediaType.PLAIN, "Text.");
      var nobody = new NewBatch.Text.OfVersion("v", UUID.randomUUID());
      assertThat(refused(batches.create(batch(blank)))).isEqualTo("text_blank");
      assertThat(refused(batches.create(batch(fine, fine)))).isEqualTo("label_twice");
      assertThat(refused(batches.create(batch(nobody)))).isEqualTo("unknown_version");
      var odd = new NewBatch.Text.Own("a", MediaType.PLAIN, "Te\0xt.");
      assertThat(refused(batches.create(batch(odd)))).isEqualTo("bad_text");
      assertThat(refused(batches.create(BatchBench.of(" ", Judging.LOCAL, 2, 4, 80))))
          .isEqualTo("bad_key");
      assertThat(database.count("SELECT count(*) FROM batch")).isZero();
    }

    private static NewBatch batch(NewBatch.Text... texts) {
      return new NewBatch("n", null, Judging.LOCAL, null, null, List.of(texts));
    }

    @Test
    void twentyWhoMakeABatchUnderOneKeyMakeOne() throws Exception {
      List<UUID> made =
          Together.call(
              20,
              i ->
                  () ->
                      decided(
                              desk.assessment()
                                  .batches()
                                  .create(BatchBench.of("key", Judging.EXTERNAL, 3, 6, 80)))
                          .batch()
                          .id());
      assertThat(made.stream().distinct()).hasSize(1);
      desk.await(made.getFirst(), State.WAITING_CALLBACKS);
      assertThat(database.count("SELECT count(*) FROM batch")).isEqualTo(1);
      assertThat(database.count("SELECT count(*) FROM comparison")).isEqualTo(6);
    }

    @Test
    void versionsAreRankedByTheLocalJudgeWithoutANetwork() {
      List<NewBatch.Text> texts = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        Version version =
            bench.store(
                "essay " + i,
                "# How to bake bread\n\n"
                    + "1. Mix flour, water and salt for ten minutes.\n2. Wait an hour.\n".repeat(i)
                    + "\nIt takes about three hours in all, most of it waiting.\n");
        texts.add(new NewBatch.Text.OfVersion("essay " + i, version.id()));
      }
      var wanted = new NewBatch("bread", null, Judging.LOCAL, 12, 80, texts);
      Map<Set<String>, String> winners = new java.util.HashMap<>();
      for (int round = 0; round < 2; round++) {
        UUID id = decided(desk.assessment().batches().create(wanted)).batch().id();
        Awaitility.await().until(() -> desk.find(id).terminal());
        BatchDetail detail = desk.detail(id);
        assertThat(detail.batch().state()).as("%s", detail.batch()).isEqualTo(State.COMPLETED);
        assertThat(told(id)).hasSize(3);
        Map<UUID, String> labels = new java.util.HashMap<>();
        detail.texts().forEach(t -> labels.put(t.id(), t.label()));
        for (Comparison pair : detail.comparisons().stream().filter(Comparison::counts).toList()) {
          String first = labels.get(pair.first());
          String second = labels.get(pair.second());
          String winner =
              switch (pair.answered().answer()) {
                case FIRST -> first;
                case SECOND -> second;
                default -> "neither";
              };
          assertThat(winners.merge(Set.of(first, second), winner, (before, now) -> before))
              .as("the same pair gets the same answer, whichever is shown first")
              .isEqualTo(winner);
        }
        assertThat(detail.comparisons().stream().filter(Comparison::counts))
            .allSatisfy(c -> assertThat(c.judge()).isEqualTo("local"));
      }
      assertThat(winners).hasSizeGreaterThanOrEqualTo(5);
    }

    // Answers.

    @Test
    void oneAnswerDeliveredAHundredTimesAtOnceIsCountedOnce() throws Exception {
      Batch batch = desk.external(5, 10, 80);
      UUID pair = desk.outstanding(batch.id()).getFirst().correlationId();
      List<Decision<Taken>> taken = Together.call(100, i -> () -> desk.answer(pair, Answer.SECOND));
      assertThat(taken).filteredOn(t -> t instanceof Decision.Decided<Taken>).hasSize(1);
      assertThat(taken).filteredOn(t -> t instanceof Decision.AlreadyDecided<Taken>).hasSize(99);
      assertThat(desk.find(batch.id()).counts()).isEqualTo(new Batch.Counts(10, 1, 0));
    }

    @Test
    void anotherAnswerToTheSamePairIsRefusedAndAudited() {
      Batch batch = desk.external(5, 10, 80);
      UUID pair = desk.outstanding(batch.id()).getFirst().correlationId();
      decided(desk.answer(pair, Answer.FIRST));
      assertThat(refused(desk.answer(pair, Answer.SECOND))).isEqualTo("contradiction");
      assertThat(refused(desk.answer(pair, Answer.ERROR))).isEqualTo("contradiction");
      assertThat(desk.detail(batch.id()).comparisons().getFirst().answered().answer())
          .isEqualTo(Answer.FIRST);
      assertThat(desk.find(batch.id()).counts().completed()).isEqualTo(1);
      var entry = bench.engine().audit().list("batch", batch.id().toString(), 1).getFirst();
      assertThat(entry.action()).isEqualTo("comparison.contradicted");
      assertThat(entry.after().path("refused_answer").asString()).isEqualTo("error");
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void contradictingAnswersAtOnceLeaveTheFirst() throws Exception {
      Batch batch = desk.external(5, 10, 80);
      UUID pair = desk.outstanding(batch.id()).getFirst().correlationId();
      List<Decision<Taken>> taken =
          Together.call(30, i -> () -> desk.answer(pair, Answer.values()[i % 3]));
      assertThat(taken).filteredOn(t -> t instanceof Decision.Decided<Taken>).hasSize(1);
      assertThat(taken).filteredOn(t -> t instanceof Decision.AlreadyDecided<Taken>).hasSize(9);
      assertThat(taken)
          .filteredOn(t -> t instanceof Decision.Refused<Taken>)
          .hasSize(20)
          .allSatisfy(t -> assertThat(refused(t)).isEqualTo("contradiction"));
      assertThat(desk.find(batch.id()).counts().completed()).isEqualTo(1);
    }

    @Test
    void anAnswerToNothingIsRefused() {
      assertThat(refused(desk.answer(UUID.randomUUID(), Answer.FIRST)))
          .isEqualTo("unknown_comparison");
    }

    @Test
    void anAnswerAfterACancelledEndIsKeptAndRefused() {
      Batch batch = desk.external(5, 10, 80);
      UUID pair = desk.outstanding(batch.id()).getFirst().correlationId();
      decided(desk.act(batch.id(), Action.CANCEL, null, "no longer wanted"));
      assertThat(refused(desk.answer(pair, Answer.FIRST))).isEqualTo("batch_ended");
      assertThat(desk.detail(batch.id()).comparisons().getFirst().answered().late()).isTrue();
      assertThat(desk.find(batch.id()).counts().completed()).isZero();
    }

    @Test
    void judgesWhoCanSayNothingEndTheBatchAsFailed() {
      Batch batch = desk.external(3, 4, 80);
      for (Comparison pair : desk.outstanding(batch.id())) {
        decided(desk.answer(pair.correlationId(), Answer.ERROR));
      }
      Batch ended = desk.find(batch.id());
      assertThat(ended.progress().status()).isEqualTo(Status.ERROR_ESSAY_PROCESSING);
      assertThat(ended.state()).isEqualTo(State.FAILED);
      assertThat(told(batch.id())).containsExactly("CJAssessmentFailedV1");
    }

    @Test
    void failedPairsAreMadeUpForWhileBudgetRemains() {
      Batch batch = desk.external(3, 40, 20);
      for (Comparison pair : desk.outstanding(batch.id())) {
        decided(desk.answer(pair.correlationId(), Answer.ERROR));
      }
      awaitSent(batch.id(), 20);
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
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
