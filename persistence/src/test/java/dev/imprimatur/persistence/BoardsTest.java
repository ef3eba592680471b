package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The Today board on both databases: how a board is made, who asks for the first, and what failing
/// leaves.
class BoardsTest {
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

  abstract static class Contract extends BoardContract {
    // The four reasons, each of real input.

    @Test
    void generated() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(10));
      BoardView view = desk.generated(brand);
      assertThat(reason(view)).isEqualTo(ReadyReason.GENERATED);
      assertThat(view.fine()).isTrue();
      List<Opportunity> all = board(view).opportunities();
      assertThat(all).hasSize(2);
      for (Opportunity one : all) {
        assertThat(one.evidence()).hasSize(5);
        assertThat(one.reasons().path("volume").path("items").asInt()).isEqualTo(5);
        // 35 × 5 ÷ 8
        assertThat(one.points().volume()).isEqualByComparingTo("21.88");
        assertThat(one.points().novelty()).isEqualByComparingTo("20");
      }
      assertThat(all).extracting(Opportunity::position).containsExactly(1, 2);
      assertThat(all.getFirst().points().score()).isGreaterThan(all.get(1).points().score());
      // The same again is new no more.
      Board second = board(desk.generated(brand));
      assertThat(second.number()).isEqualTo(2);
      assertThat(second.opportunities().getFirst().points().novelty()).isEqualByComparingTo("0");
      assertThat(
              second.opportunities().getFirst().reasons().path("novelty").path("like").asString())
          .isEqualTo(all.getFirst().title());
      assertThat(desk.boards().history(brand.id(), 10))
          .extracting(Board.Head::number)
          .containsExactly(2, 1);
      assertThat(desk.boards().board(brand.id(), 1).orElseThrow().opportunities()).hasSize(2);
    }

    @Test
    void gatesOnlyNoSynthesis() {
      Brand brand =
          decided(desk.brands().add("Acme", List.of("Sailing"), List.of("Crews"))).brand();
      desk.bring(brand, desk.lines(9));
      BoardView view = desk.generated(brand);
      assertThat(reason(view)).isEqualTo(ReadyReason.GATES_ONLY_NO_SYNTHESIS);
      assertThat(view.why().unblock()).contains("pillar");
    }

    @Test
    void noValidCandidates() {
      Brand brand = desk.brand("Acme");
      Duration old = Duration.ofDays(20);
      List<String> lines = new java.util.ArrayList<>();
      for (int i = 0; i < 8; i++) {
        lines.add(desk.line("old" + i, "Approval of articles " + i, "Editorial approval.", old));
      }
      lines.add(desk.line("single", "Detection", "Zebras.", Duration.ofHours(1)));
      desk.bring(brand, lines);
      BoardView view = desk.generated(brand);
      assertThat(reason(view)).isEqualTo(ReadyReason.NO_VALID_CANDIDATES);
      var rejected = view.why().facts().path("rejected");
      assertThat(rejected.path("not_fresh").asInt()).isPositive();
      assertThat(rejected.path("too_few_items").asInt()).isEqualTo(1);
    }

    @Test
    void emptyBrandContext() {
      Brand brand = decided(desk.brands().add("Acme", List.of("Approval"), List.of())).brand();
      desk.bring(brand, desk.lines(8));
      BoardView view = desk.generated(brand);
      assertThat(reason(view)).isEqualTo(ReadyReason.EMPTY_BRAND_CONTEXT);
      assertThat(view.why().unblock()).contains("personas");
      decided(desk.brands().add("Acme", List.of(), BoardBench.PERSONAS));
      assertThat(desk.look(brand).why().code()).isEqualTo("outdated");
      assertThat(reason(desk.generated(brand))).isEqualTo(ReadyReason.GENERATED);
    }

    @Test
    void tooLittleAndTooOldEvidenceIsToldInNumbers() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(7));
      BoardView few = desk.generated(brand);
      assertThat(few.state()).isEqualTo(BoardState.INSUFFICIENT_EVIDENCE);
      assertThat(few.why().code()).isEqualTo("not_enough_evidence");
      assertThat(few.why().facts().path("have").asInt()).isEqualTo(7);
      assertThat(few.why().unblock()).contains("Import 1 more evidence item at");
      desk.bring(brand, List.of(desk.line("old", "Old", "", Duration.ofDays(400))));
      assertThat(desk.look(brand).state()).isEqualTo(BoardState.INSUFFICIENT_EVIDENCE);
      assertThat(desk.look(brand).why().code()).isEqualTo("outdated");
      assertThat(desk.look(brand).why().facts().path("more_items").asInt()).isEqualTo(1);
      BoardView old = desk.generated(brand);
      assertThat(old.why().code()).isEqualTo("evidence_not_fresh");
      assertThat(old.why().facts().path("fresh").asInt()).isEqualTo(7);
    }

    @Test
    void whatIsDatedAheadDoesNotCountBeforeItsTime() {
      Brand brand = desk.brand("Acme");
      List<String> lines = new java.util.ArrayList<>(desk.lines(7));
      for (int i = 0; i < 3; i++) {
        lines.add(desk.line("z" + i, "Approval in years", "Sign-off.", Duration.ofDays(-400)));
      }
      desk.bring(brand, lines);
      BoardView ahead = desk.generated(brand);
      assertThat(ahead.why().code()).isEqualTo("evidence_not_fresh");
      assertThat(ahead.why().facts().path("dated_ahead").asInt()).isEqualTo(3);
      assertThat(java.time.Instant.parse(ahead.why().facts().path("newest").asString()))
          .isBefore(desk.now());
      // It may be tomorrow elsewhere.
      desk.bring(
          brand, List.of(desk.line("zone", "Approval queues", "Sign-off.", Duration.ofHours(-23))));
      BoardView made = desk.generated(brand);
      assertThat(reason(made)).isEqualTo(ReadyReason.GENERATED);
      assertThat(made.why().facts().path("dated_ahead").asInt()).isEqualTo(3);
      assertThat(made.why().facts().path("items").asInt()).isEqualTo(8);
      assertThat(board(made).opportunities())
          .flatExtracting(Opportunity::evidence)
          .extracting("sourceKey")
          .contains("item:zone")
          .doesNotContain("item:z0", "item:z1", "item:z2");
    }

    // Reading.

    @Test
    void fiftyFirstReadersAskForOneBoard() throws Exception {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      List<BoardView> seen =
          Together.call(50, i -> () -> desk.boards().read(brand.id()).orElseThrow());
      assertThat(seen).allSatisfy(view -> assertThat(view.job()).isPresent());
      assertThat(database.count(JOBS)).isEqualTo(1);
      assertThat(database.count(JOBS + " AND client_request_id = 'board:Acme:first'")).isEqualTo(1);
      assertThat(reason(desk.settled(brand))).isEqualTo(ReadyReason.GENERATED);
      // Readers of a board that exists, however old, ask for none.
      Together.run(20, i -> desk.boards().read(brand.id()));
      assertThat(database.count(JOBS)).isEqualTo(1);
      assertThat(database.count("SELECT count(*) FROM board")).isEqualTo(1);
      assertThat(database.count("SELECT count(*) FROM audit_entry WHERE action = 'board.asked'"))
          .isEqualTo(1);
    }

    @Test
    void readersWithSevenItemsOrAJobOnItsWayAskForNone() throws Exception {
      bench.stopWork();
      Brand few = desk.brand("Few");
      desk.bring(few, desk.lines(7));
      Together.run(10, i -> desk.boards().read(few.id()));
      assertThat(database.count(JOBS)).isZero();
      BoardView view = desk.boards().read(few.id()).orElseThrow();
      assertThat(view.state()).isEqualTo(BoardState.NOT_GENERATED);
      assertThat(view.why().code()).isEqualTo("not_enough_evidence");
      Brand asked = desk.brand("Asked");
      desk.bring(asked, desk.lines(8));
      decided(desk.boards().generate(asked.id()));
      Together.run(10, i -> desk.boards().read(asked.id()));
      assertThat(database.count(JOBS)).isEqualTo(1);
      assertThat(desk.boards().read(asked.id()).orElseThrow().state())
          .isEqualTo(BoardState.GENERATING);
    }

    @Test
    void thoseWhoAskAtOnceGetOneBoard() throws Exception {
      bench.stopWork();
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      Together.run(
          16,
          i -> {
            if (i % 2 == 0) {
              desk.boards().read(brand.id());
            } else {
              decided(desk.boards().generate(brand.id()));
            }
          });
      assertThat(database.count(JOBS)).isEqualTo(1);
      bench.work();
      desk.settled(brand);
      Together.run(8, i -> decided(desk.boards().generate(brand.id())));
      desk.settled(brand);
      assertThat(database.count(JOBS)).isLessThanOrEqualTo(9);
      assertThat(database.count("SELECT count(*) FROM board")).isEqualTo(database.count(JOBS));
    }

    @Test
    void readingWritesNothingAndCanWriteNothing() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      desk.generated(brand);
      // PostgreSQL's mark is that of all its databases, and other tests write to theirs.
      Awaitility.await("a look at everything beside which nothing is written")
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            String before = bench.engine().changeMark();
            desk.boards().read(brand.id());
            desk.boards().history(brand.id(), 10);
            desk.boards().board(brand.id(), 1);
            desk.brands().list();
            return bench.engine().changeMark().equals(before);
          });
      assertThatThrownBy(() ->
              bench
                  .database()
                  .people()
                  .reading(tx ->
                      tx.jobs()
                          .enqueue(
                              List.of(NewJob.of("default", "diagnostic.noop", Json.object())))))
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() ->
              bench
                  .database()
                  .people()
                  .reading(tx -> {
                    tx.brands().asked(brand.id(), 9);
                    return true;
                  }))
          .isInstanceOf(RuntimeException.class);
      // The connection is as before.
      decided(desk.brands().add("Next", List.of(), List.of()));
    }

    @Test
    void whoMayOnlyReadReadsAndIsNotRefused() {
      if (kind() == TestDatabase.Kind.H2) {
        // Whoever can read the file may write it.
        return;
      }
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      try (Bench reader = Bench.on(database.openAs(TestDatabase.READER))) {
        BoardView view = reader.engine().today().boards().read(brand.id()).orElseThrow();
        assertThat(view.state()).isEqualTo(BoardState.NOT_GENERATED);
        assertThat(view.why().code()).isEqualTo("not_generated");
      }
      assertThat(database.count(JOBS)).isZero();
    }

    // Failing.

    @Test
    void aFailedAttemptKeepsTheLastGoodBoardAndTheLastOneIsAnError() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      desk.generated(brand);
      failures.set(2);
      List<BoardView> meanwhile = new java.util.concurrent.CopyOnWriteArrayList<>();
      decided(desk.boards().generate(brand.id()));
      Awaitility.await("the third attempt to succeed")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            BoardView view = desk.look(brand);
            meanwhile.add(view);
            return !view.underWay();
          });
      assertThat(meanwhile)
          .allSatisfy(view -> assertThat(view.readyReason()).isEqualTo(ReadyReason.GENERATED));
      assertThat(board(desk.look(brand)).number()).isEqualTo(2);
      assertThat(desk.look(brand).degraded()).isFalse();
      failures.set(100);
      BoardView failed = desk.generated(brand);
      assertThat(failed.state()).isEqualTo(BoardState.ERROR);
      assertThat(board(failed).diagnostics().path("detail").asString())
          .contains("the synthesis broke");
      assertThat(board(failed).diagnostics().path("attempts").asInt()).isEqualTo(3);
      assertThat(failed.why().unblock()).contains("ask again");
      assertThat(Bench.refused(bench.engine().queue().retry(failed.job().orElseThrow().key())))
          .isEqualTo("not_retryable");
      failures.set(0);
      assertThat(reason(desk.generated(brand))).isEqualTo(ReadyReason.GENERATED);
    }

    @Test
    void aWaitingRetrySaysDegraded() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      desk.generated(brand);
      bench.stopWork();
      var asked = decided(desk.boards().generate(brand.id()));
      bench
          .database()
          .automation()
          .run(tx -> {
            var job = tx.jobs().claim("w", List.of("board.generate"), List.of(), 1).getFirst();
            tx.jobs().retryLater(job.claim(), "out of memory", Duration.ofHours(1));
          });
      BoardView view = desk.look(brand);
      assertThat(view.degraded()).isTrue();
      assertThat(reason(view)).isEqualTo(ReadyReason.GENERATED);
      assertThat(view.why().code()).isEqualTo("generation_failing");
      assertThat(view.why().facts().path("error").asString()).isEqualTo("out of memory");
      // A person cancels it: the last good board stands, and that is all.
      decided(bench.engine().queue().cancel(asked.job()));
      assertThat(desk.look(brand).degraded()).isFalse();
      assertThat(desk.look(brand).job().orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(database.count("SELECT count(*) FROM board")).isEqualTo(1);
    }
  }
}
