package dev.imprimatur.engine.assessment.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether comparisons have a most likely set of finite scores at all. They have if and only if no
/// way of moving the parameters off to infinity makes every outcome more likely, or leaves it as it
/// is.
///
/// For scores alone: from each text a chain of wins and ties leads to each other one (Ford 1957,
/// Zermelo 1929). Texts with fixed scores count as one. For the parameters beyond scores: [Slack].
final class Estimability {
  private final PairTable table;
  private final List<String> names;
  private final FitOptions options;
  private final boolean davidson;
  private final int[] node;
  private final int nodes;

  /// @param fixed which texts have a fixed score
  /// @param davidson whether ties are an outcome of their own
  Estimability(
      PairTable table, List<String> names, FitOptions options, boolean davidson, boolean[] fixed) {
    this.table = table;
    this.names = names;
    this.options = options;
    this.davidson = davidson;
    this.node = new int[names.size()];
    int next = anyOf(fixed) ? 1 : 0;
    for (int i = 0; i < node.length; i++) {
      node[i] = fixed[i] ? 0 : next++;
    }
    this.nodes = next;
  }

  private static boolean anyOf(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  Optional<Refusal> refusal() {
    Optional<Refusal> parameters = oneSided();
    if (parameters.isPresent() || options.ridge() > 0) {
      return parameters;
    }
    Optional<Refusal> scores = scores();
    return scores.isPresent() ? scores : contradictionFree();
  }

  /// What no ridge on the scores would help with.
  private Optional<Refusal> oneSided() {
    long first = Arrays.stream(table.firstWins()).asLongStream().sum();
    long second = Arrays.stream(table.secondWins()).asLongStream().sum();
    long ties = table.totalTies();
    if (davidson && first + second == 0) {
      return Optional.of(new Refusal.TiesInestimable(false));
    }
    boolean tiesCount = ties > 0 && !davidson;
    boolean bothWays = (first > 0 || tiesCount) && (second > 0 || tiesCount);
    return options.orderEffect() && !bothWays
        ? Optional.of(new Refusal.OrderInestimable(false))
        : Optional.empty();
  }

  private Optional<Refusal> scores() {
    List<List<Integer>> components = new Components(nodes).of(table, node);
    if (components.size() > 1) {
      return Optional.of(new Refusal.Disconnected(named(components)));
    }
    var strong = new StrongComponents(nodes, arcs());
    if (strong.count() == 1) {
      return Optional.empty();
    }
    return Optional.of(new Refusal.Separated(named(strong.sources()), named(strong.sinks())));
  }

  // From the better to the worse; a tie goes both ways.
  private Arcs arcs() {
    var arcs = new Arcs(2 * table.rows());
    for (int r = 0; r < table.rows(); r++) {
      int a = node[table.first()[r]];
      int b = node[table.second()[r]];
      if (a != b && table.firstWins()[r] + table.ties()[r] > 0) {
        arcs.add(a, b, 0);
      }
      if (a != b && table.secondWins()[r] + table.ties()[r] > 0) {
        arcs.add(b, a, 0);
      }
    }
    return arcs;
  }

  private Optional<Refusal> contradictionFree() {
    if (davidson && Slack.existsIn(nodes, tieArcs())) {
      return Optional.of(new Refusal.TiesInestimable(true));
    }
    if (options.orderEffect()
        && (Slack.existsIn(nodes, orderArcs(1)) || Slack.existsIn(nodes, orderArcs(-1)))) {
      return Optional.of(new Refusal.OrderInestimable(true));
    }
    return Optional.empty();
  }

  /// Scores in which every win is by at least one step and every tie within one: then ever larger
  /// steps fit ever better.
  private Arcs tieArcs() {
    var arcs = new Arcs(4 * table.rows());
    for (int r = 0; r < table.rows(); r++) {
      int a = node[table.first()[r]];
      int b = node[table.second()[r]];
      if (table.firstWins()[r] > 0) {
        arcs.add(a, b, -1);
      }
      if (table.secondWins()[r] > 0) {
        arcs.add(b, a, -1);
      }
      if (table.ties()[r] > 0) {
        arcs.add(a, b, 1);
        arcs.add(b, a, 1);
      }
    }
    return arcs;
  }

  /// Scores with which a shift of all first texts by one step puts every outcome right.
  private Arcs orderArcs(int shift) {
    var arcs = new Arcs(2 * table.rows());
    for (int r = 0; r < table.rows(); r++) {
      int a = node[table.first()[r]];
      int b = node[table.second()[r]];
      if (table.firstWins()[r] + table.ties()[r] > 0) {
        arcs.add(a, b, shift);
      }
      if (table.secondWins()[r] + table.ties()[r] > 0) {
        arcs.add(b, a, -shift);
      }
    }
    return arcs;
  }

  private List<List<String>> named(List<List<Integer>> groups) {
    List<List<String>> members = new ArrayList<>();
    int[] group = new int[nodes];
    Arrays.fill(group, -1);
    for (int g = 0; g < groups.size(); g++) {
      members.add(new ArrayList<>());
      for (int member : groups.get(g)) {
        group[member] = g;
      }
    }
    for (int i = 0; i < node.length; i++) {
      if (group[node[i]] >= 0) {
        members.get(group[node[i]]).add(names.get(i));
      }
    }
    members.sort((a, b) -> Integer.compare(b.size(), a.size()));
    return members.stream().map(List::copyOf).toList();
  }
}
