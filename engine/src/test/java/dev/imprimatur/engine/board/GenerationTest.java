package dev.imprimatur.engine.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
            new Generation.Given(BRAND, items.size(), items.getFirst().at(), items, earlier, NOW));
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
  void aBoardGrowsStale() {
    Board board =
        new Board(
            new UUID(2, 1),
            BRAND.id(),
            1,
            new UUID(3, 1),
            BoardState.READY,
            ReadyReason.NO_VALID_CANDIDATES,
            List.of(),
            new Why("no_valid_candidates", Json.object(), "x"),
            null,
            NOW);
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
