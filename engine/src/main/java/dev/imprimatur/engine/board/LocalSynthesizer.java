package dev.imprimatur.engine.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Groups evidence by the pillar it speaks of most, and within a pillar by how much items are about
/// the same: the cosine of their terms, those counting for more that are rare in all the evidence.
/// Where so little is said of a pillar that items share no more than the pillar itself, the pillar
/// is what they are about. Without a network, without chance.
public final class LocalSynthesizer implements Synthesizer {
  /// Items this alike are about the same.
  private static final double ALIKE = 0.18;

  /// What an opportunity is named that stands on items which share their pillar and no more.
  static final String DIFFERENT = " (different subjects)";

  /// @param sorted the terms in one order whatever the set's, so that the same material gives the
  ///   same sums
  private record Item(EvidenceItem evidence, Set<String> terms, List<String> sorted) {
    static Item of(EvidenceItem evidence) {
      Set<String> terms = Terms.of(evidence.title() + "\n" + evidence.summary());
      return new Item(evidence, terms, terms.stream().sorted().toList());
    }
  }

  @Override
  public List<Candidate> synthesize(Material material) {
    Map<String, List<Item>> byPillar = new LinkedHashMap<>();
    Map<String, Set<String>> pillars = new LinkedHashMap<>();
    for (String pillar : material.brand().pillars()) {
      pillars.put(pillar, Terms.of(pillar));
      byPillar.put(pillar, new ArrayList<>());
    }
    List<Item> all = material.evidence().stream().map(Item::of).toList();
    for (Item item : all) {
      String pillar = pillarOf(item, pillars);
      if (!pillar.isEmpty()) {
        byPillar.getOrDefault(pillar, new ArrayList<>()).add(item);
      }
    }
    // Of all items: what a whole pillar has in common tells it from the rest of the world.
    Weights weights = new Weights(all);
    List<Candidate> candidates = new ArrayList<>();
    byPillar.forEach((pillar, items) -> candidates.addAll(ofPillar(pillar, items, weights)));
    return candidates;
  }

  private static List<Candidate> ofPillar(String pillar, List<Item> items, Weights weights) {
    List<Item> loose = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (List<Item> group : groups(items, weights)) {
      if (group.size() < BoardRules.LEAST_ITEMS) {
        loose.addAll(group);
      } else {
        List<Item> ordered = ordered(group, weights);
        candidates.add(candidate(ordered.getFirst().evidence().title(), pillar, ordered));
      }
    }
    boolean nothingFiner = candidates.isEmpty() || items.size() <= BoardRules.FULL_VOLUME;
    if (nothingFiner && loose.size() >= BoardRules.LEAST_ITEMS) {
      candidates.add(candidate(pillar + DIFFERENT, pillar, ordered(loose, weights)));
    } else {
      for (Item item : loose) {
        candidates.add(candidate(item.evidence().title(), pillar, List.of(item)));
      }
    }
    return candidates;
  }

  /// The pillar of whose terms the largest share is in the item; the first of several; empty if
  /// there is none.
  private static String pillarOf(Item item, Map<String, Set<String>> pillars) {
    String best = "";
    double most = 0;
    for (var pillar : pillars.entrySet()) {
      long found = pillar.getValue().stream().filter(item.terms()::contains).count();
      double share = pillar.getValue().isEmpty() ? 0 : (double) found / pillar.getValue().size();
      if (share > most) {
        most = share;
        best = pillar.getKey();
      }
    }
    return best;
  }

  /// Each item joins the group it is most alike to, or begins one.
  private static List<List<Item>> groups(List<Item> items, Weights weights) {
    List<List<Item>> groups = new ArrayList<>();
    for (Item item : items) {
      List<Item> best = null;
      double most = ALIKE;
      for (List<Item> group : groups) {
        double alike =
            group.stream().mapToDouble(other -> weights.alike(item, other)).average().orElse(0);
        if (alike >= most) {
          most = alike;
          best = group;
        }
      }
      if (best == null) {
        groups.add(new ArrayList<>(List.of(item)));
      } else {
        best.add(item);
      }
    }
    return groups;
  }

  private static Candidate candidate(String title, String pillar, List<Item> items) {
    return new Candidate(title, pillar, items.stream().map(item -> item.evidence().id()).toList());
  }

  /// Before all others the one that is most like all of them.
  private static List<Item> ordered(List<Item> group, Weights weights) {
    Map<Item, Double> central = new IdentityHashMap<>();
    for (Item item : group) {
      central.put(item, group.stream().mapToDouble(other -> weights.alike(item, other)).sum());
    }
    List<Item> ordered = new ArrayList<>(group);
    // Stable: of equals, the newest stays first.
    ordered.sort(Comparator.comparingDouble((Item item) -> -central.getOrDefault(item, 0.0)));
    return ordered;
  }

  /// How much a term says: less, the more items have it.
  private static final class Weights {
    private final Map<String, Double> squares = new HashMap<>();
    private final Map<Item, Double> sums = new IdentityHashMap<>();

    Weights(Collection<Item> items) {
      Map<String, Integer> counts = new HashMap<>();
      items.forEach(item -> item.terms().forEach(term -> counts.merge(term, 1, Integer::sum)));
      counts.forEach((term, count) -> {
        double weight = Math.log((items.size() + 1.0) / count);
        squares.put(term, weight * weight);
      });
      for (Item item : items) {
        sums.put(item, sum(item, item.terms()));
      }
    }

    double alike(Item one, Item other) {
      if (one == other) {
        return 1;
      }
      double norm = Math.sqrt(sums.getOrDefault(one, 0.0) * sums.getOrDefault(other, 0.0));
      return norm == 0 ? 0 : sum(one, other.terms()) / norm;
    }

    /// Of the terms of an item that are among others.
    private double sum(Item item, Set<String> among) {
      double sum = 0;
      for (String term : item.sorted()) {
        if (among.contains(term)) {
          sum += squares.getOrDefault(term, 0.0);
        }
      }
      return sum;
    }
  }
}
