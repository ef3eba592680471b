package dev.imprimatur.engine.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.EvidenceSpan;
import dev.imprimatur.engine.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("heap")
class LocalAeoScorerTest {
  private static final AeoScorer SCORER = LocalProviders.aeoScorer();
  private static final List<String> INTENTS = List.of("how to", "what is", "best practices");
  private static final String TITLE =
      "How to back up a small office: what a backup is, and best practices";

  @Test
  void spreadsGoodWeakAndThinTexts() throws ProviderException {
    double good = average(Samples.article("good-article.md", TITLE));
    double weak = average(Samples.article("weak-article.md", "Office Backups"));
    double thin = average(Samples.article("thin-article.md", "Backups"));

    assertThat(good).isBetween(65.0, 98.0);
    assertThat(weak).isBetween(25.0, 55.0);
    assertThat(thin).isLessThan(20.0);
  }

  @Test
  void docsQuoteTheSampleScores() throws ProviderException, IOException {
    String figures =
        String.format(
            Locale.ROOT,
            "%.1f for the good, %.1f for the weak and %.1f for the thin one",
            average(Samples.article("good-article.md", TITLE)),
            average(Samples.article("weak-article.md", "Office Backups")),
            average(Samples.article("thin-article.md", "Backups")));
    assertThat(Files.readString(Path.of("../docs/accuracy.md")).replace('\n', ' '))
        .contains(figures);
  }

  @Test
  void everySpanQuotesTheBody() throws ProviderException {
    for (Document document : Samples.all()) {
      for (String intent : INTENTS) {
        for (EvidenceSpan span : scored(document, intent).evidence()) {
          String there = document.body().substring(span.start(), span.end());
          assertThat(span.quote()).isNotEmpty().hasSizeLessThanOrEqualTo(200);
          assertThat(there).startsWith(span.quote());
        }
      }
    }
  }

  @Test
  void pointsToTheNumbersAndLinksItCounts() throws ProviderException {
    List<EvidenceSpan> evidence =
        scored(Samples.article("good-article.md", TITLE), "how to").evidence();

    assertThat(evidence)
        .filteredOn(e -> e.feature().equals("statistics"))
        .extracting(EvidenceSpan::quote)
        .contains("41 %", "3 hours");
    assertThat(evidence)
        .filteredOn(e -> e.feature().equals("citations"))
        .extracting(EvidenceSpan::quote)
        .contains("[survey of small firms](https://example.org/backup-survey)");
  }

  @Test
  void rawAnswerAddsUpToTheScore() throws ProviderException {
    for (Document document : Samples.all()) {
      AeoScorer.Outcome.Scored scored = scored(document, "what is");
      double sum = 0;
      for (String group : List.of("evidence", "relevance", "structure", "penalty")) {
        for (JsonNode feature : scored.raw().get(group).get("features")) {
          assertThat(feature.get("points").asDouble())
              .isBetween(-8.0, feature.get("most").asDouble());
          sum += feature.get("points").asDouble();
        }
      }
      assertThat(scored.score()).isCloseTo(Math.max(0, sum), within(0.2)).isBetween(0.0, 100.0);
    }
  }

  @Test
  void groupsHoldTheStatedMaxima() throws ProviderException {
    JsonNode raw = scored(Samples.article("good-article.md", TITLE), "how to").raw();
    assertThat(most(raw, "evidence")).isEqualTo(45);
    assertThat(most(raw, "relevance")).isEqualTo(35);
    assertThat(most(raw, "structure")).isEqualTo(20);
    assertThat(most(raw, "penalty")).isEqualTo(8);
  }

  @Test
  void rewardsWhatAnIntentAsksFor() throws ProviderException {
    String body =
        "# Tea\n\nTea is a drink made from leaves of the tea plant and hot water.\n\n"
            + "Tea grows in warm and wet countries. People have drunk it for a long time.\n";
    Document document = Samples.markdown("What is tea?", body);
    assertThat(scored(document, "what is").score())
        .isGreaterThan(scored(document, "how to").score());
    assertThat(scored(document, "TEA PLANT").score())
        .isGreaterThan(scored(document, "motor cycles").score());
  }

  @Test
  void takesPointsForStuffing() throws ProviderException {
    String plain = "People store many kinds of goods in a cool and dry place for the winter. ";
    String stuffed = "Cheap shoes are cheap shoes when cheap shoes shops sell cheap shoes. ";
    Document document = Samples.markdown("Cheap shoes", plain.repeat(2) + stuffed.repeat(10));

    AeoScorer.Outcome.Scored scored = scored(document, "what is");

    assertThat(scored.raw().get("penalty").get("points").asDouble()).isEqualTo(-8);
    assertThat(scored.evidence())
        .filteredOn(e -> e.feature().equals("keyword_stuffing"))
        .isNotEmpty()
        .allMatch(e -> e.quote().equalsIgnoreCase("cheap") || e.quote().equalsIgnoreCase("shoes"));
  }

  @Test
  void moreOfTheSameBuysLittle() throws ProviderException {
    String statistic = "The test ran for 12 hours and used 40 GB of memory. ";
    double few = points(statistic.repeat(10));
    double many = points(statistic.repeat(60));
    assertThat(many - few).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n\t "})
  void hasNothingToSayOfEmptyTexts(String body) throws ProviderException {
    assertThat(SCORER.score(Samples.markdown("T", body), "how to"))
        .isInstanceOf(AeoScorer.Outcome.NotApplicable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Short.",
        "\ud83d\ude00",
        "\u4eca\u65e5\u306f\u3002",
        "no sentence",
        "```\ncode\n```",
        "![]()"
      })
  void scoresShortAndOddTextsLow(String body) throws ProviderException {
    for (String intent : List.of("how to", "what is", "best practices", "", "\ud83d\ude00")) {
      assertThat(scored(Samples.markdown("", body), intent).score()).isLessThan(30);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"", "a. ", "# a?\n", "[a](http://b) ", "A is a b. "})
  void readsFiveMebibytes(String pattern) throws ProviderException {
    String body = "x" + pattern.repeat(5 * 1024 * 1024 / pattern.length());
    for (MediaType type : MediaType.values()) {
      assertThat(SCORER.score(DocumentParser.parse("T", type, body, Map.of()), "what is"))
          .isInstanceOf(AeoScorer.Outcome.Scored.class);
    }
  }

  private static double points(String body) throws ProviderException {
    JsonNode raw = scored(Samples.markdown("T", body), "how to").raw();
    return raw.get("evidence").get("features").get("statistics").get("points").asDouble();
  }

  private static double most(JsonNode raw, String group) {
    double sum = 0;
    for (JsonNode feature : raw.get(group).get("features")) {
      sum += feature.get("most").asDouble();
    }
    return sum;
  }

  private static double average(Document document) throws ProviderException {
    double sum = 0;
    for (String intent : INTENTS) {
      sum += scored(document, intent).score();
    }
    return sum / INTENTS.size();
  }

  private static AeoScorer.Outcome.Scored scored(Document document, String intent)
      throws ProviderException {
    return (AeoScorer.Outcome.Scored) SCORER.score(document, intent);
  }
}
