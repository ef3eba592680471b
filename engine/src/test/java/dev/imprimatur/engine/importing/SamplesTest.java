package dev.imprimatur.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The folder everyone tries first must come in whole.
class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "docs", "samples");

  private static List<ImportedText> samples() {
    return Imports.read(SAMPLES).stream()
        .map(item -> {
          assertThat(item).isInstanceOf(ImportItem.Read.class);
          return ((ImportItem.Read) item).text();
        })
        .toList();
  }

  @Test
  void importsEverySample() {
    assertThat(samples())
        .hasSize(16)
        .allSatisfy(text -> {
          assertThat(text.title()).isNotBlank();
          assertThat(text.body().split("\\s+")).as(text.path()).hasSizeBetween(150, 900);
          assertThat(text.body()).doesNotStartWith("# ").doesNotContain("<p>", "wp:", "---\n");
        });
    assertThat(samples()).extracting(ImportedText::sourceKey).doesNotHaveDuplicates();
    assertThat(samples()).extracting(ImportedText::title).doesNotHaveDuplicates();
  }

  @Test
  void takesOnlyTheArticleOfAPage() {
    ImportedText map =
        samples().stream()
            .filter(text -> text.path().endsWith("reading-a-weather-map.html"))
            .findFirst()
            .orElseThrow();

    assertThat(map.title()).isEqualTo("How to read a weather map");
    assertThat(map.body()).doesNotContain("newsletter", "Harbour Notebook").contains("| Cold |");
    assertThat(map.metadata().get("json_ld_types")).contains("FAQPage");
  }

  @Test
  void importsTheSameAgain() {
    assertThat(samples()).isEqualTo(samples());
  }
}
