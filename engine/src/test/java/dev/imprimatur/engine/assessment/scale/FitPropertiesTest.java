package dev.imprimatur.engine.assessment.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.scale.Examples.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must hold of every fit, on random comparisons by seed. The log likelihood, its maximum by
/// another method (minorise–maximise) and its second derivatives by differences are written anew
/// here, from the formulas.
class FitPropertiesTest {
  private static final World PLAIN = new World(9, 120, 2.5, 0, 0);
  private static final World FULL = new World(8, 300, 2, 0.2, 0.5);
  private static final FitOptions OPTIONS = FitOptions.DEFAULT;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfComparisonsDoesNotMatter(long seed) {
    List<Comparison> list = Examples.random(FULL, seed);
    List<Comparison> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(seed));
    FitOptions options = OPTIONS.withTies(Ties.DAVIDSON).withOrderEffect(true);
    same(fit(list, options), fit(shuffled, options));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void namesDoNotMatter(long seed) {
    List<Comparison> list = Examples.random(FULL, seed);
    List<Comparison> renamed =
        list.stream()
            .map(c ->
                new Comparison(
                    renamed(c.winner()),
                    renamed(c.loser()),
                    c.judge(),
                    c.tie(),
                    renamed(c.first())))
            .toList();
    Fit one = fit(list, OPTIONS);
    Fit other = fit(renamed, OPTIONS);
    for (TextScore text : one.texts()) {
      TextScore same = other.texts().get(other.place(renamed(text.name())).orElseThrow());
      assertThat(same.score()).isCloseTo(text.score(), within(1e-9));
      assertThat(same.se()).isCloseTo(text.se(), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void minoriseMaximiseFindsTheSame(long seed) {
    Comparisons comparisons = Comparisons.of(Examples.random(PLAIN, seed));
    double[] expected = minoriseMaximise(comparisons);
    assertThat(Examples.fitted(BradleyTerry.fit(comparisons, OPTIONS)).scores())
        .containsExactly(expected, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMaximumIsFlatAndItsCurvatureIsTheCovariance(long seed) {
    for (Ties ties : Ties.values()) {
      for (boolean order : new boolean[] {false, true}) {
        for (double ridge : new double[] {0, 0.7}) {
          var options = OPTIONS.withTies(ties).withOrderEffect(order).withRidge(ridge);
          List<Comparison> list = Examples.random(FULL, seed);
          Comparisons comparisons = Comparisons.of(list);
          Fit fit = Examples.fitted(BradleyTerry.fit(comparisons, options));
          check(new Formula(comparisons, options), fit);
        }
      }
    }
  }

  private static void check(Formula formula, Fit fit) {
    double[] at = formula.parameters(fit);
    assertThat(formula.logLikelihood(at)).isCloseTo(fit.logLikelihood(), within(1e-9));
    for (int i = 0; i < at.length; i++) {
      assertThat(formula.slope(at, i)).as("slope %d", i).isCloseTo(0, within(1e-5));
    }
    double[][] covariance = formula.covariance(at);
    int texts = fit.texts().size();
    Covariance ours = fit.covariance().orElseThrow();
    for (int i = 0; i < texts; i++) {
      assertThat(fit.texts().get(i).se()).isCloseTo(Math.sqrt(covariance[i][i]), within(2e-5));
      for (int j = 0; j < texts; j++) {
        assertThat(ours.of(i, j)).isCloseTo(covariance[i][j], within(2e-5));
      }
    }
    int next = texts;
    if (fit.orderEffect().isPresent()) {
      assertThat(fit.orderEffect().get().se())
          .isCloseTo(Math.sqrt(covariance[next][next]), within(2e-5));
      next++;
    }
    if (fit.tieParameter().isPresent()) {
      assertThat(fit.tieParameter().get().se())
          .isCloseTo(Math.sqrt(covariance[next][next]), within(2e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void withoutTiesDavidsonIsBradleyTerry(long seed) {
    List<Comparison> list = Examples.random(PLAIN, seed);
    Fit davidson = fit(list, OPTIONS.withTies(Ties.DAVIDSON));
    same(davidson, fit(list, OPTIONS));
    assertThat(davidson.tieParameter()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anchorsAtTheirOwnScoresChangeNothing(long seed) {
    List<Comparison> list = Examples.random(FULL, seed);
    Fit free = fit(list, OPTIONS);
    Map<String, Double> anchors = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      anchors.put(free.texts().get(i).name(), free.texts().get(i).score() + 5);
    }
    Fit anchored = fit(list, OPTIONS.withIdentification(new Identification.Anchors(anchors)));
    for (int i = 0; i < free.texts().size(); i++) {
      TextScore text = anchored.texts().get(i);
      assertThat(text.score()).isCloseTo(free.texts().get(i).score() + 5, within(1e-8));
      assertThat(text.fixed()).isEqualTo(i < 3);
      assertThat(text.se() == 0).isEqualTo(i < 3);
    }
    assertThat(anchored.logLikelihood()).isCloseTo(free.logLikelihood(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aReferenceMovesZeroOnly(long seed) {
    List<Comparison> list = Examples.random(FULL, seed);
    for (double ridge : new double[] {0, 1.5}) {
      FitOptions options = OPTIONS.withRidge(ridge);
      Fit centred = fit(list, options);
      Fit against = fit(list, options.withIdentification(new Identification.Reference("t3")));
      int t3 = centred.place("t3").orElseThrow();
      for (int i = 0; i < centred.texts().size(); i++) {
        assertThat(against.scores()[i])
            .isCloseTo(centred.scores()[i] - centred.scores()[t3], within(1e-9));
        assertThat(against.texts().get(i).se())
            .isCloseTo(
                centred.covariance().orElseThrow().standardErrorOfDifference(i, t3), within(1e-9));
      }
      assertThat(against.reliability()).isEqualTo(centred.reliability());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aRidgeThatGoesToNothingLeavesNothingBehind(long seed) {
    List<Comparison> list = Examples.random(PLAIN, seed);
    Fit none = fit(list, OPTIONS);
    Fit little = fit(list, OPTIONS.withRidge(1e-7));
    assertThat(little.scores()).containsExactly(none.scores(), within(1e-5));
    for (int i = 0; i < none.texts().size(); i++) {
      assertThat(little.texts().get(i).se()).isCloseTo(none.texts().get(i).se(), within(1e-5));
    }
    Fit much = fit(list, OPTIONS.withRidge(1e6));
    assertThat(Arrays.stream(much.scores()).map(Math::abs).max().orElseThrow()).isLessThan(1e-3);
  }

  private static double[] minoriseMaximise(Comparisons c) {
    int n = c.texts().size();
    double[] wins = new double[n];
    double[][] met = new double[n][n];
    for (int k = 0; k < c.size(); k++) {
      wins[c.winner(k)]++;
      met[c.winner(k)][c.loser(k)]++;
      met[c.loser(k)][c.winner(k)]++;
    }
    double[] strength = new double[n];
    Arrays.fill(strength, 1);
    for (int round = 0; round < 20_000; round++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += met[i][j] / (strength[i] + strength[j]);
        }
        strength[i] = wins[i] / sum;
      }
    }
    double[] scores = Arrays.stream(strength).map(Math::log).toArray();
    double mean = Arrays.stream(scores).average().orElseThrow();
    return Arrays.stream(scores).map(s -> s - mean).toArray();
  }

  private static Fit fit(List<Comparison> list, FitOptions options) {
    return Examples.fitted(BradleyTerry.fit(Comparisons.of(list), options));
  }

  private static String renamed(String name) {
    return "z" + (100 - Integer.parseInt(name.substring(1)));
  }

  private static void same(Fit one, Fit other) {
    assertThat(other.logLikelihood()).isCloseTo(one.logLikelihood(), within(1e-9));
    for (TextScore text : one.texts()) {
      TextScore same = other.texts().get(other.place(text.name()).orElseThrow());
      assertThat(same.score()).isCloseTo(text.score(), within(1e-9));
      assertThat(same.se()).isCloseTo(text.se(), within(1e-9));
      assertThat(same.infit().orElseThrow()).isCloseTo(text.infit().orElseThrow(), within(1e-9));
      assertThat(same.outfit().orElseThrow()).isCloseTo(text.outfit().orElseThrow(), within(1e-9));
    }
  }
}
