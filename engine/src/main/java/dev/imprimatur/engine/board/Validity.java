package dev.imprimatur.engine.board;

import dev.imprimatur.engine.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Which candidates become opportunities. Each that does not is counted by the first reason against
/// it.
final class Validity {
  static final String NO_TITLE = "no_title";
  static final String UNKNOWN_PILLAR = "unknown_pillar";
  static final String UNKNOWN_EVIDENCE = "unknown_evidence";
  static final String TOO_FEW_ITEMS = "too_few_items";
  static final String NOT_FRESH = "not_fresh";
  static final String SCORE_TOO_LOW = "score_too_low";
  static final String DUPLICATE = "duplicate";
  static final String BEYOND_LIMIT = "beyond_limit";

  private final Brand brand;
  private final Map<UUID, EvidenceItem> known = new HashMap<>();
  private final Scoring scoring;
  private final Instant oldest;
  private final Map<String, Integer> rejected = new TreeMap<>();

  Validity(Synthesizer.Material material, Scoring scoring, Instant now, Duration freshWithin) {
    this.brand = material.brand();
    this.scoring = scoring;
    this.oldest = now.minus(freshWithin);
    material.evidence().forEach(item -> known.put(item.id(), item));
  }

  /// The candidates that pass, scored, the best first.
  List<Opportunity.Draft> pass(List<Synthesizer.Candidate> candidates) {
    List<Opportunity.Draft> scored = new ArrayList<>();
    for (Synthesizer.Candidate candidate : candidates) {
      String against = against(candidate);
      if (against.isEmpty()) {
        scored.add(scoring.score(candidate, items(candidate)));
      } else {
        reject(against);
      }
    }
    scored.sort(
        Comparator.comparing((Opportunity.Draft o) -> o.points().score())
            .reversed()
            .thenComparing(Opportunity.Draft::title));
    List<Opportunity.Draft> passed = new ArrayList<>();
    for (Opportunity.Draft one : scored) {
      if (one.points().score().compareTo(BigDecimal.valueOf(BoardRules.LEAST_SCORE)) < 0) {
        reject(SCORE_TOO_LOW);
      } else if (passed.stream().anyMatch(better -> sameAs(one, better))) {
        reject(DUPLICATE);
      } else if (passed.size() == BoardRules.MOST_OPPORTUNITIES) {
        reject(BEYOND_LIMIT);
      } else {
        passed.add(one);
      }
    }
    return passed;
  }

  private String against(Synthesizer.Candidate candidate) {
    if (candidate.title().isBlank()) {
      return NO_TITLE;
    }
    if (!brand.pillars().contains(candidate.pillar())) {
      return UNKNOWN_PILLAR;
    }
    if (!known.keySet().containsAll(candidate.evidence())) {
      return UNKNOWN_EVIDENCE;
    }
    List<EvidenceItem> items = items(candidate);
    if (items.size() < BoardRules.LEAST_ITEMS) {
      return TOO_FEW_ITEMS;
    }
    return Scoring.newest(items).isBefore(oldest) ? NOT_FRESH : "";
  }

  private List<EvidenceItem> items(Synthesizer.Candidate candidate) {
    return candidate.evidence().stream()
        .distinct()
        .flatMap(id -> java.util.stream.Stream.ofNullable(known.get(id)))
        .toList();
  }

  /// Whether half of what it stands on is what a better one stands on.
  private static boolean sameAs(Opportunity.Draft one, Opportunity.Draft better) {
    Set<UUID> shared = new HashSet<>(one.evidence());
    shared.retainAll(better.evidence());
    return 2 * shared.size() >= one.evidence().size();
  }

  private void reject(String reason) {
    rejected.merge(reason, 1, Integer::sum);
  }

  /// How many were rejected, by reason.
  ObjectNode rejected() {
    ObjectNode node = Json.object();
    rejected.forEach(node::put);
    return node;
  }
}
