package dev.imprimatur.engine.provider.local.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.provider.local.Samples;
import dev.imprimatur.engine.provider.local.StyleMeasures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the shipped weights and the stated accuracy to the table of feature values they come from.
class FittingTest {
  private static List<Sample> samples = List.of();
  private static List<FittedModel> models = List.of();

  @BeforeAll
  static void fit() throws IOException {
    samples = SampleTable.read(Samples.path("corpus/features.csv"));
    models = Fitting.fit(samples, StyleMeasures.detectors());
  }

  @Test
  void shippedWeightsComeFromTheTable() throws IOException {
    assertThat(models).hasSize(3);
    for (FittedModel model : models) {
      JsonNode shipped = shipped(model.detector());
      assertThat(shipped.get("intercept").asDouble()).isCloseTo(model.intercept(), within(1e-6));
      assertThat(shipped.get("prior_shift").asDouble()).isCloseTo(model.priorShift(), within(1e-6));
      assertThat(shipped.get("penalty").asDouble()).isEqualTo(model.penalty());
      for (int i = 0; i < model.features().size(); i++) {
        JsonNode term = shipped.get("features").get(i);
        assertThat(term.get("name").asString()).isEqualTo(model.features().get(i));
        assertThat(term.get("mean").asDouble()).isCloseTo(model.means()[i], within(1e-6));
        assertThat(term.get("deviation").asDouble()).isCloseTo(model.deviations()[i], within(1e-6));
        assertThat(term.get("weight").asDouble()).isCloseTo(model.weights()[i], within(1e-6));
      }
    }
  }

  @Test
  void statedAccuracyIsWhatTheHeldOutSplitGives() throws IOException {
    String measured = Accuracy.measure(samples, models).toString();
    assertThat(JsonMapper.shared().readTree(measured)).isEqualTo(shipped("accuracy"));
  }

  @Test
  void docsQuoteTheMeasuredFigures() throws IOException {
    String page = Files.readString(Path.of("../docs/accuracy.md"));
    String tables = AccuracyTables.of(Accuracy.measure(samples, models), models);
    assertThat(page).contains(tables).isEqualTo(AccuracyTables.into(page, tables));
  }

  @Test
  void tableIsWhatTheMeasuresGiveForTheMachineWrittenTexts() throws IOException {
    Map<String, Sample> measured =
        Extraction.machine(Samples.path("corpus/machine")).stream()
            .collect(Collectors.toMap(FittingTest::place, Function.identity()));
    List<Sample> recorded = samples.stream().filter(Sample::machine).toList();

    assertThat(recorded).isNotEmpty();
    for (Sample one : recorded) {
      Sample two = Objects.requireNonNull(measured.get(place(one)), place(one));
      assertThat(two.split()).isEqualTo(one.split());
      one.values()
          .forEach((name, value) ->
              assertThat(two.values().get(name)).as(name).isCloseTo(value, within(1e-5)));
    }
  }

  @Test
  void heldOutSourcesAreNeverSeenInFitting() {
    Set<String> held = sources(Sample.Split.HELD_OUT);
    assertThat(held).isNotEmpty().doesNotContainAnyElementsOf(sources(Sample.Split.TRAIN));
    assertThat(held).doesNotContainAnyElementsOf(sources(Sample.Split.DEV));
  }

  @Test
  void fewHumanDevPassagesFallBelowTheThreshold() throws IOException {
    assertThat(shipped("accuracy").get("average_dev").get("human_below_threshold").asDouble())
        .isLessThanOrEqualTo(Fitting.MOST_FLAGGED);
    assertThat(LocalProviders.detectors()).hasSize(3);
  }

  @Test
  void rankingMeasuresAreRight() {
    assertThat(Accuracy.auc(new double[] {2, 3}, new double[] {1, 2})).isEqualTo(0.875);
    assertThat(Accuracy.wilson(5, 10)[0]).isCloseTo(0.2366, within(1e-4));
    assertThat(Accuracy.wilson(5, 10)[1]).isCloseTo(0.7634, within(1e-4));
    double[] beta =
        LogisticFit.fit(
            new double[][] {{0}, {0}, {1}, {1}}, new boolean[] {false, true, true, true}, 1);
    assertThat(beta[1]).isPositive();
  }

  private static String place(Sample sample) {
    return sample.file() + " " + sample.offset();
  }

  private static Set<String> sources(Sample.Split split) {
    return samples.stream()
        .filter(s -> s.split() == split)
        .map(s -> s.machine() ? s.file() : s.source())
        .collect(Collectors.toSet());
  }

  private static JsonNode shipped(String name) throws IOException {
    try (InputStream in = LocalProviders.class.getResourceAsStream("models/" + name + ".json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    }
  }
}
