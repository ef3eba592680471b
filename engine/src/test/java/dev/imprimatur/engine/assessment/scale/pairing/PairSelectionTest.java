package dev.imprimatur.engine.assessment.scale.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Examples;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.TextScore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairSelectionTest {
  private static final PairSelection.Gap GAP = PairSelection.Gap.USUAL;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 10, 101, 10_000})
  void theFirstPairsConnectAllTexts(int texts) {
    List<Pair> pairs = new PairSelection(new PairHistory(texts), GAP, 1).start(texts - 1);
    assertThat(pairs).hasSize(texts - 1);
    int[] group = new int[texts];
    Arrays.setAll(group, i -> i);
    for (Pair pair : pairs) {
      int a = root(group, pair.first());
      group[a] = root(group, pair.second());
    }
    for (int i = 0; i < texts; i++) {
      assertThat(root(group, i)).isEqualTo(root(group, 0));
    }
  }

  private static int root(int[] group, int i) {
    int at = i;
    while (group[at] != at) {
      at = group[at];
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 12})
  void noPairComesTwiceBeforeAllHaveComeOnce(int texts) {
    int all = texts * (texts - 1) / 2;
    for (long seed = 0; seed < 20; seed++) {
      var history = new PairHistory(texts);
      var selection = new PairSelection(history, GAP, seed);
      assertThat(different(selection.start(all))).isEqualTo(all);
      assertThat(different(selection.start(all))).isEqualTo(all);

      var adaptive = new PairHistory(texts);
      var chooser = new PairSelection(adaptive, GAP, seed);
      double[] scores = new SplittableRandom(seed).doubles(texts, -5, 5).toArray();
      double[] errors = new double[texts];
      Arrays.fill(errors, 0.5);
      for (int round = 0; round < 3; round++) {
        // In parts, as they are asked for.
        Set<Set<Integer>> seen = new HashSet<>();
        for (int left = all; left > 0; left -= Math.min(left, 4)) {
          chooser
              .next(scores, errors, Math.min(left, 4))
              .forEach(p -> seen.add(Set.of(p.first(), p.second())));
        }
        assertThat(seen).hasSize(all);
      }
      // Three times in all: each pair once or twice in either order.
      for (int one = 0; one < texts; one++) {
        for (int other = 0; other < one; other++) {
          assertThat(adaptive.uses(one, other)).isEqualTo(3);
          assertThat(adaptive.inOrder(one, other)).isBetween(1, 2);
        }
      }
    }
  }

  private static long different(List<Pair> pairs) {
    return pairs.stream().map(p -> Set.of(p.first(), p.second())).distinct().count();
  }

  @Test
  void bothOrdersAreBalanced() {
    var history = new PairHistory(50);
    var selection = new PairSelection(history, GAP, 3);
    selection.start(300);
    double[] scores = new SplittableRandom(1).doubles(50, -2, 2).toArray();
    double[] errors = new double[50];
    Arrays.fill(errors, 0.4);
    selection.next(scores, errors, 300);
    for (int i = 0; i < 50; i++) {
      assertThat(Math.abs(history.lead(i))).isLessThanOrEqualTo(3);
      assertThat(history.appearances(i)).isBetween(18, 30);
    }
  }

  @Test
  void adaptivePairsAreCloseAndWhereLittleIsKnown() {
    var history = new PairHistory(200);
    double[] scores = new SplittableRandom(1).doubles(200, -6, 6).toArray();
    double[] errors = new double[200];
    Arrays.fill(errors, 0.3);
    for (int i = 0; i < 20; i++) {
      errors[i] = 1.5;
    }
    List<Pair> pairs = new PairSelection(history, GAP, 3).next(scores, errors, 40);
    assertThat(pairs)
        .allMatch(p -> within(GAP, Math.abs(scores[p.first()] - scores[p.second()])))
        .filteredOn(p -> p.first() < 20 || p.second() < 20)
        .hasSizeGreaterThanOrEqualTo(10);
    for (int i = 0; i < 20; i++) {
      assertThat(history.appearances(i)).isPositive();
    }
  }

  private static boolean within(PairSelection.Gap gap, double apart) {
    return apart >= gap.least() && apart <= gap.most();
  }

  @Test
  void theSameSeedChoosesTheSame() {
    double[] scores = new SplittableRandom(1).doubles(30, -2, 2).toArray();
    double[] errors = new double[30];
    Arrays.fill(errors, 0.5);
    assertThat(new PairSelection(new PairHistory(30), GAP, 9).next(scores, errors, 70))
        .isEqualTo(new PairSelection(new PairHistory(30), GAP, 9).next(scores, errors, 70));
    assertThat(new PairSelection(new PairHistory(30), GAP, 9).start(70))
        .isNotEqualTo(new PairSelection(new PairHistory(30), GAP, 8).start(70));
  }

  @Test
  void manyTexts() {
    int n = 10_000;
    var history = new PairHistory(n);
    var selection = new PairSelection(history, GAP, 1);
    assertThat(selection.start(5 * n)).hasSize(5 * n);
    double[] scores = new SplittableRandom(1).doubles(n, -4, 4).toArray();
    double[] errors = new double[n];
    Arrays.fill(errors, 0.6);
    List<Pair> pairs = selection.next(scores, errors, 5 * n);
    assertThat(different(pairs)).isEqualTo(5 * n);
    assertThat(pairs).allMatch(p -> history.uses(p.first(), p.second()) == 1);
  }

  /// What it is for: with as many comparisons, adaptive pairs know the order better than random
  /// ones.
  @Test
  void adaptivePairsPayOff() {
    double adaptive = 0;
    double chance = 0;
    for (long seed = 1; seed <= 20; seed++) {
      adaptive += placesOff(seed, true) / 20;
      chance += placesOff(seed, false) / 20;
    }
    System.out.printf("off by so many places: adaptive %.3f, random %.3f%n", adaptive, chance);
    assertThat(adaptive).isLessThan(chance);
  }

  private static double placesOff(long seed, boolean adaptive) {
    int n = 60;
    var random = new SplittableRandom(seed);
    double[] truth = random.doubles(n, -4, 4).toArray();
    var history = new PairHistory(n);
    var selection = new PairSelection(history, GAP, seed);
    var builder = new Comparisons.Builder();
    for (int i = 0; i < n; i++) {
      builder.text("t" + i);
    }
    judge(selection.start(3 * n), truth, builder, random);
    Fit fit = fit(builder);
    for (int round = 0; round < 9; round++) {
      double[] errors = fit.texts().stream().mapToDouble(TextScore::se).toArray();
      List<Pair> pairs = adaptive ? selection.next(fit.scores(), errors, n) : selection.start(n);
      judge(pairs, truth, builder, random);
      fit = fit(builder);
    }
    int[] found = places(fit.scores());
    int[] real = places(truth);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.abs(found[i] - real[i]) / (double) n;
    }
    return sum;
  }

  private static int[] places(double[] scores) {
    int[] places = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      for (double other : scores) {
        places[i] += other > scores[i] ? 1 : 0;
      }
    }
    return places;
  }

  private static Fit fit(Comparisons.Builder builder) {
    return Examples.fitted(BradleyTerry.fit(builder.build(), FitOptions.DEFAULT.withRidge(0.05)));
  }

  private static void judge(
      List<Pair> pairs, double[] truth, Comparisons.Builder builder, SplittableRandom random) {
    for (Pair pair : pairs) {
      double p = 1 / (1 + Math.exp(truth[pair.second()] - truth[pair.first()]));
      String first = "t" + pair.first();
      String second = "t" + pair.second();
      builder.add(
          random.nextDouble() < p ? Comparison.win(first, second) : Comparison.win(second, first));
    }
  }

  @Test
  void aHistoryKnowsWhatWasSent() {
    var history =
        PairHistory.of(
            Comparisons.of(
                List.of(
                    Comparison.win("A", "B").shownFirst("B"),
                    Comparison.win("A", "B").shownFirst("A"),
                    Comparison.tie("A", "C"))));
    assertThat(history.uses(0, 1)).isEqualTo(2);
    assertThat(history.inOrder(1, 0)).isEqualTo(1);
    assertThat(history.lead(0)).isEqualTo(1);
    assertThat(history.appearances(0)).isEqualTo(3);
    assertThatThrownBy(() -> new PairHistory(1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(history.different()).isEqualTo(3);
  }
}
