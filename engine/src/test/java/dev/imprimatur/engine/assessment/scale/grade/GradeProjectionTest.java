package dev.imprimatur.engine.assessment.scale.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Examples;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradeProjectionTest {
  private static final List<String> GRADES = List.of("C", "B", "A");
  private static final Fit FIT =
      Examples.fitted(BradleyTerry.fit(Examples.baseball(), FitOptions.DEFAULT));

  @Test
  void boundariesAndChances() {
    GradeProjection.Outcome outcome =
        GradeProjection.of(
            FIT,
            GRADES,
            Map.of("Baltimore", "C", "Boston", "B", "New York", "B", "Milwaukee", "A"));
    var projected = (GradeProjection.Outcome.Projected) outcome;
    double boston = score("Boston");
    double newYork = score("New York");
    assertThat(projected.boundaries()).hasSize(2);
    assertThat(projected.boundaries().get(0).at())
        .isCloseTo((score("Baltimore") + (boston + newYork) / 2) / 2, within(1e-12));
    double variance =
        Math.pow(se("Baltimore"), 2)
            + (Math.pow(se("Boston"), 2) + Math.pow(se("New York"), 2)) / 4;
    assertThat(projected.boundaries().get(0).se())
        .isCloseTo(Math.sqrt(variance) / 2, within(1e-12));
    assertThat(projected.texts())
        .extracting(GradeProjection.Graded::text)
        .containsExactly("Cleveland", "Detroit", "Toronto");
    for (GradeProjection.Graded text : projected.texts()) {
      assertThat(text.probabilities()).hasSize(3).allMatch(p -> p >= 0 && p <= 1);
      assertThat(text.probabilities().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-12));
    }
    GradeProjection.Graded detroit = projected.texts().get(1);
    assertThat(detroit.likeliest()).isEqualTo("A");
    GradeProjection.Boundary last = projected.boundaries().get(1);
    double z = (last.at() - score("Detroit")) / Math.hypot(se("Detroit"), last.se());
    assertThat(detroit.probabilities().get(2)).isCloseTo(1 - Normal.below(z), within(1e-12));
  }

  @Test
  void whatCanNotBeProjected() {
    assertThat(refusal(GRADES, Map.of("Nobody", "A"))).contains("'Nobody'");
    assertThat(refusal(GRADES, Map.of("Boston", "D"))).contains("'D'", "C, B, A");
    assertThat(refusal(GRADES, Map.of("Boston", "B", "Baltimore", "C"))).contains("grade A");
    assertThat(refusal(List.of("A"), Map.of("Boston", "A"))).contains("two grades");
    assertThat(refusal(List.of("A", "A"), Map.of("Boston", "A"))).contains("once");
    assertThat(refusal(List.of("A", "B"), Map.of("Milwaukee", "A", "Boston", "B")))
        .contains("grade B (Boston) do not score higher", "grade A (Milwaukee)");
  }

  @ParameterizedTest
  // From tables of the normal distribution.
  @CsvSource({
    "0, 0.5",
    "1, 0.841344746068543",
    "-1.96, 0.0249978951482204",
    "3, 0.998650101968370",
    "-6, 9.8658764503770e-10",
    "-9, 0",
    "9, 1"
  })
  void theNormalDistribution(double z, double below) {
    assertThat(Normal.below(z)).isCloseTo(below, within(1e-14));
  }

  private static String refusal(List<String> grades, Map<String, String> anchors) {
    GradeProjection.Outcome outcome = GradeProjection.of(FIT, grades, anchors);
    assertThat(outcome).isInstanceOf(GradeProjection.Outcome.Refused.class);
    return ((GradeProjection.Outcome.Refused) outcome).message();
  }

  private static double score(String text) {
    return FIT.texts().get(FIT.place(text).orElseThrow()).score();
  }

  private static double se(String text) {
    return FIT.texts().get(FIT.place(text).orElseThrow()).se();
  }
}
