package dev.imprimatur.engine.board;

import dev.imprimatur.engine.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The arithmetic of opportunities, the same for every synthesizer, and shown: what each part came
/// to, and of what.
///
/// ```
/// volume   = 35 × min(items, 8) / 8
/// recency  = 25 × (1 − age of the newest item / window)
/// novelty  = 20 × (1 − likeness to the most alike opportunity of the last 5 boards)
/// persona  = 20 × share of the best persona's terms that are in the items
/// ```
///
/// Likeness is the share of terms that both have (Jaccard).
final class Scoring {
  private static final int MOST_TERMS = 12;
  private static final int LONGEST_TERMS = 2000;

  private final Brand brand;
  private final List<Opportunity.Earlier> earlier;
  private final Duration window;
  private final Instant now;

  Scoring(Brand brand, List<Opportunity.Earlier> earlier, Duration window, Instant now) {
    this.brand = brand;
    this.earlier = earlier;
    this.window = window;
    this.now = now;
  }

  /// @param items what the candidate stands on, at least one
  Opportunity.Draft score(Synthesizer.Candidate candidate, List<EvidenceItem> items) {
    Map<String, Integer> counts = new HashMap<>();
    for (EvidenceItem item : items) {
      Terms.of(item.title() + "\n" + item.summary())
          .forEach(term -> counts.merge(term, 1, Integer::sum));
    }
    List<String> terms = most(counts);
    ObjectNode reasons = Json.object();
    BigDecimal volume = volume(items, reasons);
    BigDecimal recency = recency(items, reasons);
    BigDecimal novelty = novelty(terms, reasons);
    Fit fit = fit(counts.keySet());
    BigDecimal persona = persona(fit, reasons);
    return new Opportunity.Draft(
        candidate.title(),
        candidate.pillar(),
        fit.persona(),
        terms,
        new Points(volume, recency, novelty, persona),
        reasons,
        items.stream().map(EvidenceItem::id).toList());
  }

  /// The terms that most items have, in that order.
  private static List<String> most(Map<String, Integer> counts) {
    List<String> terms = new ArrayList<>();
    int length = 0;
    for (String term :
        counts.entrySet().stream()
            .sorted(
                Comparator.comparingInt((Map.Entry<String, Integer> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST_TERMS)
            .map(Map.Entry::getKey)
            .toList()) {
      length += term.length() + 1;
      if (length <= LONGEST_TERMS) {
        terms.add(term);
      }
    }
    return terms;
  }

  private static BigDecimal volume(List<EvidenceItem> items, ObjectNode reasons) {
    int counted = Math.min(items.size(), BoardRules.FULL_VOLUME);
    reasons
        .putObject("volume")
        .put("items", items.size())
        .put("full_at", BoardRules.FULL_VOLUME)
        .put("of", Points.VOLUME);
    return points(Points.VOLUME, (double) counted / BoardRules.FULL_VOLUME);
  }

  private BigDecimal recency(List<EvidenceItem> items, ObjectNode reasons) {
    Instant newest = newest(items);
    double days = Math.max(0, Duration.between(newest, now).toSeconds() / 86_400.0);
    double windowDays = window.toSeconds() / 86_400.0;
    reasons
        .putObject("recency")
        .put("newest", newest.toString())
        .put("age_days", rounded(days))
        .put("window_days", rounded(windowDays))
        .put("of", Points.RECENCY);
    return points(Points.RECENCY, 1 - days / windowDays);
  }

  static Instant newest(List<EvidenceItem> items) {
    return items.stream().map(EvidenceItem::at).max(Comparator.naturalOrder()).orElseThrow();
  }

  private BigDecimal novelty(List<String> terms, ObjectNode reasons) {
    double most = 0;
    Opportunity.Earlier like = null;
    for (Opportunity.Earlier other : earlier) {
      double likeness = likeness(terms, other.terms());
      if (likeness > most) {
        most = likeness;
        like = other;
      }
    }
    ObjectNode reason = reasons.putObject("novelty").put("likeness", rounded(most));
    if (like != null) {
      reason.put("like", like.title()).put("like_on_board", like.board());
    }
    reason.put("of", Points.NOVELTY);
    return points(Points.NOVELTY, 1 - most);
  }

  private static double likeness(List<String> one, List<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    Set<String> shared = new HashSet<>(one);
    shared.retainAll(other);
    return all.isEmpty() ? 0 : (double) shared.size() / all.size();
  }

  private record Fit(String persona, Set<String> found, int terms) {
    double share() {
      return terms == 0 ? 0 : (double) found.size() / terms;
    }
  }

  private Fit fit(Set<String> terms) {
    Fit best = new Fit(brand.personas().getFirst(), Set.of(), 0);
    for (String persona : brand.personas()) {
      Set<String> wanted = Terms.of(persona);
      Set<String> found = new LinkedHashSet<>(wanted);
      found.retainAll(terms);
      Fit fit = new Fit(persona, found, wanted.size());
      if (best.terms() == 0 || fit.share() > best.share()) {
        best = fit;
      }
    }
    return best;
  }

  private static BigDecimal persona(Fit fit, ObjectNode reasons) {
    ObjectNode reason = reasons.putObject("persona").put("persona", fit.persona());
    var found = reason.putArray("found");
    fit.found().forEach(found::add);
    reason.put("terms", fit.terms()).put("of", Points.PERSONA);
    return points(Points.PERSONA, fit.share());
  }

  private static BigDecimal points(int of, double share) {
    return BigDecimal.valueOf(of * Math.clamp(share, 0.0, 1.0)).setScale(2, RoundingMode.HALF_UP);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
