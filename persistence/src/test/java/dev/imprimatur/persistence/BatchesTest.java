package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.Entitlements;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.sweep.Findings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Batches from their beginning to their one end, whatever the answers do.
class BatchesTest {
  abstract static class Contract extends BenchContract {
    BatchBench desk;

    @BeforeEach
    void openDesk() {
      desk = new BatchBench(bench);
    }

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

    private List<String> told(UUID batch) {
      return bench.engine().outbox().events(null, null, 1000).stream()
          .map(e -> e.event())
          .filter(e -> e.aggregateId().equals(batch.toString()))
          .map(OutboxEvent::type)
          .filter(type -> !type.equals("ComparisonsRequestedV1"))
          .sorted()
          .toList();
    }

    private void awaitCharge(UUID batch, int credits) {
      Awaitility.await()
          .until(() ->
              database.count(
                      "SELECT count(*) FROM entitlement_charge WHERE batch_id = '" + batch + "'")
                  == 1);
      assertCharged(batch, credits);
    }

    private void assertCharged(UUID batch, int credits) {
      assertThat(
              database.count(
                  "SELECT sum(credits) FROM entitlement_charge WHERE batch_id = '" + batch + "'"))
          .isEqualTo(credits);
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

    private void awaitSent(UUID id, int sent) {
      Awaitility.await().until(() -> desk.find(id).counts().sent() == sent);
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

    private void age(UUID batch) {
      database.execute(
          "UPDATE batch SET last_activity = last_activity - INTERVAL '5' HOUR WHERE id = '"
              + batch
              + "'");
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

    /// A batch of 100 comparisons, all sent, of which so many are answered, and whose threshold
    /// alone would never end it.
    private Batch hundred(int answered) {
      bench.stopWork();
      bench.close();
      bench =
          Bench.on(
              database.open(),
              Scripted.providers(),
              dev.imprimatur.engine.Engine.Extensions.NONE,
              FaultPoints.NONE,
              Map.of("assessment.wave", "100"));
      bench.work();
      desk = new BatchBench(bench);
      Batch batch = desk.external(15, 100, 100);
      desk.answer(batch.id(), answered);
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
      return batch;
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

    private static Order order(UUID id, Action action, Long revision, String reason) {
      return new Order(id, action, revision, reason, Set.of());
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

    void assertKept(String sql, String because) {
      assertThatThrownBy(() -> database.execute(sql))
          .as(sql)
          .rootCause()
          .hasMessageContaining(because);
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
        assertThatThrownBy(() -> asAutomation(sql)).as(sql).isInstanceOf(SQLException.class);
      }
      assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
    }

    private void asAutomation(String sql) throws SQLException {
      String user = kind() == TestDatabase.Kind.H2 ? "IMPRIMATUR_WORKER" : TestDatabase.WORKER;
      try (var connection = database.plain(user);
          var statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      }
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
  }
}
