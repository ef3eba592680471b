package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.evidence.EvidenceImports;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Today board on both databases: what comes in, how a board is made, what the database
/// refuses, who asks for the first.
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

  abstract static class Contract extends BenchContract {
    private static final String JOBS = "SELECT count(*) FROM job_all WHERE kind = 'board.generate'";

    @TempDir private Path folder;
    private BoardBench desk;
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    Bench bench(Database open) {
      Bench made =
          Bench.on(
              open,
              Scripted.providers(),
              Engine.Extensions.NONE,
              point -> {
                if (point == FaultPoint.BOARD_SYNTHESIZED && failures.getAndDecrement() > 0) {
                  throw new IllegalStateException("the synthesis broke");
                }
              },
              Map.of("queue.retry-base", "1ms"));
      made.work();
      return made;
    }

    @BeforeEach
    void openDesk() {
      desk = new BoardBench(bench, folder);
    }

    private static ReadyReason reason(BoardView view) {
      assertThat(view.state()).isEqualTo(BoardState.READY);
      return view.readyReason();
    }

    private static Board board(BoardView view) {
      return view.board().orElseThrow();
    }

    // Evidence.

    @Test
    void anItemComesInOnceHoweverOftenAndFromWhereverItIsRead() {
      Brand brand = desk.brand("Acme");
      assertThat(desk.bring(brand, desk.lines(10)))
          .extracting(EvidenceImports.Outcome::fresh, EvidenceImports.Outcome::known)
          .containsExactly(10, 0);
      assertThat(desk.bring(brand, desk.lines(12)))
          .extracting(
              EvidenceImports.Outcome::fresh,
              EvidenceImports.Outcome::known,
              EvidenceImports.Outcome::total)
          .containsExactly(2, 10, 12L);
      // The same ids, as CSV.
      assertThat(
              desk.bring(
                  brand,
                  "same.csv",
                  "ID,Title,Summary,URL,published_at\r\na0,\"Another, title\",,,2026-05-31\r\n"
                      + "c1,New,\"two\nlines\",https://example.org/c1,\r\n"))
          .extracting(EvidenceImports.Outcome::fresh, EvidenceImports.Outcome::known)
          .containsExactly(1, 1);
      // Another brand has its own.
      assertThat(desk.bring(desk.brand("Other"), desk.lines(3)).fresh()).isEqualTo(3);
      assertThat(database.count("SELECT count(*) FROM evidence_item")).isEqualTo(16);
      assertThat(
              database.count(
                  "SELECT count(*) FROM evidence_item WHERE source_key = 'item:a0' AND title = 'Another, title'"))
          .isZero();
    }

    @Test
    void feedsComeInWithTheirDates() {
      Brand brand = desk.brand("Acme");
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              desk.now().minus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC));
      EvidenceImports.Outcome rss =
          desk.bring(
              brand,
              "feed.xml",
              "<rss version='2.0'><channel><title>F</title><link>https://example.org</link>"
                  + "<item><guid>https://example.org/1</guid><title>One</title>"
                  + "<description>Text.</description><pubDate>"
                  + date
                  + "</pubDate></item><item><guid>https://example.org/2</guid><title>Two</title>"
                  + "</item></channel></rss>");
      // A title alone will do.
      assertThat(rss.fresh()).isEqualTo(2);
      assertThat(rss.problems()).isEmpty();
      EvidenceImports.Outcome atom =
          desk.bring(
              brand,
              "feed.atom",
              "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>"
                  + "<id>https://example.org/1</id><title>One</title><summary>Again.</summary>"
                  + "<updated>2026-01-01T00:00:00Z</updated></entry></feed>");
      assertThat(atom.known()).isEqualTo(1);
      assertThat(
              database.count("SELECT count(*) FROM evidence_item WHERE published_at IS NOT NULL"))
          .isEqualTo(1);
    }

    @Test
    void whatCantBeReadIsToldByLineAndTheRestComesIn() {
      Brand brand = desk.brand("Acme");
      EvidenceImports.Outcome outcome =
          desk.bring(
              brand,
              List.of(
                  "{\"title\":\"Fine\"}",
                  "{\"summary\":\"no title\"}",
                  "not json",
                  "[1]",
                  "{\"title\":\"Odd\",\"date\":\"yesterday\"}",
                  "{\"title\":\"Half \\ud800 a character \\u0000\"}"));
      assertThat(outcome.fresh()).isEqualTo(2);
      assertThat(outcome.problems())
          .extracting("code")
          .containsExactly("unfit", "not-json", "not-an-object", "unfit");
      assertThat(outcome.problems().getFirst().message()).contains("evidence.jsonl:2");
      // A row that is too short is told; those behind it come in.
      var some = desk.bring(brand, "short.csv", "id,title\na1,Tents\na2\na3,Bags\n");
      assertThat(some.problems()).hasSize(1);
      assertThat(some.problems().getFirst().code()).isEqualTo("unfit");
      assertThat(some.fresh()).isEqualTo(2);
      assertThat(desk.bring(brand, "a.csv", "name,text\nx,y\n").problems())
          .singleElement()
          .extracting("code")
          .isEqualTo("no-header");
      assertThat(desk.bring(brand, "a.bin", "something").problems())
          .singleElement()
          .extracting("code")
          .isEqualTo("unsupported");
    }

    // Brands.

    @Test
    void aBrandIsAddedOnceAndThenExtended() throws Exception {
      var first = decided(desk.brands().add("Acme", List.of("One"), List.of()));
      assertThat(first.made()).isTrue();
      var again = decided(desk.brands().add("ACME", List.of("One", "Two"), List.of("Editors")));
      assertThat(again.made()).isFalse();
      assertThat(again.added()).isEqualTo(2);
      assertThat(again.brand().name()).isEqualTo("Acme");
      assertThat(again.brand().pillars()).containsExactly("One", "Two");
      assertThat(Bench.refused(desk.brands().add(" ", List.of(), List.of()))).isEqualTo("bad_name");
      Together.run(8, i -> decided(desk.brands().add("Race", List.of("P" + i), List.of())));
      assertThat(desk.brands().find("race").orElseThrow().pillars()).hasSize(8);
    }

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
      String before = bench.engine().changeMark();
      desk.boards().read(brand.id());
      desk.boards().history(brand.id(), 10);
      desk.boards().board(brand.id(), 1);
      desk.brands().list();
      assertThat(bench.engine().changeMark()).isEqualTo(before);
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

    // What the database refuses.

    @Test
    void theDatabaseHoldsTheReasons() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      Board board = board(desk.generated(brand));
      UUID brandId = brand.id();
      String ready = "'READY', %s, %s, 'x', '{}', 'x', NULL";
      refused(insert(UUID.randomUUID(), brandId, ready.formatted("NULL", "NULL")), "reason");
      refused(insert(UUID.randomUUID(), brandId, ready.formatted("'because'", "NULL")), "reason");
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'generated'", "NULL")),
          "generated_has");
      // A count of what is not there.
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'generated'", "1")), "last_entry");
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'no_valid_candidates'", "1")),
          "generated_has");
      refused(
          insert(UUID.randomUUID(), brandId, "'ERROR', NULL, NULL, 'x', '{}', 'x', NULL"),
          "error_is_told");
      for (String blank : List.of("''", "'  '", "'\n\t'")) {
        refused(
            insert(
                UUID.randomUUID(),
                brandId,
                "'ERROR', NULL, NULL, 'x', '{}', " + blank + ", '{\"error\":\"x\"}'"),
            "unblock_not_blank");
      }
      for (String nothing : List.of("null", "{}", " { } ", "[]", "\"x\"", "7")) {
        refused(
            insert(
                UUID.randomUUID(),
                brandId,
                "'ERROR', NULL, NULL, 'x', '{}', 'x', '" + nothing + "'"),
            "diagnostics_say_something");
      }
      refused(
          insert(
              UUID.randomUUID(),
              brandId,
              "'INSUFFICIENT_EVIDENCE', 'generated', NULL, 'x', '{}', 'x', NULL"),
          // Which of the two that it breaks is named, the database chooses.
          "board_");
      refused(
          insert(UUID.randomUUID(), brandId, "'GENERATING', NULL, NULL, 'x', '{}', 'x', NULL"),
          "state_known");
      // An opportunity that does not exist, or is another brand's, stands on no board.
      UUID next = UUID.randomUUID();
      refused(entry(next, brandId, "1", "NULL", UUID.randomUUID()), "entry_opportunity");
      UUID mine = board.opportunities().getFirst().id();
      refused(entry(next, desk.brand("Other").id(), "1", "NULL", mine), "entry_opportunity");
      refused(entry(next, brandId, "2", "1", mine), "entry_follows");
      refused(entry(next, brandId, "2", "NULL", mine), "no_gap");
      // What is written stays.
      for (String table :
          List.of("board", "board_entry", "opportunity", "opportunity_evidence", "evidence_item")) {
        refused("DELETE FROM " + table, "never changed");
      }
      refused(
          "UPDATE board SET opportunities = NULL, ready_reason = 'no_valid_candidates'", "never");
      refused("UPDATE opportunity SET score = 100", "never changed");
      // What stands behind a board afterwards does not count.
      database.execute(
          "INSERT INTO opportunity SELECT '"
              + next
              + "', brand_id, title, pillar, persona, terms, lead_evidence_id, volume_points, recency_points,"
              + " novelty_points, persona_points, score, reasons FROM opportunity WHERE id = '"
              + mine
              + "'");
      int last = board.opportunities().size();
      String behind = entry(board.id(), brandId, "" + (last + 1), "" + last, next);
      // One without evidence, or without the item that it names first, stands nowhere.
      refused(behind, "needs an opportunity with its evidence");
      database.execute(stands(next, mine, 9, "s.evidence_id <> o.lead_evidence_id"));
      refused(behind, "needs an opportunity with its evidence");
      database.execute(stands(next, mine, 0, "s.evidence_id = o.lead_evidence_id"));
      database.execute(behind);
      // And one that stands gets no more.
      UUID other = board.opportunities().get(1).id();
      refused(stands(next, other, 19, "s.position_no = 1"), "stands on a board");
      refused(stands(mine, other, 19, "s.position_no = 1"), "stands on a board");
      assertThat(board(desk.look(brand)).opportunities()).hasSize(last);
    }

    private static String insert(UUID id, UUID brand, String rest) {
      return "INSERT INTO board (id, brand_id, number, job_id, state, ready_reason, opportunities, why_code, facts,"
          + " unblock, diagnostics, generated_at) VALUES ('"
          + id
          + "', '"
          + brand
          + "', 99, '"
          + id
          + "', "
          + rest
          + ", CURRENT_TIMESTAMP)";
    }

    /// Gives an opportunity some of another's evidence, at positions behind this one.
    private static String stands(UUID opportunity, UUID other, int behind, String which) {
      return "INSERT INTO opportunity_evidence (opportunity_id, brand_id, position_no, evidence_id) SELECT '"
          + opportunity
          + "', s.brand_id, s.position_no + "
          + behind
          + ", s.evidence_id FROM opportunity_evidence s JOIN opportunity o ON o.id = s.opportunity_id WHERE o.id = '"
          + other
          + "' AND "
          + which;
    }

    private static String entry(
        UUID board, UUID brand, String position, String previous, UUID opportunity) {
      return "INSERT INTO board_entry (board_id, brand_id, position_no, previous_no, opportunity_id) VALUES ('"
          + board
          + "', '"
          + brand
          + "', "
          + position
          + ", "
          + previous
          + ", '"
          + opportunity
          + "')";
    }

    private void refused(String sql, String why) {
      assertThatThrownBy(() -> database.execute(sql))
          .as(sql)
          .hasCauseInstanceOf(SQLException.class)
          .cause()
          .hasMessageContaining(why);
    }

    @Test
    void automationBringsNoEvidenceAndMakesNoBrand() {
      String user = kind() == TestDatabase.Kind.H2 ? "imprimatur_worker" : TestDatabase.WORKER;
      for (String sql :
          List.of(
              "INSERT INTO brand_context (brand_id, kind, position_no, body) SELECT id, 'pillar', 99, 'x' FROM brand",
              "UPDATE brand SET name = 'x'",
              "DELETE FROM brand_context")) {
        if (kind() == TestDatabase.Kind.H2 && sql.startsWith("UPDATE")) {
          continue;
        }
        desk.brand("Acme");
        assertThatThrownBy(
                () -> {
                  try (var connection = database.plain(user);
                      var statement = connection.createStatement()) {
                    statement.executeUpdate(sql);
                  }
                })
            .as(sql)
            .isInstanceOf(SQLException.class);
      }
    }
  }
}
