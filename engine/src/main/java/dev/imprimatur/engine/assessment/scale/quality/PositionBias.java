package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.ArrayList;
import java.util.List;

/// How often the text shown first wins. If each pair is as likely shown in either order, anything
/// but a half is a bias of the judges.
///
/// @param firstWon of the decisions that were no tie and whose order is known
/// @param ties how many there were besides, in a known order
/// @param orderUnknown of how many decisions the order is not known
public record PositionBias(Share firstWon, long ties, long orderUnknown) {
  /// Of a judge.
  public record OfJudge(String judge, PositionBias bias) {}

  /// Of all judges together.
  public static PositionBias of(Comparisons comparisons) {
    var tally = new Tally();
    for (int k = 0; k < comparisons.size(); k++) {
      tally.add(comparisons, k);
    }
    return tally.bias();
  }

  /// Of each judge, in order of first appearance.
  public static List<OfJudge> byJudge(Comparisons comparisons) {
    List<Tally> tallies = comparisons.judges().stream().map(j -> new Tally()).toList();
    for (int k = 0; k < comparisons.size(); k++) {
      if (comparisons.judge(k) != Comparisons.NOBODY) {
        tallies.get(comparisons.judge(k)).add(comparisons, k);
      }
    }
    List<OfJudge> list = new ArrayList<>();
    for (int j = 0; j < tallies.size(); j++) {
      list.add(new OfJudge(comparisons.judges().get(j), tallies.get(j).bias()));
    }
    return List.copyOf(list);
  }

  /// Whether the interval leaves a half out.
  public boolean noticeable() {
    return firstWon.of() > 0 && (firstWon.low() > 0.5 || firstWon.high() < 0.5);
  }

  private static final class Tally {
    private long first;
    private long decided;
    private long ties;
    private long unknown;

    void add(Comparisons c, int k) {
      if (!c.ordered(k)) {
        unknown++;
      } else if (c.tie(k)) {
        ties++;
      } else {
        decided++;
        first += c.winnerFirst(k) ? 1 : 0;
      }
    }

    PositionBias bias() {
      return new PositionBias(new Share(first, decided), ties, unknown);
    }
  }
}
