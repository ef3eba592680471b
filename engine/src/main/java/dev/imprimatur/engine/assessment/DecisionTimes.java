package dev.imprimatur.engine.assessment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long judges took from fetching a pair to answering it, where both are noted.
final class DecisionTimes {
  private final Map<String, List<Duration>> times = new HashMap<>();

  private DecisionTimes() {}

  static DecisionTimes of(List<Comparison> answers) {
    var all = new DecisionTimes();
    for (Comparison comparison : answers) {
      Comparison.Answered answered = comparison.answered();
      // An answer that came before its pair was fetched again by another tells no time.
      if (answered != null
          && comparison.givenAt() != null
          && !answered.at().isBefore(comparison.givenAt())) {
        all.times
            .computeIfAbsent(comparison.judge(), j -> new ArrayList<>())
            .add(Duration.between(comparison.givenAt(), answered.at()));
      }
    }
    return all;
  }

  /// The middle one; of an even number, half-way between the two in the middle.
  Optional<Duration> median(String judge) {
    List<Duration> sorted = times.getOrDefault(judge, List.of()).stream().sorted().toList();
    int size = sorted.size();
    return size == 0
        ? Optional.empty()
        : Optional.of(sorted.get((size - 1) / 2).plus(sorted.get(size / 2)).dividedBy(2));
  }
}
