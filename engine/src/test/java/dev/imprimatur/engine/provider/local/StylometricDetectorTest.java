package dev.imprimatur.engine.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StylometricDetectorTest {
  private static final List<Detector> DETECTORS = LocalProviders.detectors();

  @Test
  void namesThreeDetectorsOfDisjointFeatures() {
    assertThat(DETECTORS)
        .extracting(Detector::name)
        .containsExactly("local-rhythm", "local-lexis", "local-repetition");
    List<String> features = new ArrayList<>();
    StyleMeasures.detectors().values().forEach(features::addAll);
    assertThat(features).doesNotHaveDuplicates();
  }

  @Test
  void explainsItsScoreInFull() throws ProviderException {
    for (Detector detector : DETECTORS) {
      Detector.Outcome.Scored scored = scored(detector, Samples.article("good-article.md", "T"));

      assertThat(scored.aiProbability()).isBetween(0.0, 1.0);
      assertThat(Math.rint(scored.aiProbability() * 10_000) / 10_000)
          .isEqualTo(scored.aiProbability());
      assertThat(scored.band()).isIn("likely human", "unclear", "likely machine");
      assertThat(scored.reasons())
          .isNotEmpty()
          .allMatch(r -> r.startsWith("The ") && r.endsWith("."));
      JsonNode raw = scored.raw();
      double logOdds = raw.get("intercept").asDouble() + raw.get("prior_shift").asDouble();
      for (JsonNode feature : raw.get("features")) {
        assertThat(feature.propertyNames()).contains("name", "value", "z", "contribution");
        logOdds += feature.get("contribution").asDouble();
      }
      assertThat(1 / (1 + Math.exp(-logOdds))).isCloseTo(scored.aiProbability(), within(0.001));
    }
  }

  @Test
  void bandFollowsTheProbability() throws ProviderException {
    for (Document document : Samples.all()) {
      for (Detector detector : DETECTORS) {
        if (detector.detect(document) instanceof Detector.Outcome.Scored scored) {
          String expected =
              scored.aiProbability() < 0.3
                  ? "likely human"
                  : scored.aiProbability() < 0.7 ? "unclear" : "likely machine";
          assertThat(scored.band()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void saysTheSameAgain() throws ProviderException {
    Document document = Samples.article("weak-article.md", "T");
    for (int i = 0; i < DETECTORS.size(); i++) {
      Detector.Outcome first = DETECTORS.get(i).detect(document);
      Detector.Outcome second =
          LocalProviders.detectors().get(i).detect(Samples.article("weak-article.md", "T"));
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void typographyAndLineWrapsChangeNothing() throws ProviderException {
    String text = Samples.read("samples/weak-article.md");
    String fancy =
        text.replace("'", "\u2019")
            .replace(", which", " \u2014 which")
            .replace(" the ", "\u00a0the ");
    String plain = text.replace(", which", " -- which").replace(". ", ".\n");
    for (Detector detector : DETECTORS) {
      assertThat(scored(detector, Samples.markdown("T", fancy)).aiProbability())
          .isEqualTo(scored(detector, Samples.markdown("T", plain)).aiProbability());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n ",
        "Too short to judge.",
        "\ud83d\ude00\ud83d\ude80",
        "\u4eca\u65e5\u306f\u826f\u3044\u5929\u6c17\u3067\u3059\u3002",
        "# Only a heading"
      })
  void hasNothingToSayOfShortTexts(String body) throws ProviderException {
    for (Detector detector : DETECTORS) {
      assertThat(detector.detect(Samples.markdown("T", body)))
          .isInstanceOf(Detector.Outcome.NotApplicable.class);
    }
  }

  @Test
  void needsOneHundredWords() throws ProviderException {
    String words = "word ".repeat(98) + "end";
    for (Detector detector : DETECTORS) {
      assertThat(detector.detect(Samples.plain(words + ".")))
          .isInstanceOf(Detector.Outcome.NotApplicable.class);
      assertThat(detector.detect(Samples.plain("more " + words + ".")))
          .isInstanceOf(Detector.Outcome.Scored.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a. ", "word ", "\u4e2d\u3002", "Is it so? ", ", and b", "A\n\n", "((", "\"x\" "})
  void readsFiveMebibytes(String pattern) throws ProviderException {
    Document document = Samples.plain(pattern.repeat(5 * 1024 * 1024 / pattern.length()));
    for (Detector detector : DETECTORS) {
      assertThat(detector.detect(document)).isNotNull();
    }
  }

  private static Detector.Outcome.Scored scored(Detector detector, Document document)
      throws ProviderException {
    return (Detector.Outcome.Scored) detector.detect(document);
  }
}
