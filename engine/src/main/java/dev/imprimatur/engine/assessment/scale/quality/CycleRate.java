package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How often three texts go round in a circle: A better than B, B than C, C than A (Kendall &
/// Babington Smith 1940). Of three texts each two of which were compared, the better one is the one
/// that won more often; a pair that came out even does not count. Coins would give a quarter.
///
/// @param circular how many go round
/// @param triads how many such threes there are
public record CycleRate(long circular, long triads) {
  /// From 0 to 1; empty where there are no such threes.
  public OptionalDouble value() {
    return triads == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) circular / triads);
  }

  /// Of all comparisons together.
  public static CycleRate of(Comparisons comparisons) {
    return new Graph(comparisons).count();
  }

  /// Pairs with a better text. Each hangs on the text with fewer pairs, so that no text has very
  /// many (Chiba & Nishizeki 1985): the time is at most in proportion to pairs^1.5.
  private static final class Graph {
    private final int texts;
    private int size;
    private int[] worse;
    private int[] better;
    private final int[] start;
    private final int[] to;
    private final boolean[] toWon;

    Graph(Comparisons c) {
      texts = c.texts().size();
      worse = new int[64];
      better = new int[64];
      ByPair.of(c, k -> !c.tie(k)).forEach(decisions -> majority(c, decisions));
      int[] degree = new int[texts];
      for (int e = 0; e < size; e++) {
        degree[worse[e]]++;
        degree[better[e]]++;
      }
      start = new int[texts + 1];
      for (int e = 0; e < size; e++) {
        start[owner(e, degree) + 1]++;
      }
      for (int i = 0; i < texts; i++) {
        start[i + 1] += start[i];
      }
      to = new int[size];
      toWon = new boolean[size];
      int[] next = Arrays.copyOf(start, texts);
      for (int e = 0; e < size; e++) {
        int owner = owner(e, degree);
        boolean owned = owner == better[e];
        toWon[next[owner]] = !owned;
        to[next[owner]++] = owned ? worse[e] : better[e];
      }
    }

    private void majority(Comparisons c, int[] decisions) {
      int a = c.winner(decisions[0]);
      int b = c.loser(decisions[0]);
      int more = 0;
      for (int k : decisions) {
        more += c.winner(k) == a ? 1 : -1;
      }
      if (more != 0) {
        if (size == worse.length) {
          worse = Arrays.copyOf(worse, 2 * size);
          better = Arrays.copyOf(better, 2 * size);
        }
        better[size] = more > 0 ? a : b;
        worse[size] = more > 0 ? b : a;
        size++;
      }
    }

    private int owner(int e, int[] degree) {
      int a = better[e];
      int b = worse[e];
      return degree[a] < degree[b] || degree[a] == degree[b] && a < b ? a : b;
    }

    CycleRate count() {
      long triads = 0;
      long circular = 0;
      int[] beats = new int[texts];
      for (int u = 0; u < texts; u++) {
        for (int e = start[u]; e < start[u + 1]; e++) {
          beats[to[e]] = toWon[e] ? -1 : 1;
        }
        for (int e = start[u]; e < start[u + 1]; e++) {
          int v = to[e];
          for (int f = start[v]; f < start[v + 1]; f++) {
            int w = to[f];
            if (beats[w] != 0) {
              triads++;
              int uv = beats[v];
              int vw = toWon[f] ? -1 : 1;
              circular += uv == vw && beats[w] == -uv ? 1 : 0;
            }
          }
        }
        for (int e = start[u]; e < start[u + 1]; e++) {
          beats[to[e]] = 0;
        }
      }
      return new CycleRate(circular, triads);
    }
  }
}
