package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.ArrayList;
import java.util.List;

/// How often two judges who saw the same two texts decided the same way: each two such decisions
/// are looked at once. A tie agrees with a tie only. Decisions on one pair of texts are not
/// independent, so take the intervals of the shares for a little narrow.
///
/// @param overall of all pairs of decisions by different judges
/// @param judges each with all others
public record JudgeAgreement(Share overall, List<OfJudge> judges) {
  /// @param withOthers of the pairs of this judge's decisions with others'
  public record OfJudge(String judge, Share withOthers) {}

  private static final int OUTCOMES = 3;

  /// Of comparisons whose judge is known.
  public static JudgeAgreement of(Comparisons comparisons) {
    int judges = comparisons.judges().size();
    var tally = new Tally(judges);
    ByPair.of(comparisons, k -> comparisons.judge(k) != Comparisons.NOBODY)
        .forEach(decisions -> tally.pair(comparisons, decisions));
    List<OfJudge> list = new ArrayList<>();
    long agreeing = 0;
    long all = 0;
    for (int j = 0; j < judges; j++) {
      list.add(
          new OfJudge(comparisons.judges().get(j), new Share(tally.agreeing[j], tally.all[j])));
      agreeing += tally.agreeing[j];
      all += tally.all[j];
    }
    // Each two decisions were counted for either judge.
    return new JudgeAgreement(new Share(agreeing / 2, all / 2), List.copyOf(list));
  }

  private static final class Tally {
    final long[] agreeing;
    final long[] all;
    private final int[][] own;

    Tally(int judges) {
      agreeing = new long[judges];
      all = new long[judges];
      own = new int[judges][OUTCOMES];
    }

    void pair(Comparisons c, int[] decisions) {
      int[] total = new int[OUTCOMES];
      for (int k : decisions) {
        own[c.judge(k)][outcome(c, k)]++;
        total[outcome(c, k)]++;
      }
      for (int k : decisions) {
        count(c.judge(k), decisions.length, total);
      }
    }

    // The first time that a judge of this pair comes up, all their decisions are counted.
    private void count(int judge, int decisions, int[] total) {
      int[] mine = own[judge];
      int sum = mine[0] + mine[1] + mine[2];
      for (int o = 0; o < OUTCOMES; o++) {
        agreeing[judge] += (long) mine[o] * (total[o] - mine[o]);
      }
      all[judge] += (long) sum * (decisions - sum);
      own[judge] = new int[OUTCOMES];
    }

    private static int outcome(Comparisons c, int k) {
      return c.tie(k) ? 2 : c.winner(k) < c.loser(k) ? 0 : 1;
    }
  }
}
