package dev.imprimatur.engine.assessment.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups of nodes within which each can be reached from each other along arcs (Tarjan 1972,
/// without recursion, as a chain of texts may be long).
final class StrongComponents {
  private final Arcs arcs;
  private final int[] group;
  private int groups;

  // Arcs by where they come from: those of node i are out[start[i]] to out[start[i + 1] - 1].
  private final int[] start;
  private final int[] out;

  StrongComponents(int nodes, Arcs arcs) {
    this.arcs = arcs;
    this.group = new int[nodes];
    this.start = new int[nodes + 1];
    this.out = new int[arcs.size()];
    index(nodes);
    search(nodes);
  }

  int count() {
    return groups;
  }

  /// Groups that no arc leads into.
  List<List<Integer>> sources() {
    return groupsWithout(arcs.to);
  }

  /// Groups that no arc leads out of.
  List<List<Integer>> sinks() {
    return groupsWithout(arcs.from);
  }

  private List<List<Integer>> groupsWithout(int[] end) {
    boolean[] touched = new boolean[groups];
    for (int k = 0; k < arcs.size(); k++) {
      if (group[arcs.from[k]] != group[arcs.to[k]]) {
        touched[group[end[k]]] = true;
      }
    }
    List<List<Integer>> members = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < group.length; i++) {
      members.get(group[i]).add(i);
    }
    List<List<Integer>> found = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      if (!touched[g]) {
        found.add(members.get(g));
      }
    }
    return found;
  }

  private void index(int nodes) {
    for (int k = 0; k < arcs.size(); k++) {
      start[arcs.from[k] + 1]++;
    }
    for (int i = 0; i < nodes; i++) {
      start[i + 1] += start[i];
    }
    int[] next = Arrays.copyOf(start, nodes);
    for (int k = 0; k < arcs.size(); k++) {
      out[next[arcs.from[k]]++] = arcs.to[k];
    }
  }

  private void search(int nodes) {
    int[] order = new int[nodes];
    int[] low = new int[nodes];
    int[] arc = Arrays.copyOf(start, nodes);
    int[] path = new int[nodes];
    int[] open = new int[nodes];
    boolean[] isOpen = new boolean[nodes];
    int seen = 0;
    int opened = 0;
    for (int root = 0; root < nodes; root++) {
      if (order[root] != 0) {
        continue;
      }
      int depth = 0;
      path[0] = root;
      while (depth >= 0) {
        int at = path[depth];
        if (order[at] == 0) {
          order[at] = low[at] = ++seen;
          open[opened++] = at;
          isOpen[at] = true;
        }
        if (arc[at] < start[at + 1]) {
          int to = out[arc[at]++];
          if (order[to] == 0) {
            path[++depth] = to;
          } else if (isOpen[to]) {
            low[at] = Math.min(low[at], order[to]);
          }
          continue;
        }
        if (low[at] == order[at]) {
          int member;
          do {
            member = open[--opened];
            isOpen[member] = false;
            group[member] = groups;
          } while (member != at);
          groups++;
        }
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[at]);
        }
      }
    }
  }
}
