package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReports;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection;
import dev.imprimatur.engine.assessment.scale.quality.WithoutJudge;
import dev.imprimatur.engine.outbox.OutboxEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Grades that are projected with the ranking, and how batches and their texts are looked at.
class BatchGradesTest {
  abstract static class Contract extends BenchContract {
    BatchBench desk;

    @BeforeEach
    void openDesk() {
      desk = new BatchBench(bench);
    }

    private BatchReports reports() {
      return desk.assessment().reports();
    }

    private BatchReport report(UUID id) {
      return reports().report(id, false, FitProgress.SILENT).orElseThrow();
    }

    private static NewBatch with(List<String> grades, Map<String, String> anchors) {
      NewBatch plain = BatchBench.of(null, Judging.EXTERNAL, 5, 10, 100);
      return new NewBatch(
          plain.name(), null, plain.judging(), plain.total(), 100, plain.texts(), grades, anchors);
    }

    private Batch made(NewBatch wanted) {
      Batch batch = decided(desk.assessment().batches().create(wanted)).batch();
      return desk.await(batch.id(), State.WAITING_CALLBACKS);
    }

    @Test
    void gradesAreProjectedWithTheRankingStoredAndTold() {
      UUID id =
          made(with(List.of("C", "B", "A"), Map.of("text 1", "A", "text 3", "B", "text 5", "C")))
              .id();
      assertThat(reports().texts(id))
          .extracting(BatchText.Head::grade)
          .containsExactly("A", null, "B", null, "C");
      desk.answer(id, 10);
      desk.await(id, State.COMPLETED);
      BatchReport report = report(id);
      assertThat(report.basis()).isEqualTo(BatchReport.Basis.RESULT);
      assertThat(report.grades()).containsExactly("C", "B", "A");
      var grading = (Grading.Projected) report.grading().orElseThrow();
      assertThat(grading.boundaries())
          .extracting(GradeProjection.Boundary::below)
          .containsExactly("C", "B");
      assertThat(grading.boundaries().get(0).at()).isLessThan(grading.boundaries().get(1).at());
      assertThat(grading.chances()).hasSize(2);
      for (BatchReport.Standing standing : report.standings()) {
        assertThat(standing.chances() == null).isEqualTo(standing.known() != null);
        if (standing.chances() != null) {
          assertThat(standing.chances().stream().mapToDouble(c -> c).sum())
              .isCloseTo(1, within(1e-9));
        }
      }
      assertThat(desk.detail(id).grading()).contains(grading);
      JsonNode told = told(id).path("grading");
      assertThat(told.path("grades").size()).isEqualTo(3);
      assertThat(told.path("boundaries").size()).isEqualTo(2);
      assertThat(told.path("texts").size()).isEqualTo(5);
      assertThat(told.path("texts").path(0).path("known").asString()).isEqualTo("A");
      assertThat(told.path("texts").path(1).path("chances").size()).isEqualTo(3);
    }

    private JsonNode told(UUID id) {
      Awaitility.await()
          .until(() ->
              database.count(
                      "SELECT count(*) FROM outbox_event WHERE aggregate_id = '"
                          + id
                          + "' AND event_type = 'CJAssessmentCompletedV1'")
                  == 1);
      return bench.engine().outbox().events(null, null, 1000).stream()
          .map(e -> e.event())
          .filter(e -> e.aggregateId().equals(id.toString()))
          .filter(e -> e.type().equals("CJAssessmentCompletedV1"))
          .map(OutboxEvent::payload)
          .findFirst()
          .orElseThrow();
    }

    @Test
    void anchorsThatContradictTheAnswersLeaveTheRankingAndSayWhy() {
      UUID id =
          made(with(List.of("weak", "strong"), Map.of("text 1", "weak", "text 5", "strong"))).id();
      desk.answer(id, 10);
      Batch ended = desk.await(id, State.COMPLETED);
      assertThat(ended.progress().status()).isEqualTo(Batch.Status.COMPLETE_MAX_COMPARISONS);
      var refused = (Grading.Refused) report(id).grading().orElseThrow();
      assertThat(refused.code()).isEqualTo("grades_contradict");
      assertThat(refused.message()).contains("text 1", "text 5");
      assertThat(report(id).standings()).hasSize(5).allMatch(s -> s.chances() == null);
      assertThat(told(id).path("grading").path("refused").path("code").asString())
          .isEqualTo("grades_contradict");
    }

    @Test
    void gradesThatCantBeProjectedAreRefusedBeforehand() {
      assertThat(create(List.of("A"), Map.of("text 1", "A"))).isEqualTo("bad_grades");
      assertThat(create(List.of(), Map.of("text 1", "A"))).isEqualTo("bad_grades");
      assertThat(create(List.of("A", "A"), Map.of("text 1", "A"))).isEqualTo("bad_grades");
      assertThat(create(List.of("A", " "), Map.of("text 1", "A"))).isEqualTo("bad_grades");
      assertThat(create(List.of("B", "A"), Map.of("text 9", "A"))).isEqualTo("unknown_text");
      assertThat(create(List.of("B", "A"), Map.of("text 1", "C"))).isEqualTo("unknown_grade");
      assertThat(create(List.of("B", "A"), Map.of("text 1", "A")))
          .isEqualTo("grade_without_anchor");
      assertThat(database.count("SELECT count(*) FROM batch_grade")).isZero();
    }

    private String create(List<String> grades, Map<String, String> anchors) {
      return refused(desk.assessment().batches().create(with(grades, anchors)));
    }

    @Test
    void theDatabaseKeepsGradesInOrder() {
      UUID id = made(with(List.of("B", "A"), Map.of("text 1", "A", "text 5", "B"))).id();
      assertThatThrownBy(
              () -> database.execute("INSERT INTO batch_grade VALUES ('" + id + "', 3, 'A')"))
          .hasStackTraceContaining("batch_grade_once");
      assertThatThrownBy(() ->
              database.execute(
                  "INSERT INTO batch_text (batch_id, id, position_no, label, media_type, body, grade)"
                      + " VALUES ('"
                      + id
                      + "', '"
                      + UUID.randomUUID()
                      + "', 9, 'x', 'text/plain', 'y', 'Z')"))
          .hasStackTraceContaining("batch_text_grade");
      assertThatThrownBy(() -> database.execute("UPDATE batch_grade SET grade = 'D'"))
          .hasStackTraceContaining("never changed");
      assertThatThrownBy(() ->
              database.execute(
                  "INSERT INTO batch_grading (batch_id, refusal_code, refusal_message) VALUES ('"
                      + id
                      + "', 'a', 'b')"))
          .hasStackTraceContaining("not being scored");
    }

    // Looking at batches.

    @Test
    void batchesAreListedNewestFirstNarrowedAndSearched() {
      UUID one = decided(desk.assessment().batches().create(named("Bread, 50% rye"))).batch().id();
      UUID two = decided(desk.assessment().batches().create(named("Soup"))).batch().id();
      assertThat(reports().order(BatchQuery.ALL)).containsExactly(two, one);
      assertThat(reports().order(new BatchQuery(BatchQuery.Show.ALL, " RYE bread ")))
          .containsExactly(one);
      assertThat(reports().order(new BatchQuery(BatchQuery.Show.ALL, "50%"))).containsExactly(one);
      assertThat(reports().order(new BatchQuery(BatchQuery.Show.ALL, "_"))).isEmpty();
      assertThat(reports().rows(List.of(one, UUID.randomUUID()))).containsOnlyKeys(one);
      assertThat(bench.engine().counts().openBatches()).isEqualTo(2);
      desk.act(one, dev.imprimatur.engine.assessment.BatchActions.Action.CANCEL, null, "enough");
      assertThat(reports().order(new BatchQuery(BatchQuery.Show.OPEN, ""))).containsExactly(two);
      assertThat(reports().order(new BatchQuery(BatchQuery.Show.ENDED, ""))).containsExactly(one);
      assertThat(bench.engine().counts().openBatches()).isEqualTo(1);
    }

    private static NewBatch named(String name) {
      NewBatch plain = BatchBench.of(null, Judging.EXTERNAL, 3, 6, 80);
      return new NewBatch(name, null, plain.judging(), 6, 80, plain.texts());
    }

    @Test
    void standingsAreOfTheAnswersThereAreAndThenOfTheResult() {
      UUID id = made(with(List.of(), Map.of())).id();
      assertThat(report(id).basis()).isEqualTo(BatchReport.Basis.NONE);
      assertThat(report(id).standings()).isEmpty();
      desk.answer(id, 6);
      BatchReport now = report(id);
      assertThat(now.basis()).isEqualTo(BatchReport.Basis.NOW);
      assertThat(now.tooLarge()).isFalse();
      assertThat(now.analysis()).isNotNull();
      assertThat(now.standings())
          .extracting(BatchReport.Standing::rank)
          .containsExactly(1, 2, 3, 4, 5);
      desk.answer(id, 4);
      desk.await(id, State.COMPLETED);
      BatchReport result = report(id);
      assertThat(result.basis()).isEqualTo(BatchReport.Basis.RESULT);
      assertThat(result.grading()).isEmpty();
      for (BatchReport.Standing standing : result.standings()) {
        // What is stored is what is reckoned of the same answers.
        assertThat(standing.fit().name()).isEqualTo(standing.label());
        assertThat(standing.fit().score()).isCloseTo(standing.score(), within(1e-9));
        assertThat(standing.fit().se()).isCloseTo(standing.se(), within(1e-9));
      }
    }

    @Test
    void aLargeBatchIsReckonedOnlyWhenAskedTo() {
      NewBatch wanted =
          BatchBench.of(null, Judging.EXTERNAL, BatchReports.LIVE_TEXTS + 1, 600, 100);
      UUID id = made(wanted).id();
      for (Comparison pair : desk.outstanding(id).subList(0, 20)) {
        decided(desk.answer(pair.correlationId(), Answer.FIRST));
      }
      assertThat(report(id).tooLarge()).isTrue();
      assertThat(report(id).analysis()).isNull();
      assertThat(desk.detail(id).tooLarge()).isTrue();
      assertThat(desk.detail(id).reliability()).isNull();
      BatchReport asked = reports().report(id, true, FitProgress.SILENT).orElseThrow();
      assertThat(asked.tooLarge()).isFalse();
      assertThat(asked.standings()).hasSize(BatchReports.LIVE_TEXTS + 1);
      assertThat(desk.assessment().batches().detail(id, true).orElseThrow().reliability())
          .isNotNull();
    }

    @Test
    void judgesAreTimedAndCanBeLeftOut() {
      UUID id = made(with(List.of(), Map.of())).id();
      for (int i = 0; i < 9; i++) {
        String judge = i % 3 == 0 ? "contrary" : "fair";
        JsonNode pair = bench.engine().judgeDesk().next(judge).orElseThrow();
        String first = pair.path("first").path("title").asString();
        boolean firstIsBetter = first.compareTo(pair.path("second").path("title").asString()) < 0;
        boolean sayFirst = judge.equals("fair") == firstIsBetter;
        bench
            .engine()
            .judgeDesk()
            .judge(
                new dev.imprimatur.engine.judge.JudgeDesk.Judgement(
                    pair.path("correlation_id").asString(),
                    sayFirst ? "first" : "second",
                    BigDecimal.ONE));
      }
      BatchReport report = report(id);
      assertThat(report.judges())
          .extracting(BatchReport.JudgeRow::judge)
          .containsExactlyInAnyOrder("contrary", "fair");
      assertThat(report.judges()).allMatch(j -> j.median().isPresent());
      var without =
          (WithoutJudge.Reordered)
              reports().without(id, "contrary", FitProgress.SILENT).orElseThrow();
      assertThat(without.decisions()).isEqualTo(3);
      assertThat(reports().without(id, "nobody", FitProgress.SILENT)).isEmpty();
      var grades =
          reports()
              .project(
                  id,
                  List.of("low", "high"),
                  Map.of(
                      report.standings().getFirst().label(), "high",
                      report.standings().getLast().label(), "low"),
                  FitProgress.SILENT)
              .orElseThrow();
      assertThat(grades).isInstanceOf(GradeProjection.Outcome.Projected.class);
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
