package dev.imprimatur.engine.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.importing.ImportLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What files of evidence give, and what is told of those that give nothing.
class EvidenceFileTest {
  @TempDir private Path folder;

  private EvidenceFile read(String name, byte[] bytes) throws IOException {
    var file = new EvidenceFile(Files.write(folder.resolve(name), bytes), ImportLimits.defaults());
    file.read();
    // What is brought here is evidence, whoever reads it.
    assertThat(file.problems())
        .allSatisfy(problem -> assertThat(problem.message()).doesNotContainIgnoringCase("article"));
    return file;
  }

  private EvidenceFile read(String name, String text) throws IOException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String rss(String items) {
    return "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>"
        + "<link>https://example.org</link>"
        + items
        + "</channel></rss>";
  }

  private static void refused(EvidenceFile file, String code, String what) {
    assertThat(file.items()).isEmpty();
    assertThat(file.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(code);
          assertThat(problem.message()).contains(what);
        });
  }

  @Test
  void aTitleAloneWillDo() throws IOException {
    EvidenceFile rss =
        read(
            "news.rss",
            rss(
                "<item><guid>a</guid><title>One</title></item>"
                    + "<item><guid>b</guid><title>Two</title><description>Text.</description></item>"));
    assertThat(rss.problems()).isEmpty();
    assertThat(rss.items()).extracting(EvidenceItem.Draft::title).containsExactly("One", "Two");
    assertThat(rss.items()).extracting(EvidenceItem.Draft::summary).containsExactly("", "Text.");
    EvidenceFile atom =
        read(
            "news.atom",
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>c</id>"
                + "<title>Three</title></entry></feed>");
    assertThat(atom.items()).extracting(EvidenceItem.Draft::title).containsExactly("Three");
    EvidenceFile nothing = read("none.rss", rss("<item><guid>d</guid></item>"));
    refused(nothing, "no-text", "neither a title nor a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.html", "page.xml", "page", "page.csv"})
  void aWebPageIsNoFeed(String name) throws IOException {
    refused(
        read(name, "<!-- saved --> <!DOCTYPE html>\n<html><body><p>News<br></body></html>"),
        "unsupported",
        "is a web page and no feed");
    refused(
        read(name, "<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        "unsupported",
        "is a web page and no feed");
  }

  @Test
  void aFeedMayHoldWebPages() throws IOException {
    EvidenceFile feed =
        read(
            "feed.xml",
            rss(
                "<item><title>One</title><description><![CDATA[<!doctype html><html>Text.</html>]]>"
                    + "</description></item>"));
    assertThat(feed.problems()).isEmpty();
    assertThat(feed.items()).hasSize(1);
  }

  @Test
  void whatIsNoFeedOrABrokenOneIsTold() throws IOException {
    refused(read("map.xml", "<urlset><url/></urlset>"), "unsupported", "neither RSS, Atom nor");
    refused(read("half.rss", "<rss><channel><item>"), "broken-feed", "is broken XML");
    refused(read("none.xml", " \n"), "empty", "is empty");
    refused(read("few.xml", rss("")), "empty", "without items");
  }

  @Test
  void theSameIdTwiceComesInOnceAndIsTold() throws IOException {
    EvidenceFile feed =
        read(
            "feed.xml",
            rss(
                "<item><guid>a</guid><title>One</title></item>"
                    + "<item><guid>a</guid><title>Other</title></item>"));
    assertThat(feed.items()).extracting(EvidenceItem.Draft::title).containsExactly("One");
    assertThat(feed.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("only that one comes in"));
  }

  @Test
  void aFeedIsInTheEncodingThatItDeclares() throws IOException {
    String text = rss("<item><title>Überblick</title></item>").replace("?>", " encoding='x'?>");
    EvidenceFile feed =
        read("feed", text.replace("'x'", "'ISO-8859-1'").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(feed.problems()).isEmpty();
    assertThat(feed.items()).extracting(EvidenceItem.Draft::title).containsExactly("Überblick");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id;title;url  | separated by ';'
          id\ttitle\turl | separated by tabs
          id,name,url   | name the columns id, title
          """)
  void columnsThatAreNotThoseAreTold(String header, String what) throws IOException {
    refused(read("list.csv", header + "\n1;Tents;x\n2;Bags;y\n"), "no-header", what);
  }
}
