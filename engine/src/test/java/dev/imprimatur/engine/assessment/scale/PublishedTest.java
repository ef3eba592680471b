package dev.imprimatur.engine.assessment.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every figure of the published examples.
class PublishedTest {
  private static final FitOptions OPTIONS = FitOptions.DEFAULT;
  private final JsonNode published = Examples.PUBLISHED.get("published");
  private final JsonNode recomputed = Examples.PUBLISHED.get("recomputed");

  @Test
  void scoresAgainstAReference() {
    Fit fit = against(published.get("reference").asString());
    assertThat(fit.constraint()).isEqualTo("reference Baltimore");
    assertThat(text(fit, "Baltimore").score()).isZero();
    assertThat(text(fit, "Baltimore").se()).isZero();
    for (Map.Entry<String, JsonNode> team : published.get("score").properties()) {
      assertThat(text(fit, team.getKey()).score())
          .as(team.getKey())
          .isCloseTo(team.getValue().asDouble(), within(0.005));
      assertThat(text(fit, team.getKey()).se())
          .isCloseTo(published.get("standard_error_about").asDouble(), within(0.05));
    }
    for (Map.Entry<String, JsonNode> team : recomputed.get("score").properties()) {
      assertThat(text(fit, team.getKey()).score())
          .isCloseTo(team.getValue().asDouble(), within(1e-6));
    }
    for (Map.Entry<String, JsonNode> team : recomputed.get("se_against_reference").properties()) {
      assertThat(text(fit, team.getKey()).se()).isCloseTo(team.getValue().asDouble(), within(1e-4));
    }
    assertThat(fit.reliability().ssr().orElseThrow())
        .isCloseTo(recomputed.get("ssr_full_covariance").asDouble(), within(1e-4));
  }

  @Test
  void scoresThatSumToZero() {
    Fit fit = Examples.fitted(BradleyTerry.fit(Examples.baseball(), OPTIONS));
    assertThat(fit.constraint()).isEqualTo("sum to zero");
    assertThat(Arrays.stream(fit.scores()).sum()).isCloseTo(0, within(1e-12));
    assertThat(fit.texts())
        .extracting(TextScore::name)
        .startsWith("Baltimore", "Boston")
        .hasSize(7);
    for (Map.Entry<String, JsonNode> team : recomputed.get("se_sum_zero").properties()) {
      assertThat(text(fit, team.getKey()).se()).isCloseTo(team.getValue().asDouble(), within(1e-4));
    }
    for (Map.Entry<String, JsonNode> team : recomputed.get("infit").properties()) {
      assertThat(text(fit, team.getKey()).infit().orElseThrow())
          .isCloseTo(team.getValue().asDouble(), within(1e-4));
    }
    for (Map.Entry<String, JsonNode> team : recomputed.get("outfit").properties()) {
      assertThat(text(fit, team.getKey()).outfit().orElseThrow())
          .isCloseTo(team.getValue().asDouble(), within(1e-4));
    }
    double ssr = recomputed.get("ssr_full_covariance").asDouble();
    assertThat(fit.reliability().ssr().orElseThrow()).isCloseTo(ssr, within(1e-4));
    assertThat(fit.reliability().separation().orElseThrow())
        .isCloseTo(Math.sqrt(ssr / (1 - ssr)), within(1e-3));
    assertThat(fit.deviance()).isEqualTo(-2 * fit.logLikelihood());
    assertThat(text(fit, "Milwaukee").wins()).isEqualTo(50);
    assertThat(text(fit, "Milwaukee").losses()).isEqualTo(28);
    assertThat(fit.samples()).isZero();
    // G² of the same model in Agresti's book.
    assertThat(fit.pairs().deviance()).isCloseTo(15.74, within(0.005));
    assertThat(fit.pairs().degreesOfFreedom()).isEqualTo(15);
  }

  @Test
  void fiveTextsSixComparisons() {
    Fit fit = Examples.fitted(BradleyTerry.fit(small("five texts, six comparisons"), OPTIONS));
    double[] sorted = Arrays.stream(fit.scores()).sorted().toArray();
    assertThat(sorted)
        .containsExactly(new double[] {-0.583, -0.194, 0, 0.194, 0.583}, within(5e-4));
    double one = text(fit, "1").score();
    double four = text(fit, "4").score();
    assertThat(1 / (1 + Math.exp(four - one))).isCloseTo(0.69, within(0.005));
  }

  @Test
  void aPureCycle() {
    Fit fit = Examples.fitted(BradleyTerry.fit(small("pure three-cycle"), OPTIONS));
    assertThat(fit.scores()).containsExactly(new double[3], within(1e-12));
    assertThat(fit.reliability().ssr()).isEmpty();
    assertThat(fit.reliability().separation()).isEmpty();
  }

  @Test
  void aChainIsRefused() {
    Comparisons chain = small("a chain has no finite maximum likelihood estimate");
    Refusal why = Examples.refused(BradleyTerry.fit(chain, OPTIONS));
    assertThat(why).isInstanceOf(Refusal.Separated.class);
    assertThat(why.message()).contains("'3' won everything", "'0' lost everything", "--ridge");
    Fit fit = Examples.fitted(BradleyTerry.fit(chain, OPTIONS.withRidge(0.1)));
    assertThat(fit.constraint()).isEqualTo("sum to zero, ridge 0.1");
    assertThat(text(fit, "3").score()).isGreaterThan(text(fit, "2").score());
  }

  private static Fit against(String reference) {
    return Examples.fitted(
        BradleyTerry.fit(
            Examples.baseball(),
            OPTIONS.withIdentification(new Identification.Reference(reference))));
  }

  private static Comparisons small(String name) {
    var builder = new Comparisons.Builder();
    for (JsonNode example : Examples.PUBLISHED.get("small_cases")) {
      if (example.get("name").asString().equals(name)) {
        example
            .get("winner_loser")
            .forEach(c ->
                builder.add(
                    Comparison.win(
                        String.valueOf(c.get(0).asInt()), String.valueOf(c.get(1).asInt()))));
      }
    }
    return builder.build();
  }

  private static TextScore text(Fit fit, String name) {
    return fit.texts().get(fit.place(name).orElseThrow());
  }
}
