package dev.imprimatur.engine.assessment.scale.quality;

import static dev.imprimatur.engine.assessment.scale.Comparison.tie;
import static dev.imprimatur.engine.assessment.scale.Comparison.win;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Examples;
import dev.imprimatur.engine.assessment.scale.Examples.World;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QualityTest {
  private static final FitProgress SILENT = FitProgress.SILENT;

  @Test
  void sharesHaveWilsonsInterval() {
    // 0 of 10 and 8 of 10, worked out by hand from Wilson's formula.
    assertThat(new Share(0, 10).low()).isZero();
    assertThat(new Share(0, 10).high()).isCloseTo(0.2775, within(1e-4));
    assertThat(new Share(8, 10).low()).isCloseTo(0.4902, within(1e-4));
    assertThat(new Share(8, 10).high()).isCloseTo(0.9433, within(1e-4));
    assertThat(new Share(0, 0).value()).isEmpty();
  }

  @Test
  void positionBias() {
    List<Comparison> list = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      list.add(win("A", "B").by("x").shownFirst(i < 60 ? "A" : "B"));
    }
    list.add(tie("A", "B").by("y").shownFirst("A"));
    list.add(win("A", "B").by("y"));
    PositionBias bias = PositionBias.of(Comparisons.of(list));
    assertThat(bias).isEqualTo(new PositionBias(new Share(60, 80), 1, 1));
    assertThat(bias.noticeable()).isTrue();
    List<PositionBias.OfJudge> judges = PositionBias.byJudge(Comparisons.of(list));
    assertThat(judges.get(1).bias()).isEqualTo(new PositionBias(new Share(0, 0), 1, 1));
    assertThat(judges.get(1).bias().noticeable()).isFalse();
  }

  @Test
  void judgesAgreeOrNot() {
    Comparisons c =
        Comparisons.of(
            List.of(
                win("A", "B").by("x"),
                win("A", "B").by("y"),
                win("B", "A").by("z"),
                win("A", "B").by("z"),
                tie("C", "A").by("x"),
                tie("A", "C").by("y"),
                win("B", "C").by("x"),
                win("A", "B")));
    // On A and B: x–y agree; x and y with z's two: one agrees, one not, each. On A and C: agree.
    JudgeAgreement agreement = JudgeAgreement.of(c);
    assertThat(agreement.overall()).isEqualTo(new Share(4, 6));
    assertThat(agreement.judges())
        .containsExactly(
            new JudgeAgreement.OfJudge("x", new Share(3, 4)),
            new JudgeAgreement.OfJudge("y", new Share(3, 4)),
            new JudgeAgreement.OfJudge("z", new Share(2, 4)));
  }

  @Test
  void agreementAndCyclesAreThoseCountedOneByOne() {
    for (long seed = 1; seed <= 5; seed++) {
      Comparisons c = Comparisons.of(Examples.random(new World(12, 150, 1, 0.1, 0), seed));
      long agreeing = 0;
      long all = 0;
      for (int k = 0; k < c.size(); k++) {
        for (int m = 0; m < k; m++) {
          boolean straight = c.winner(k) == c.winner(m) && c.loser(k) == c.loser(m);
          boolean crossed = c.winner(k) == c.loser(m) && c.loser(k) == c.winner(m);
          if ((straight || crossed) && c.judge(k) != c.judge(m)) {
            all++;
            agreeing += c.tie(k) ? (c.tie(m) ? 1 : 0) : straight && !c.tie(m) ? 1 : 0;
          }
        }
      }
      assertThat(JudgeAgreement.of(c).overall()).isEqualTo(new Share(agreeing, all));
      assertThat(CycleRate.of(c)).isEqualTo(oneByOne(c));
    }
  }

  private static CycleRate oneByOne(Comparisons c) {
    int n = c.texts().size();
    int[][] more = new int[n][n];
    for (int k = 0; k < c.size(); k++) {
      if (!c.tie(k)) {
        more[c.winner(k)][c.loser(k)]++;
        more[c.loser(k)][c.winner(k)]--;
      }
    }
    long triads = 0;
    long circular = 0;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < a; b++) {
        for (int d = 0; d < b; d++) {
          if (more[a][b] != 0 && more[b][d] != 0 && more[d][a] != 0) {
            triads++;
            boolean up = more[a][b] > 0 && more[b][d] > 0 && more[d][a] > 0;
            boolean down = more[a][b] < 0 && more[b][d] < 0 && more[d][a] < 0;
            circular += up || down ? 1 : 0;
          }
        }
      }
    }
    return new CycleRate(circular, triads);
  }

  @Test
  void coinsGoRoundInAQuarter() {
    var random = new SplittableRandom(3);
    List<Comparison> list = new ArrayList<>();
    for (int a = 0; a < 60; a++) {
      for (int b = 0; b < a; b++) {
        list.add(random.nextBoolean() ? win("t" + a, "t" + b) : win("t" + b, "t" + a));
      }
    }
    CycleRate rate = CycleRate.of(Comparisons.of(list));
    assertThat(rate.triads()).isEqualTo(60 * 59 * 58 / 6);
    assertThat(rate.value().orElseThrow()).isCloseTo(0.25, within(0.02));
    assertThat(CycleRate.of(Comparisons.of(List.of(win("A", "B")))).value()).isEmpty();
  }

  @Test
  void splitHalves() {
    Comparisons real = Comparisons.of(Examples.random(new World(40, 4_000, 5, 0, 0), 1));
    SplitHalf half = SplitHalf.of(real, FitOptions.DEFAULT, 10, 7, SILENT).orElseThrow();
    assertThat(half.reliabilities()).hasSize(10);
    Fit fit = Examples.fitted(BradleyTerry.fit(real, FitOptions.DEFAULT));
    assertThat(half.mean().orElseThrow())
        .isCloseTo(fit.reliability().ssr().orElseThrow(), within(0.02));
    assertThat(half.least().orElseThrow()).isLessThanOrEqualTo(half.most().orElseThrow());
    assertThat(SplitHalf.of(real, FitOptions.DEFAULT, 10, 7, SILENT)).contains(half);

    Comparisons noise = Comparisons.of(Examples.random(new World(40, 4_000, 0, 0, 0), 1));
    assertThat(
            SplitHalf.of(noise, FitOptions.DEFAULT, 10, 7, SILENT)
                .orElseThrow()
                .mean()
                .orElseThrow())
        .isLessThan(0.5);
    // So few that the halves often contradict each other.
    Comparisons few = Comparisons.of(Examples.random(new World(5, 12, 0, 0, 0), 1));
    SplitHalf contradicting = SplitHalf.of(few, FitOptions.DEFAULT, 50, 7, SILENT).orElseThrow();
    assertThat(contradicting.least().orElseThrow()).isBetween(-1.0, 0.0);
    assertThat(SplitHalf.of(real, FitOptions.DEFAULT, 3, 7, (stage, done, total) -> false))
        .isEmpty();
  }

  @Test
  void leavingAJudgeOut() {
    List<Comparison> list = new ArrayList<>();
    for (String judge : List.of("x", "y")) {
      for (int i = 0; i < 4; i++) {
        list.add(win("A", "B").by(judge));
        list.add(win("B", "C").by(judge));
        list.add(win("A", "C").by(judge));
      }
    }
    list.add(win("B", "A").by("x"));
    list.add(win("C", "B").by("y"));
    list.add(win("C", "A").by("x"));
    for (int i = 0; i < 30; i++) {
      list.add(win("C", "A").by("contrary"));
      list.add(win("C", "B").by("contrary"));
      list.add(win("B", "A").by("contrary"));
    }
    List<WithoutJudge> all =
        WithoutJudge.each(Comparisons.of(list), FitOptions.DEFAULT, SILENT).orElseThrow();
    assertThat(all).hasSize(3);
    var without = (WithoutJudge.Reordered) all.get(2);
    assertThat(without.judge()).isEqualTo("contrary");
    assertThat(without.decisions()).isEqualTo(90);
    assertThat(without.spearman().orElseThrow()).isCloseTo(-1, within(1e-9));
    assertThat(without.moved())
        .extracting(m -> m.text() + m.before() + m.after())
        .containsExactly("A31", "C13");
    assertThat(without.moved().getFirst().scoreChange()).isPositive();
    var same = (WithoutJudge.Reordered) all.get(0);
    assertThat(same.moved()).isEmpty();

    Comparisons needed =
        Comparisons.of(
            List.of(win("A", "B").by("x"), win("B", "A").by("y"), win("A", "B").by("z")));
    assertThat(WithoutJudge.each(needed, FitOptions.DEFAULT, SILENT).orElseThrow().get(1))
        .isInstanceOf(WithoutJudge.Inestimable.class);
  }

  @Test
  void adaptivePairsAreNoticed() {
    var random = new SplittableRandom(1);
    double[] scores = random.doubles(100, -3, 3).sorted().toArray();
    var chance = new Comparisons.Builder();
    var close = new Comparisons.Builder();
    for (int i = 0; i < 100; i++) {
      chance.text("t" + i);
      close.text("t" + i);
    }
    for (int k = 0; k < 1_000; k++) {
      int a = random.nextInt(100);
      chance.add(win("t" + a, "t" + (a + 1 + random.nextInt(99)) % 100));
      int near = Math.min(99, a + 1 + random.nextInt(5));
      close.add(win("t" + (a == near ? 0 : a), "t" + near));
    }
    assertThat(Adaptivity.of(chance.build(), scores).noticeable()).isFalse();
    assertThat(Adaptivity.of(chance.build(), scores).ratio().orElseThrow())
        .isCloseTo(1, within(0.05));
    assertThat(Adaptivity.of(close.build(), scores).noticeable()).isTrue();
    assertThat(Adaptivity.of(chance.build(), new double[100]).noticeable()).isFalse();
  }

  @Test
  void ranksShareWhatIsTheSame() {
    double[] scores = {1, 3, 3 + 1e-12, -2};
    assertThat(Ranks.competition(scores)).containsExactly(3, 1, 1, 4);
    assertThat(Ranks.average(scores)).containsExactly(3, 1.5, 1.5, 4);
  }
}
