package dev.imprimatur.engine.assessment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How long judges took: people as their console measured it, others from fetching a pair to
/// answering it, where both are noted.
final class DecisionTimes {
  private final Map<String, List<Duration>> times = new HashMap<>();

  private DecisionTimes() {}

  /// @param judgements what people gave of these answers in a console. While they look at a pair it
  ///   is kept for them again and again, so when it was given last tells nothing.
  static DecisionTimes of(List<Comparison> answers, List<Judgement> judgements) {
    var all = new DecisionTimes();
    Set<UUID> byPeople = new HashSet<>();
    for (Judgement judgement : judgements) {
      byPeople.add(judgement.correlationId());
      Long millis = judgement.decisionMillis();
      if (judgement.stands() && millis != null) {
        all.add(judgement.by(), Duration.ofMillis(millis));
      }
    }
    for (Comparison comparison : answers) {
      Comparison.Answered answered = comparison.answered();
      if (byPeople.contains(comparison.correlationId())) {
        continue;
      }
      // An answer that came before its pair was fetched again by another tells no time.
      if (answered != null
          && comparison.givenAt() != null
          && !answered.at().isBefore(comparison.givenAt())) {
        all.add(comparison.judge(), Duration.between(comparison.givenAt(), answered.at()));
      }
    }
    return all;
  }

  private void add(String judge, Duration time) {
    times.computeIfAbsent(judge, j -> new ArrayList<>()).add(time);
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
