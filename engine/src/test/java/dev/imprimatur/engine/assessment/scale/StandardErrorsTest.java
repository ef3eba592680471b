package dev.imprimatur.engine.assessment.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.scale.Examples.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Standard errors from a sample against those from the full covariance matrix.
class StandardErrorsTest {
  @ParameterizedTest
  // From ten comparisons a text, where neighbours matter most, to a hundred.
  @CsvSource({"400, 2000, 0.03", "400, 20000, 0.01", "2000, 20000, 0.03"})
  void closeToTheFullOnes(int texts, int comparisons, double limit) {
    Comparisons made =
        Comparisons.of(Examples.random(new World(texts, comparisons, 3, 0.1, 0.4), 5));
    List<FitOptions> all =
        List.of(
            FitOptions.DEFAULT.withRidge(0.05),
            FitOptions.DEFAULT.withRidge(0.05).withTies(Ties.DAVIDSON).withOrderEffect(true),
            FitOptions.DEFAULT
                .withRidge(0.05)
                .withIdentification(new Identification.Reference("t7")),
            FitOptions.DEFAULT
                .withRidge(0.05)
                .withIdentification(
                    new Identification.Anchors(Map.of("t1", 0.2, "t5", -0.3, "t9", 1.0))));
    for (FitOptions options : texts > 1_000 ? all.subList(0, 1) : all) {
      Fit full = Examples.fitted(BradleyTerry.fit(made, options));
      Fit sampled = Examples.fitted(BradleyTerry.fit(made, options.withFullCovarianceUpTo(10)));
      assertThat(full.samples()).isZero();
      assertThat(sampled.samples()).isGreaterThanOrEqualTo(64);
      assertThat(sampled.covariance()).isEmpty();
      double squares = 0;
      double worst = 0;
      for (int i = 0; i < texts; i++) {
        double exact = full.texts().get(i).se();
        double error = exact == 0 ? 0 : sampled.texts().get(i).se() / exact - 1;
        squares += error * error / texts;
        worst = Math.max(worst, Math.abs(error));
      }
      System.out.printf(
          "%d texts, %d comparisons, %s: standard errors from %d vectors differ by %.2f %% (root mean square), %.2f %% at most%n",
          texts,
          comparisons,
          full.constraint(),
          sampled.samples(),
          100 * Math.sqrt(squares),
          100 * worst);
      assertThat(Math.sqrt(squares)).as(full.constraint()).isLessThan(limit);
      assertThat(worst).isLessThan(6 * limit);
      assertThat(sampled.reliability().ssr().orElseThrow())
          .isCloseTo(full.reliability().ssr().orElseThrow(), within(0.01));
      assertThat(sampled.orderEffect()).isEqualTo(full.orderEffect());
    }
  }

  @Test
  void theSameSeedGivesTheSame() {
    Comparisons made = Comparisons.of(Examples.random(new World(50, 800, 3, 0, 0), 5));
    FitOptions options = FitOptions.DEFAULT.withRidge(0.1).withFullCovarianceUpTo(2);
    assertThat(Examples.fitted(BradleyTerry.fit(made, options)))
        .isEqualTo(Examples.fitted(BradleyTerry.fit(made, options)));
    assertThat(Examples.fitted(BradleyTerry.fit(made, options.withSeed(2))))
        .isNotEqualTo(Examples.fitted(BradleyTerry.fit(made, options)));
  }

  /// A matrix of all pairs would take 800 MB.
  @Test
  void manyTexts() {
    Comparisons made = Comparisons.of(Examples.random(new World(10_000, 60_000, 3, 0, 0), 1));
    Fit fit = Examples.fitted(BradleyTerry.fit(made, FitOptions.DEFAULT.withRidge(0.2)));
    assertThat(fit.texts()).hasSize(10_000).allMatch(t -> t.se() > 0.3 && t.se() < 2);
    assertThat(fit.samples()).isPositive();
  }

  /// The worst there is for conjugate gradients: information passes along one line only.
  @Test
  void aLongChain() {
    var builder = new Comparisons.Builder().text("t0");
    for (int i = 0; i < 1_500; i++) {
      Comparison up = Comparison.win("t" + (i + 1), "t" + i);
      builder.add(up, 3).add(Comparison.win("t" + i, "t" + (i + 1)));
    }
    Fit fit = Examples.fitted(BradleyTerry.fit(builder.build(), FitOptions.DEFAULT));
    double[] scores = fit.scores();
    for (int i = 0; i < 1_500; i++) {
      assertThat(scores[i + 1] - scores[i]).isCloseTo(Math.log(3), within(1e-7));
    }
    // Each link has the information 4 · ¾ · ¼.
    assertThat(fit.covariance().orElseThrow().standardErrorOfDifference(0, 1_500))
        .isCloseTo(Math.sqrt(1_500 / 0.75), within(1e-5));
  }
}
