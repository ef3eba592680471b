package dev.imprimatur.engine.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Gates, groups, arithmetic and filters, without a database.
class GenerationTest {
  private static final Instant NOW = Instant.parse("2026-05-31T12:00:00Z");
  private static final BoardRules RULES =
      new BoardRules(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1), 3);
  private static final Brand BRAND =
      new Brand(
          new UUID(0, 1),
          "default",
          "Acme",
          List.of("Editorial approval", "Detection"),
          List.of("Sailors", "Editors of newsrooms"),
          1,
          NOW);

  private static EvidenceItem item(int id, String title, Duration age) {
    return new EvidenceItem(
        new UUID(1, id),
        "item:" + id,
        EvidenceItem.Format.JSONL,
        title,
        "",
        null,
        NOW.minus(age),
        NOW);
  }

  private static List<EvidenceItem> items() {
    List<EvidenceItem> items = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      items.add(item(i, "Approval queues of newsrooms " + i, Duration.ofDays(3)));
    }
    for (int i = 5; i < 9; i++) {
      items.add(item(i, "Detection misjudges essays " + i, Duration.ofDays(3 + i)));
    }
    return items;
  }

  private static Board.Draft made(
      Synthesizer synthesizer, List<EvidenceItem> items, List<Opportunity.Earlier> earlier) {
    return new Generation(synthesizer, RULES)
        .make(
            new Generation.Given(
                BRAND, items.size(), items.getFirst().at(), 0, items, earlier, NOW));
  }

  private static Synthesizer.Candidate candidate(String title, String pillar, int... items) {
    return new Synthesizer.Candidate(
        title, pillar, IntStream.of(items).mapToObj(i -> new UUID(1, i)).toList());
  }

  @Test
  void theArithmeticIsWhatItSays() {
    Board.Draft draft = made(new LocalSynthesizer(), items(), List.of());
    // The newest of the other group is 8 days old.
    assertThat(draft.why().facts().path("rejected").path("not_fresh").asInt()).isEqualTo(1);
    Opportunity.Draft one = draft.opportunities().getFirst();
    assertThat(one.evidence()).hasSize(5);
    // 35 × 5 ÷ 8, 25 × (1 − 3 ÷ 30), 20, 20 × 1 of 2 words.
    assertThat(one.points())
        .isEqualTo(
            new Points(
                new BigDecimal("21.88"),
                new BigDecimal("22.50"),
                new BigDecimal("20.00"),
                new BigDecimal("10.00")));
    assertThat(one.points().score()).isEqualByComparingTo("74.38");
    assertThat(one.persona()).isEqualTo("Editors of newsrooms");
    Opportunity.Draft again =
        made(
                new LocalSynthesizer(),
                items(),
                List.of(new Opportunity.Earlier(1, one.title(), one.terms())))
            .opportunities()
            .getFirst();
    assertThat(again.points().novelty()).isEqualByComparingTo("0");
  }

  /// Items as somebody types them in: of a pillar, and no two alike.
  private static List<EvidenceItem> byHand(String... titles) {
    List<EvidenceItem> items = new ArrayList<>();
    for (String title : titles) {
      items.add(item(items.size(), title, Duration.ofDays(1).plusHours(items.size())));
    }
    return items;
  }

  private static final String[] EIGHT = {
    "Approval takes a day at the Tribune",
    "A tool for approval in small newsrooms",
    "Why our approval policy failed",
    "Editorial approval by committee",
    "Approval over the weekend: who is on call?",
    "Detection of copied texts in schools",
    "A court doubts detection software",
    "Detection costs rise",
  };

  @Test
  void whatLittleIsSaidOfAPillarIsAnOpportunity() {
    Board.Draft draft = made(new LocalSynthesizer(), byHand(EIGHT), List.of());
    assertThat(draft.opportunities())
        .extracting(Opportunity.Draft::title, one -> one.evidence().size())
        .containsExactly(
            tuple("Editorial approval (different subjects)", 5),
            tuple("Detection (different subjects)", 3));
    assertThat(draft.why().facts().path("rejected")).isEqualTo(Json.object());
    // 35 × 5 ÷ 8, 25 × (1 − 1 ÷ 30), 20, 20 × 1 of 2 words.
    assertThat(draft.opportunities().getFirst().points())
        .isEqualTo(
            new Points(
                new BigDecimal("21.88"),
                new BigDecimal("24.17"),
                new BigDecimal("20.00"),
                new BigDecimal("10.00")));
    assertThat(made(new LocalSynthesizer(), byHand(EIGHT), List.of()).opportunities())
        .isEqualTo(draft.opportunities());
  }

  @Test
  void whatIsAlikeInAFewItemsStandsBesideTheRest() {
    String[] titles = Arrays.copyOf(EIGHT, 10);
    titles[8] = "Approval takes a week at the Tribune";
    titles[9] = "Universities drop detection";
    Board.Draft draft = made(new LocalSynthesizer(), byHand(titles), List.of());
    assertThat(draft.opportunities())
        .extracting(Opportunity.Draft::title, one -> one.evidence().size())
        .containsExactlyInAnyOrder(
            tuple("Approval takes a day at the Tribune", 2),
            tuple("Editorial approval (different subjects)", 4),
            tuple("Detection (different subjects)", 4));
    assertThat(draft.why().facts().path("rejected")).isEqualTo(Json.object());
  }

  @Test
  void ofALargePillarTheRestIsNoSubject() {
    List<String> titles = new ArrayList<>(List.of("Detection fails", "Detection fails"));
    for (String word : "rain snow hail fog wind sun dew".split(" ")) {
      titles.add("Detection " + word);
    }
    Board.Draft draft =
        made(new LocalSynthesizer(), byHand(titles.toArray(String[]::new)), List.of());
    assertThat(draft.opportunities())
        .singleElement()
        .extracting(one -> one.evidence().size())
        .isEqualTo(2);
    assertThat(draft.why().facts().path("rejected"))
        .isEqualTo(Json.object().put("too_few_items", 7));
  }

  @Test
  void eachRejectionIsCountedByItsFirstReason() {
    Board.Draft draft =
        made(
            material ->
                List.of(
                    candidate("good", "Editorial approval", 0, 1, 2, 3),
                    candidate("the same", "Editorial approval", 0, 1),
                    candidate("no such pillar", "Sailing", 0, 1),
                    candidate("no such item", "Detection", 0, 99),
                    candidate("one item", "Detection", 4, 4),
                    candidate("old", "Detection", 6, 7),
                    candidate(" ", "Detection", 6, 7)),
            items(),
            List.of());
    assertThat(draft.opportunities()).extracting(Opportunity.Draft::title).containsExactly("good");
    assertThat(draft.why().facts().path("rejected"))
        .isEqualTo(
            Json.object()
                .put("duplicate", 1)
                .put("no_title", 1)
                .put("not_fresh", 1)
                .put("too_few_items", 1)
                .put("unknown_evidence", 1)
                .put("unknown_pillar", 1));
  }

  @Test
  void whatIsDatedAheadIsToldAndDoesNotCount() {
    List<EvidenceItem> some = items().subList(0, 6);
    Board.Draft draft =
        new Generation(new LocalSynthesizer(), RULES)
            .make(new Generation.Given(BRAND, 9, some.getFirst().at(), 3, some, List.of(), NOW));
    assertThat(draft.state()).isEqualTo(BoardState.INSUFFICIENT_EVIDENCE);
    assertThat(draft.why().facts().path("dated_ahead").asInt()).isEqualTo(3);
    assertThat(draft.why().unblock()).contains("6 are not; 3 are dated more than a day ahead");
  }

  private static Board empty(BoardState state, Why why) {
    return new Board(
        new UUID(2, 1),
        BRAND.id(),
        1,
        new UUID(3, 1),
        state,
        state == BoardState.READY ? ReadyReason.ofCode(why.code()) : null,
        List.of(),
        why,
        null,
        NOW);
  }

  private static Why read(Board board, Brand brand, long evidence) {
    return new Readiness(RULES)
        .view(brand, Optional.of(board), Optional.empty(), evidence, NOW)
        .why();
  }

  @Test
  void whatCameInSinceIsTold() {
    Board few = empty(BoardState.INSUFFICIENT_EVIDENCE, Whys.notEnough(BRAND, 3));
    assertThat(read(few, BRAND, 3)).isEqualTo(few.why());
    assertThat(read(few, BRAND, 5)).isEqualTo(Whys.notEnough(BRAND, 5));
    Why enough = read(few, BRAND, 9);
    assertThat(enough.code()).isEqualTo("outdated");
    assertThat(enough.facts().path("more_items").asInt()).isEqualTo(6);
    assertThat(enough.facts().path("was").asString()).isEqualTo("not_enough_evidence");
    assertThat(enough.unblock()).contains("6 evidence items came in");

    var facts = Json.object().put("have", 9).put("pillars", 1).put("personas", 2);
    Board none = empty(BoardState.READY, new Why("no_valid_candidates", facts, "Import more."));
    assertThat(read(none, BRAND, 10).facts().path("more_items").asInt()).isEqualTo(1);
    assertThat(read(none, BRAND, 10).facts().path("more_context").asInt()).isEqualTo(1);
    // More evidence is no help to a brand that is not described.
    Brand half = new Brand(BRAND.id(), "default", "Acme", BRAND.pillars(), List.of(), 1, NOW);
    Board blank = empty(BoardState.READY, Whys.emptyContext(half, Json.object().put("have", 9)));
    assertThat(read(blank, half, 12)).isEqualTo(blank.why());
    assertThat(read(blank, BRAND, 9).code()).isEqualTo("outdated");

    // A board whose reason gives no numbers stays as it is.
    Board old = empty(BoardState.READY, new Why("no_valid_candidates", Json.object(), "x"));
    assertThat(read(old, BRAND, 99)).isEqualTo(old.why());
  }

  private static Job job(JobStatus status, int attempts, int handedBack) {
    return new Job(
        new JobKey("default", new UUID(4, 1)),
        1,
        Generator.KIND,
        Json.object(),
        status,
        0,
        NOW,
        attempts,
        handedBack,
        3,
        "editor",
        null,
        NOW,
        null,
        null,
        "w",
        null,
        null,
        0,
        null,
        false,
        null,
        "out of memory",
        null);
  }

  @Test
  void theAttemptThatFailedIsCounted() {
    assertThat(Whys.degraded(job(JobStatus.PENDING, 1, 0)).facts().path("attempts").asInt())
        .isEqualTo(1);
    assertThat(Whys.degraded(job(JobStatus.RUNNING, 2, 0)).facts().path("attempts").asInt())
        .isEqualTo(1);
    assertThat(Whys.degraded(job(JobStatus.PENDING, 3, 1)).facts().path("attempts").asInt())
        .isEqualTo(2);
    assertThat(Whys.generating(job(JobStatus.PENDING, 0, 0)).unblock()).contains("next free");
    assertThat(Whys.generating(job(JobStatus.RUNNING, 1, 0)).unblock()).contains("a worker makes");
  }

  @Test
  void aBoardGrowsStale() {
    Board board = empty(BoardState.READY, new Why("no_valid_candidates", Json.object(), "x"));
    var readiness = new Readiness(RULES);
    assertThat(
            readiness.view(BRAND, Optional.of(board), Optional.empty(), 9, NOW.plusSeconds(3600)))
        .extracting(BoardView::stale)
        .isEqualTo(false);
    assertThat(
            readiness
                .view(BRAND, Optional.of(board), Optional.empty(), 9, NOW.plusSeconds(90_000))
                .stale())
        .isTrue();
  }
}
