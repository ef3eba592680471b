package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.text;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.document.MediaType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReaderTest {
  @TempDir Path folder;

  private ImportedText markdown(String content) {
    return text(write(folder, "how-tides_work.md", content));
  }

  private ImportItem.Failed broken(String content) {
    return failure(write(folder, "a.md", content), "broken-front-matter");
  }

  @Test
  void readsFrontMatter() {
    ImportedText text =
        markdown(
            """
            ---
            title: "Tides: why twice a day?"
            id: 007
            date: 2026-01-31
            draft: true
            tags: [sea, moon]
            seo:
              description: >
                Two bulges
                of water.
            empty:
            ---

            Water rises.
            """);

    assertThat(text.title()).isEqualTo("Tides: why twice a day?");
    assertThat(text.sourceKey()).isEqualTo("id:007");
    assertThat(text.mediaType()).isEqualTo(MediaType.MARKDOWN);
    assertThat(text.body()).isEqualTo("Water rises.\n");
    assertThat(text.metadata())
        .containsExactlyInAnyOrderEntriesOf(
            java.util.Map.of(
                "id", "007",
                "date", "2026-01-31",
                "draft", "true",
                "tags", "sea, moon",
                "seo.description", "Two bulges of water."));
  }

  @Test
  void takesTheOpeningHeadingAsTitleAndOutOfTheBody() {
    ImportedText text =
        markdown("# The *tides* in `code`, [linked](https://example.org)\n\nText.\n");

    assertThat(text.title()).startsWith("The tides in ").contains("linked").doesNotContain("[");
    assertThat(text.body()).isEqualTo("Text.\n");
  }

  @Test
  void takesAnUnderlinedHeading() {
    ImportedText text = markdown("The tides\n=========\n\nText.\n");

    assertThat(text.title()).isEqualTo("The tides");
    assertThat(text.body()).isEqualTo("Text.\n");
  }

  @Test
  void removesAHeadingThatRepeatsTheFrontMatterTitle() {
    assertThat(markdown("---\ntitle: Tides\n---\n# Tides\n\nText.\n").body()).isEqualTo("Text.\n");
    assertThat(markdown("---\ntitle: Tides\n---\n# Other\n\nText.\n").body())
        .isEqualTo("# Other\n\nText.\n");
  }

  @Test
  void keepsAHeadingThatStandsOverASection() {
    ImportedText text = markdown("Intro.\n\n## What is a tide?\n\nText.\n");

    assertThat(text.title()).isEqualTo("What is a tide?");
    assertThat(text.body()).contains("## What is a tide?");
  }

  @Test
  void looksForNoHeadingInCode() {
    ImportedText text = markdown("```sh\n# not a title\n```\n\nText.\n");

    assertThat(text.title()).isEqualTo("How tides work");
  }

  @ParameterizedTest
  @CsvSource({"# 1. First, # 1. First", "#hashtag is no heading,#hashtag is no heading"})
  void keepsOddHeadings(String line, String ignored) {
    assertThat(markdown(line + "\n\nText.\n").title()).isNotBlank();
  }

  @Test
  void namesTheArticleAfterItsFile() {
    ImportedText text = markdown("Only words.\n");

    assertThat(text.title()).isEqualTo("How tides work");
    assertThat(text.sourceKey()).startsWith("file:").endsWith("how-tides_work.md");
  }

  @Test
  void cutsAnEndlessTitle() {
    assertThat(markdown("# " + "word ".repeat(200) + "\n\nText.\n").title())
        .hasSizeLessThanOrEqualTo(300)
        .endsWith("…");
  }

  @Test
  void keepsHardBreaksAndInnerSpace() {
    assertThat(markdown("one  \ntwo\n\n    code\n\n\n").body())
        .isEqualTo("one  \ntwo\n\n    code\n");
    assertThat(markdown("\n\n    code first\n\ntext").body()).isEqualTo("    code first\n\ntext\n");
  }

  @Test
  void readsEmptyFrontMatter() {
    assertThat(markdown("---\n---\nText.\n").body()).isEqualTo("Text.\n");
    assertThat(markdown("---\n# a comment\n...\nText.\n").body()).isEqualTo("Text.\n");
  }

  @Test
  void takesARuleForARule() {
    assertThat(markdown("---\n\nText after a rule.\n").body()).startsWith("---\n");
    assertThat(markdown("---\nWords between rules.\n---\nText.\n").body()).startsWith("---\n");
  }

  @Test
  void namesTheLineThatIsNotYaml() {
    assertThat(broken("---\ntitle: a\ntags: [b, c\nx: y\n---\nText.\n").message())
        .containsPattern("line [345]\\b");
    assertThat(broken("---\ntitle: a: b\n---\nText.\n").message()).contains("line 2");
    assertThat(broken("---\na: 1\na: 2\n---\nText.\n").message()).contains("line 3");
  }

  @Test
  void refusesFrontMatterThatIsNeverClosed() {
    assertThat(broken("---\ntitle: a\n\nText.\n").message()).contains("never closed");
  }

  @Test
  void refusesAListAndToml() {
    assertThat(broken("---\n- a\n- b\n---\nText.\n").message()).contains("key: value");
    assertThat(broken("+++\ntitle = 'a'\n+++\nText.\n").message()).contains("TOML");
  }

  @Test
  void refusesATitleWithoutText() {
    failure(write(folder, "a.md", "---\ntitle: a\n---\n"), "no-text");
    failure(write(folder, "b.md", "# Only a title\n"), "no-text");
  }

  @Test
  void readsTwiceTheSame() {
    String content = "---\nid: x\ntags: [b, a]\n---\n# Title\n\nText.\n";

    assertThat(markdown(content)).isEqualTo(markdown(content));
  }

  @Test
  void takesNoNulOutOfAnEscape() {
    ImportedText text = markdown("---\ntitle: \"a\\0b\\ud800c\\e[31m\"\n---\nText.\n");

    assertThat(text.title()).isEqualTo("ab\uFFFDc[31m");
  }
}
