package dev.imprimatur.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Escalation.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of review.md §1 to §3 as arithmetic.
class RulesTest {
  private static final HardStops.Limits LIMITS =
      new HardStops.Limits(new BigDecimal("70"), new BigDecimal("60"), BigDecimal.TEN, 10);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "70, 60, 10, ''",
        "69.9999, 60, 10, LIKELY_AI_GENERATED",
        "70, 59.9999, 10, POOR_QUALITY",
        "-, -, 0, ''",
        "0, 0, 11, LIKELY_AI_GENERATED POOR_QUALITY REWRITE_CAP"
      })
  void equalToAThresholdDoesNotStop(
      @Nullable BigDecimal ai, @Nullable BigDecimal aeo, int cycles, String expected) {
    List<Reason> found =
        HardStops.judge(ai, aeo, Optional.empty(), cycles, LIMITS).stream()
            .map(HardStops.Found::reason)
            .toList();
    assertThat(found)
        .extracting(Enum::name)
        .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"90, 80, false", "90, 79.9999, true", "80, 95, false", "70.3333, 60.3333, false"})
  void aDropOfExactlyTenIsNone(BigDecimal before, BigDecimal after, boolean regressed) {
    var baseline = new Regression.Side(run("a", before, null), List.of());
    var current = new Regression.Side(run("a", after, null), List.of());
    assertThat(
            Regression.find(baseline, current, BigDecimal.TEN, "previous_completed_run")
                .isPresent())
        .isEqualTo(regressed);
  }

  @Test
  void aMetricThatEitherRunLacksIsNotCompared() {
    var baseline = new Regression.Side(run("a", null, new BigDecimal("90")), List.of());
    var current = new Regression.Side(run("a", new BigDecimal("1"), null), List.of());
    assertThat(Regression.find(baseline, current, BigDecimal.TEN, "previous_completed_run"))
        .isEmpty();
  }

  @Test
  void otherProvidersAreMarked() {
    var baseline = new Regression.Side(run("a", new BigDecimal("90"), null), List.of());
    var current = new Regression.Side(run("b", new BigDecimal("10"), null), List.of());
    var details =
        Regression.find(baseline, current, BigDecimal.TEN, "previous_completed_run").orElseThrow();
    assertThat(details.path("comparable").asBoolean()).isFalse();
    assertThat(details.path("metrics").path("ai_detector_avg").path("drop").decimalValue())
        .isEqualByComparingTo("80");
  }

  @ParameterizedTest
  @CsvSource({"3, 0, COMPLETED", "2, 1, PARTIAL_FAILURE", "0, 3, FAILED"})
  void theStatusFollowsFromTheParts(int succeeded, int failed, EvaluationRun.Status expected) {
    List<RunPart> parts =
        new ArrayList<>(Collections.nCopies(succeeded, part(RunPart.Status.SUCCEEDED)));
    parts.addAll(Collections.nCopies(failed, part(RunPart.Status.FAILED)));
    assertThat(RunFinaliser.status(parts)).isEqualTo(expected);
  }

  @Test
  void averagesAreExactToFourDecimals() {
    assertThat(
            Scores.average(
                List.of(new BigDecimal("70.00"), new BigDecimal("70.00"), new BigDecimal("69.99"))))
        .isEqualByComparingTo("69.9967");
    assertThat(Scores.average(List.of())).isNull();
    assertThat(Scores.humanLikeness(0.3)).isEqualByComparingTo("70");
    assertThat(Scores.score(123)).isEqualByComparingTo("100");
  }

  private static RunPart part(RunPart.Status status) {
    return new RunPart(new UUID(0, 1), RunPart.Kind.DETECTOR, "d", status, null, null, null);
  }

  private static EvaluationRun run(
      String fingerprint, @Nullable BigDecimal ai, @Nullable BigDecimal aeo) {
    return new EvaluationRun(
        UUID.nameUUIDFromBytes(new byte[] {1}),
        new UUID(0, 1),
        new UUID(0, 2),
        EvaluationRun.Status.COMPLETED,
        Json.object(),
        fingerprint,
        false,
        "editor",
        Instant.EPOCH,
        Instant.EPOCH,
        ai,
        aeo);
  }
}
