package dev.imprimatur.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditChainTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

  @Test
  void aWholeChainHolds() {
    List<AuditEntry> chain = chain(4);
    assertThat(AuditChain.firstFlaw(chain, 4, chain.getLast().hash())).isEmpty();
    assertThat(AuditChain.firstFlaw(List.of(), 0, AuditChain.ORIGIN)).isEmpty();
  }

  @Test
  void aChangedRowShows() {
    List<AuditEntry> chain = new ArrayList<>(chain(4));
    AuditEntry e = chain.get(1);
    chain.set(1, entry(e.sequence(), "forged", e.previousHash(), e.hash(), e.after()));
    assertThat(AuditChain.firstFlaw(chain, 4, chain.getLast().hash()))
        .hasValue("row 2 was changed after it was written");
  }

  @Test
  void aMissingRowShowsInTheMiddleAndAtTheEnd() {
    List<AuditEntry> chain = new ArrayList<>(chain(4));
    String head = chain.getLast().hash();
    AuditEntry removed = chain.remove(1);
    assertThat(AuditChain.firstFlaw(chain, 4, head)).hasValue("row 2 is missing");
    chain.add(1, removed);
    chain.removeLast();
    assertThat(AuditChain.firstFlaw(chain, 4, head))
        .hasValue("rows after 3 are missing: the head is at 4");
  }

  @Test
  void theSpellingOfJsonDoesNotCount() {
    AuditEntry one =
        entry(1, "a", AuditChain.ORIGIN, "", Json.parse("{\"a\":1.50,\"b\":[true,null]}"));
    AuditEntry other =
        entry(1, "a", AuditChain.ORIGIN, "", Json.parse("{\"b\":[true,null],\"a\":1.5}"));
    AuditEntry third =
        entry(1, "a", AuditChain.ORIGIN, "", Json.parse("{\"b\":[null,true],\"a\":1.5}"));
    assertThat(AuditChain.hash(one))
        .isEqualTo(AuditChain.hash(other))
        .isNotEqualTo(AuditChain.hash(third));
  }

  private static List<AuditEntry> chain(int length) {
    List<AuditEntry> chain = new ArrayList<>();
    String previous = AuditChain.ORIGIN;
    for (int i = 1; i <= length; i++) {
      AuditEntry unsigned = entry(i, "reason " + i, previous, "", Json.object().put("i", i));
      AuditEntry signed =
          entry(i, "reason " + i, previous, AuditChain.hash(unsigned), Json.object().put("i", i));
      chain.add(signed);
      previous = signed.hash();
    }
    return chain;
  }

  private static AuditEntry entry(
      long sequence, String reason, String previous, String hash, JsonNode after) {
    return new AuditEntry(
        "article",
        "x",
        sequence,
        new Actor(Actor.Kind.HUMAN, "editor"),
        AT,
        "did",
        1,
        null,
        after,
        reason,
        0,
        previous,
        hash);
  }
}
