package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.assessment.scale.Refusal;
import dev.imprimatur.engine.assessment.scale.ScoresOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What leaving a judge out does to the order of the texts.
public sealed interface WithoutJudge {
  /// The judge who is left out.
  String judge();

  /// A text that has another place without the judge.
  ///
  /// @param before its place with all judges, from 1, the best first
  /// @param after its place without this one
  /// @param scoreChange how its score changes, in logits
  record Moved(String text, int before, int after, double scoreChange) {}

  /// The order without them.
  ///
  /// @param decisions how many of theirs were left out
  /// @param moved the texts with another place, those that move furthest first
  /// @param spearman rank correlation of the two orders; empty where all scores are the same
  record Reordered(String judge, int decisions, List<Moved> moved, OptionalDouble spearman)
      implements WithoutJudge {}

  /// Without them there are no scores.
  record Inestimable(String judge, int decisions, Refusal why) implements WithoutJudge {}

  /// Leaves out one judge after the other.
  ///
  /// @return in order of the judges' first appearance; empty if whoever watches stopped it, or
  ///   there are no scores with all judges either
  static Optional<List<WithoutJudge>> each(
      Comparisons comparisons, FitOptions options, FitProgress progress) {
    if (!(BradleyTerry.scores(comparisons, options, progress)
        instanceof ScoresOutcome.Found(double[] all))) {
      return Optional.empty();
    }
    List<WithoutJudge> list = new ArrayList<>();
    for (int j = 0; j < comparisons.judges().size(); j++) {
      Optional<WithoutJudge> without = leave(comparisons, j, all, options, progress);
      if (without.isEmpty()) {
        return Optional.empty();
      }
      list.add(without.get());
    }
    return Optional.of(List.copyOf(list));
  }

  /// Leaves out one judge.
  ///
  /// @return empty if whoever watches stopped it, there is no such judge, or there are no scores
  ///   with all judges either
  static Optional<WithoutJudge> one(
      Comparisons comparisons, String judge, FitOptions options, FitProgress progress) {
    OptionalInt number = comparisons.judge(judge);
    return number.isPresent()
            && BradleyTerry.scores(comparisons, options, progress)
                instanceof ScoresOutcome.Found(double[] all)
        ? leave(comparisons, number.getAsInt(), all, options, progress)
        : Optional.empty();
  }

  private static Optional<WithoutJudge> leave(
      Comparisons comparisons, int judge, double[] all, FitOptions options, FitProgress progress) {
    Comparisons others = comparisons.where(k -> comparisons.judge(k) != judge);
    String name = comparisons.judges().get(judge);
    int decisions = comparisons.size() - others.size();
    return switch (BradleyTerry.scores(others, options, progress)) {
      case ScoresOutcome.Found(double[] without) ->
          Optional.of(reordered(name, decisions, comparisons.texts(), all, without));
      case ScoresOutcome.Refused r -> Optional.of(new Inestimable(name, decisions, r.why()));
      case ScoresOutcome.Stopped s -> Optional.empty();
    };
  }

  private static Reordered reordered(
      String judge, int decisions, List<String> texts, double[] all, double[] without) {
    int[] before = Ranks.competition(all);
    int[] after = Ranks.competition(without);
    List<Moved> moved = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (before[i] != after[i]) {
        moved.add(new Moved(texts.get(i), before[i], after[i], without[i] - all[i]));
      }
    }
    moved.sort((a, b) ->
        Integer.compare(Math.abs(b.after() - b.before()), Math.abs(a.after() - a.before())));
    return new Reordered(judge, decisions, List.copyOf(moved), Correlation.spearman(all, without));
  }
}
