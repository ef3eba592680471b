package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.store.JudgementStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What one person has judged of a batch.
///
/// @param answers that stand
/// @param ties of these
/// @param skips how often a pair was skipped
/// @param withdrawn answers that were taken back
/// @param medianMillis the median of the decision times of what stands, in milliseconds; empty
///   where none was measured
public record JudgeTimes(
    String judge, int answers, int ties, int skips, int withdrawn, OptionalLong medianMillis) {

  /// Nothing yet.
  static JudgeTimes none(String judge) {
    return new JudgeTimes(judge, 0, 0, 0, 0, OptionalLong.empty());
  }

  /// By judge.
  static List<JudgeTimes> of(List<Judgement> judgements, List<JudgementStore.Skips> skips) {
    Map<String, List<Judgement>> byJudge = new TreeMap<>();
    judgements.forEach(j -> byJudge.computeIfAbsent(j.by(), k -> new ArrayList<>()).add(j));
    Map<String, Integer> skipped = new TreeMap<>();
    skips.forEach(s -> {
      skipped.merge(s.by(), s.count(), Integer::sum);
      byJudge.putIfAbsent(s.by(), List.of());
    });
    List<JudgeTimes> all = new ArrayList<>();
    byJudge.forEach((judge, theirs) -> all.add(of(judge, theirs, skipped.getOrDefault(judge, 0))));
    return List.copyOf(all);
  }

  private static JudgeTimes of(String judge, List<Judgement> judgements, int skips) {
    List<Judgement> standing = judgements.stream().filter(Judgement::stands).toList();
    return new JudgeTimes(
        judge,
        standing.size(),
        (int) standing.stream().filter(j -> j.answer() == Comparison.Answer.TIE).count(),
        skips,
        judgements.size() - standing.size(),
        median(standing));
  }

  private static OptionalLong median(List<Judgement> judgements) {
    List<Long> times = new ArrayList<>();
    for (Judgement judgement : judgements) {
      Long millis = judgement.decisionMillis();
      if (millis != null) {
        times.add(millis);
      }
    }
    times.sort(null);
    int n = times.size();
    return n == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((times.get((n - 1) / 2) + times.get(n / 2)) / 2.0));
  }
}
