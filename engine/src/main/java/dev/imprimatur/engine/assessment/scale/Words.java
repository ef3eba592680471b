package dev.imprimatur.engine.assessment.scale;

import java.util.List;
import java.util.stream.Collectors;

/// Lists of texts for people, none without end.
final class Words {
  private static final int NAMES = 10;
  private static final int GROUPS = 6;

  private Words() {}

  static String list(List<String> names) {
    String some =
        names.stream().limit(NAMES).map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    return names.size() <= NAMES ? some : some + " and " + (names.size() - NAMES) + " more";
  }

  static String groups(List<List<String>> groups) {
    String some =
        groups.stream()
            .limit(GROUPS)
            .map(g -> g.size() == 1 ? list(g) : "{" + list(g) + "}")
            .collect(Collectors.joining("; "));
    return groups.size() <= GROUPS
        ? some
        : some + " and " + (groups.size() - GROUPS) + " more groups";
  }
}
