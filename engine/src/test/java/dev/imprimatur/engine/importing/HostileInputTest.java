package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.read;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Input made to exhaust stack, memory or time. What comes of it matters less than that something
/// comes, soon.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("heap")
class HostileInputTest {
  private static final int MAX = 5 * 1024 * 1024;

  @TempDir Path folder;

  static Stream<Arguments> floods() {
    return Stream.of(
        flood("nested-divs.html", "<div>", 100_000),
        flood("angle-brackets.html", "<", MAX),
        flood("nested-lists.html", "<ul><li>a", MAX),
        flood("nested-quotes.html", "<blockquote>a", MAX),
        flood("nested-tables.html", "<table><tr><td>a<td>b", MAX),
        flood("nested-bold.html", "<b>a", 400_000),
        flood("nested-links.html", "<a href=x>a", 400_000),
        flood("nested-spans.html", "<span>a", MAX),
        flood("mixed-marks.html", "<b><i><u><a href=y><p>a", 400_000),
        flood("cells.html", "<td>a", MAX),
        flood("entities.html", "&amp;", MAX),
        flood("marks.html", "&#x301;&#x316;", MAX),
        flood("marks.txt", "\u0301\u0316", MAX),
        flood("angle-brackets.md", "<", MAX),
        flood("quotes.md", ">", MAX),
        flood("brackets.md", "[", MAX),
        flood("hashes.md", "# ", MAX),
        flood("stars.md", "# *a_", MAX),
        flood("setext.md", "a\n", MAX),
        flood("white-space.md", " ", MAX - 10),
        flood("angle-brackets.txt", "<", MAX),
        flood("angle-brackets.xml", "<", MAX),
        flood("elements.xml", "<rss>", MAX),
        flood("unknown", "<", MAX));
  }

  private static Arguments flood(String name, String piece, int size) {
    int bytes = piece.getBytes(StandardCharsets.UTF_8).length;
    return Arguments.of(name, piece.repeat(Math.max(1, (size - 10) / bytes)) + "\n\nend\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void survivesAFlood(String name, String content) {
    assertThat(read(write(folder, name, content)))
        .singleElement()
        .satisfies(item -> {
          if (item instanceof ImportItem.Failed failed) {
            assertThat(failed.code()).isNotEqualTo(ImportCodes.INTERNAL);
          }
        });
  }

  @Test
  void keepsTheTextUnderAHundredThousandDivs() {
    String page = "<div>".repeat(100_000) + "deep words" + "</div>".repeat(100_000) + "<p>after";

    assertThat(Imports.text(write(folder, "a.html", page)).body()).contains("deep words");
  }

  @Test
  void readsALongHonestFeed() {
    String words = "Words &amp; more words. ".repeat(100);
    StringBuilder feed = new StringBuilder("<rss><channel>");
    for (int i = 0; i < 1000; i++) {
      feed.append(
          "<item><guid>urn:%d</guid><description>%s</description></item>".formatted(i, words));
    }

    assertThat(read(write(folder, "feed.xml", feed + "</channel></rss>")))
        .hasSize(1000)
        .allSatisfy(item -> assertThat(item).isInstanceOf(ImportItem.Read.class));
  }

  @Test
  void readsOneLongItem() {
    String words = "<![CDATA[" + "<p>Words and more words.</p>".repeat(150_000) + "]]>";
    Path file =
        write(
            folder,
            "feed.xml",
            "<rss><channel><item><guid>urn:1</guid><description>"
                + words
                + "</description></item></channel></rss>");

    assertThat(read(file)).singleElement().isInstanceOf(ImportItem.Read.class);
  }

  @Test
  void refusesABillionLaughs() {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 10; i++) {
      dtd.append("<!ENTITY a%d '%s'>".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
    }
    Path file =
        write(
            folder,
            "feed.xml",
            dtd + "]><rss><channel><item><description>&a9;</description></item></channel></rss>");

    failure(file, "broken-feed");
  }

  @Test
  void readsNoFileAFeedPointsTo() {
    Path secret = write(folder, "secret.txt", "the secret");
    String rest = "<rss><channel><item><description>x &e;</description></item></channel></rss>";
    Path general =
        write(
            folder,
            "general.xml",
            "<!DOCTYPE rss [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]>" + rest);
    Path external =
        write(folder, "external.xml", "<!DOCTYPE rss SYSTEM '" + secret.toUri() + "'>" + rest);

    assertThat(failure(general, "broken-feed").message()).doesNotContain("the secret");
    assertThat(read(external).toString()).doesNotContain("the secret");
  }

  @Test
  void readsAFeedWithAnOldDoctype() {
    Path file =
        write(
            folder,
            "feed.xml",
            "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN'"
                + " 'http://example.invalid/rss-0.91.dtd'><rss><channel><item><title>t</title>"
                + "<description>words</description></item></channel></rss>");

    assertThat(Imports.text(file).body()).isEqualTo("words\n");
  }

  @Test
  void refusesHugeFrontMatter() {
    failure(
        write(folder, "a.md", "---\ntitle: " + "x".repeat(4_000_000) + "\n---\ntext"),
        "broken-front-matter");
    failure(
        write(folder, "b.md", "---\ntitle: x\n" + "a: b\n".repeat(500_000) + "text"),
        "broken-front-matter");
  }

  @Test
  void refusesDeepFrontMatter() {
    failure(
        write(folder, "a.md", "---\na: " + "[".repeat(60_000) + "\n---\ntext"),
        "broken-front-matter");
    failure(
        write(folder, "b.md", "---\na: " + "[".repeat(9) + "x" + "]".repeat(9) + "\n---\ntext"),
        "broken-front-matter");
  }

  @Test
  void refusesAliasBombs() {
    StringBuilder bomb = new StringBuilder("---\na0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    failure(write(folder, "a.md", bomb + "---\ntext"), "broken-front-matter");

    String scalars =
        "---\na: &a " + "x".repeat(30_000) + "\nb: [" + "*a, ".repeat(5_000) + "]\n---\ntext";
    failure(write(folder, "b.md", scalars), "broken-front-matter");
  }

  @Test
  void shortensEndlessKeys() {
    String guid = "urn:" + "x".repeat(100_000);
    Path file =
        write(
            folder,
            "feed.xml",
            "<rss><channel><item><guid>%s</guid><description>d</description></item></channel></rss>"
                .formatted(guid));

    ImportedText text = Imports.text(file);

    assertThat(text.sourceKey()).startsWith("feed:sha256:").hasSizeLessThan(100);
    assertThat(text.path()).hasSizeLessThan(500);
  }
}
