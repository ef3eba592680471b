package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.text;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.document.MediaType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReaderTest {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
        <title>Composting | The Garden Site</title>
        <meta name="description" content="What to do with peelings.">
        <link rel="canonical" href="https://example.org/compost/">
        <script type="application/ld+json">
          {"@context": "https://schema.org", "@graph": [
            {"@type": "FAQPage", "mainEntity": [{"@type": "Question"}]},
            {"@type": ["Article", "FAQPage"]}]}
        </script>
        <script type="application/ld+json">{broken</script>
      </head>
      <body>
        <header><h2>The Garden Site</h2></header>
        <nav><a href="/">Home</a></nav>
        <main>
          <article>
            <header><h1>Composting</h1></header>
            <p>Peelings become <a href="soil">soil</a>.</p>
            <aside>Buy a bin!</aside>
          </article>
        </main>
        <footer>All rights reserved</footer>
      </body>
      </html>
      """;

  @TempDir Path folder;

  private ImportedText html(String content) {
    return text(write(folder, "a-page.html", content));
  }

  @Test
  void readsTheArticleOfAPage() {
    ImportedText text = html(PAGE);

    assertThat(text.title()).isEqualTo("Composting");
    assertThat(text.mediaType()).isEqualTo(MediaType.MARKDOWN);
    assertThat(text.body())
        .isEqualTo("Peelings become [soil](https://example.org/compost/soil).\n");
    assertThat(text.metadata())
        .containsEntry("json_ld_types", "Article, FAQPage, Question")
        .containsEntry("description", "What to do with peelings.")
        .containsEntry("canonical_url", "https://example.org/compost/")
        .containsEntry("language", "en");
    assertThat(text.sourceKey()).startsWith("file:").endsWith("a-page.html");
  }

  @Test
  void readsTwiceTheSame() {
    assertThat(html(PAGE)).isEqualTo(html(PAGE));
  }

  @Test
  void prefersTheSharedTitle() {
    ImportedText text =
        html("<title>x</title><meta property=og:title content='Shared'><h1>Heading</h1><p>a");

    assertThat(text.title()).isEqualTo("Shared");
    assertThat(text.body()).startsWith("# Heading");
  }

  @Test
  void fallsBackToHeadingAndFileName() {
    assertThat(html("<h1>Heading</h1><p>a").title()).isEqualTo("Heading");
    assertThat(html("<title> </title><p>a").title()).isEqualTo("A page");
    assertThat(html("<title>Page</title><h1>Other</h1><p>a").title()).isEqualTo("Page");
  }

  @Test
  void takesTheWholeMainOfSeveralArticles() {
    assertThat(html("<main><article>a</article><article>b</article></main>c").body())
        .isEqualTo("a\n\nb\n");
    assertThat(html("<article>a</article><article>b</article><p>c").body())
        .isEqualTo("a\n\nb\n\nc\n");
  }

  @Test
  void looksElsewhereIfTheArticleIsEmpty() {
    assertThat(html("<article></article><div>text</div>").body()).isEqualTo("text\n");
  }

  @Test
  void readsXhtml() {
    Path file =
        write(
            folder,
            "a.xhtml",
            "<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'>"
                + "<head><title>T</title><script src='x'></script></head>"
                + "<body><p>ä</p></body></html>");

    assertThat(text(file).body()).isEqualTo("ä\n");
  }

  @Test
  void refusesAPageWithoutText() {
    failure(write(folder, "a.html", "<title>App</title><div id=root></div>"), "no-text");
    failure(write(folder, "b.html", "<nav>Home</nav><script>let a = 1</script>"), "no-text");
    failure(write(folder, "c.html", "<h1>Only a title</h1>"), "no-text");
  }
}
