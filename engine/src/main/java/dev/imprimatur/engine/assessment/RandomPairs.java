package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Comparison.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Random pairs: first a chain through whatever is not connected, then the text that was compared
/// least with the one it was compared least with.
public final class RandomPairs implements PairSelector {
  @Override
  public List<Pair> select(List<UUID> texts, List<Pair> had, int count, long seed) {
    return new Choice(texts, had, new Random(seed)).take(count);
  }

  private static final class Choice {
    private final List<UUID> texts;
    private final Map<UUID, Map<UUID, Integer>> together = new HashMap<>();
    private final Map<UUID, Integer> compared = new HashMap<>();
    private final Map<UUID, Integer> shownFirst = new HashMap<>();
    private final Graph graph;
    private final List<Pair> chosen = new ArrayList<>();

    Choice(List<UUID> all, List<Pair> had, Random random) {
      this.texts = new ArrayList<>(all);
      Collections.shuffle(texts, random);
      this.graph = new Graph(all);
      had.forEach(this::note);
    }

    List<Pair> take(int count) {
      for (int i = 1; i < texts.size() && chosen.size() < count; i++) {
        if (!graph.connected(texts.get(i - 1), texts.get(i))) {
          choose(texts.get(i - 1), texts.get(i));
        }
      }
      while (chosen.size() < count) {
        UUID one = least(texts, Map.of(), compared);
        List<UUID> others = texts.stream().filter(t -> !t.equals(one)).toList();
        choose(one, least(others, together.getOrDefault(one, Map.of()), compared));
      }
      return chosen;
    }

    /// The one that has least of the first, and of these least of the second.
    private static UUID least(List<UUID> of, Map<UUID, Integer> first, Map<UUID, Integer> second) {
      return of.stream()
          .min(
              Comparator.<UUID>comparingInt(t -> first.getOrDefault(t, 0))
                  .thenComparingInt(t -> second.getOrDefault(t, 0)))
          .orElseThrow();
    }

    private void choose(UUID a, UUID b) {
      boolean inOrder = shownFirst.getOrDefault(a, 0) <= shownFirst.getOrDefault(b, 0);
      Pair pair = inOrder ? new Pair(a, b) : new Pair(b, a);
      chosen.add(pair);
      note(pair);
    }

    private void note(Pair pair) {
      shownFirst.merge(pair.first(), 1, Integer::sum);
      count(pair.first(), pair.second());
      count(pair.second(), pair.first());
      graph.connect(pair.first(), pair.second());
    }

    private void count(UUID one, UUID other) {
      compared.merge(one, 1, Integer::sum);
      together.computeIfAbsent(one, k -> new HashMap<>()).merge(other, 1, Integer::sum);
    }
  }
}
