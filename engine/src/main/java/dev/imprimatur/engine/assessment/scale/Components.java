package dev.imprimatur.engine.assessment.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Groups of nodes that pairs connect, whoever won (union-find).
final class Components {
  private final int[] parent;

  Components(int nodes) {
    parent = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      parent[i] = i;
    }
  }

  /// @param node what stands for each text
  List<List<Integer>> of(PairTable table, int[] node) {
    for (int r = 0; r < table.rows(); r++) {
      parent[root(node[table.first()[r]])] = root(node[table.second()[r]]);
    }
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < parent.length; i++) {
      groups.computeIfAbsent(root(i), key -> new ArrayList<>()).add(i);
    }
    return List.copyOf(groups.values());
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
