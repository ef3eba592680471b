package dev.imprimatur.engine.assessment.scale;

import java.util.Arrays;

/// Whether numbers can be given to nodes so that along each arc the number rises by its length at
/// most: they can unless a cycle of arcs has a negative length in all (Bellman 1958, Ford 1956).
/// Cycles are looked for among predecessors after each round, which finds one long before the
/// rounds that the worst case needs.
final class Slack {
  private Slack() {}

  static boolean existsIn(int nodes, Arcs arcs) {
    long[] value = new long[nodes];
    int[] before = new int[nodes];
    Arrays.fill(before, -1);
    for (int round = 0; round <= nodes; round++) {
      boolean changed = false;
      for (int k = 0; k < arcs.size(); k++) {
        int from = arcs.from[k];
        int to = arcs.to[k];
        if (value[from] + arcs.length[k] < value[to]) {
          if (from == to) {
            return false;
          }
          value[to] = value[from] + arcs.length[k];
          before[to] = from;
          changed = true;
        }
      }
      if (!changed) {
        return true;
      }
      if (cycleAmong(before)) {
        return false;
      }
    }
    return false;
  }

  private static boolean cycleAmong(int[] before) {
    int[] visited = new int[before.length];
    for (int i = 0; i < before.length; i++) {
      int at = i;
      while (at >= 0 && visited[at] == 0) {
        visited[at] = i + 1;
        at = before[at];
      }
      if (at >= 0 && visited[at] == i + 1) {
        return true;
      }
    }
    return false;
  }
}
