package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.read;
import static dev.imprimatur.engine.importing.Imports.text;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.document.MediaType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedImportTest {
  private static final String RSS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
          xmlns:atom="http://www.w3.org/2005/Atom">
        <channel>
          <atom:link href="https://example.org/feed.xml" rel="self"/>
          <title>The Shed</title>
          <link>https://example.org/</link>
          <image><title>Logo</title><link>https://example.org/logo</link></image>
          <item>
            <guid isPermaLink="false">42</guid>
            <title>Brakes &amp;amp; &lt;i&gt;cables&lt;/i&gt;</title>
            <link>https://example.org/brakes/</link>
            <description>Short.</description>
            <content:encoded><![CDATA[<h2>Why?</h2>
              <p>See <a href="../wheels">wheels</a>.</p>]]></content:encoded>
            <category>bicycles</category>
            <category>repair</category>
            <pubDate>Sat, 31 Jan 2026 08:00:00 GMT</pubDate>
          </item>
          <item><guid>https://example.org/?p=43</guid><title>Empty</title></item>
          <item>
            <link>https://example.org/tyres/</link>
            <description>First paragraph of words about tyres.

      Second one.</description>
          </item>
        </channel>
      </rss>
      """;

  @TempDir Path folder;

  private static ImportedText article(ImportItem item) {
    assertThat(item).isInstanceOf(ImportItem.Read.class);
    return ((ImportItem.Read) item).text();
  }

  @Test
  void readsRssAndGoesOnAfterABadItem() {
    Path file = write(folder, "feed.xml", RSS);

    List<ImportItem> items = read(file);

    assertThat(items).hasSize(3);
    ImportedText first = article(items.get(0));
    assertThat(first.path()).isEqualTo(file + "#42");
    assertThat(first.sourceKey()).isEqualTo("feed:https://example.org/#42");
    assertThat(first.title()).isEqualTo("Brakes & cables");
    assertThat(first.mediaType()).isEqualTo(MediaType.MARKDOWN);
    assertThat(first.body()).isEqualTo("## Why?\n\nSee [wheels](https://example.org/wheels).\n");
    assertThat(first.metadata())
        .containsEntry("feed_title", "The Shed")
        .containsEntry("categories", "bicycles, repair")
        .containsEntry("link", "https://example.org/brakes/")
        .containsEntry("published", "Sat, 31 Jan 2026 08:00:00 GMT");
    failure(items.subList(1, 2), "no-text");
    ImportedText third = article(items.get(2));
    assertThat(third.sourceKey()).isEqualTo("feed:https://example.org/tyres/");
    assertThat(third.title()).startsWith("First paragraph of words");
    assertThat(third.body()).isEqualTo("First paragraph of words about tyres.\n\nSecond one.\n");
  }

  @Test
  void readsTwiceTheSame() {
    Path file = write(folder, "feed.rss", RSS);

    assertThat(read(file)).isEqualTo(read(file));
  }

  @Test
  void readsAtom() {
    Path file =
        write(
            folder,
            "feed.atom",
            """
            <feed xmlns="http://www.w3.org/2005/Atom">
              <title>Weather</title>
              <link rel="self" href="https://example.org/self"/>
              <link href="https://example.org/weather/"/>
              <entry>
                <id>urn:uuid:1</id>
                <title type="text">Fronts: a &lt; b</title>
                <link rel="alternate" href="https://example.org/weather/fronts/"/>
                <updated>2026-01-31T08:00:00Z</updated>
                <category term="maps"/>
                <summary>Short.</summary>
                <content type="xhtml">
                  <div xmlns="http://www.w3.org/1999/xhtml">
                    <p>A <em>front</em> &amp; a &lt;tag&gt;.</p>
                  </div>
                </content>
              </entry>
              <entry>
                <id>urn:uuid:2</id>
                <title type="html">&lt;b&gt;Bold&lt;/b&gt; isobars</title>
                <content type="html">&lt;p&gt;Lines of *equal* pressure.&lt;/p&gt;</content>
              </entry>
              <entry>
                <id>urn:uuid:3</id>
                <title>Wind</title>
                <content>Wind * blows.
              From high to low.</content>
              </entry>
            </feed>
            """);

    List<ImportItem> items = read(file);

    assertThat(items).hasSize(3);
    ImportedText xhtml = article(items.get(0));
    assertThat(xhtml.sourceKey()).isEqualTo("feed:urn:uuid:1");
    assertThat(xhtml.title()).isEqualTo("Fronts: a < b");
    assertThat(xhtml.body()).isEqualTo("A *front* & a \\<tag>.\n");
    assertThat(xhtml.metadata())
        .containsEntry("link", "https://example.org/weather/fronts/")
        .containsEntry("updated", "2026-01-31T08:00:00Z")
        .containsEntry("categories", "maps");
    assertThat(article(items.get(1)).title()).isEqualTo("Bold isobars");
    assertThat(article(items.get(1)).body()).isEqualTo("Lines of \\*equal\\* pressure.\n");
    assertThat(article(items.get(2)).mediaType()).isEqualTo(MediaType.PLAIN);
    assertThat(article(items.get(2)).body()).startsWith("Wind * blows.\n");
  }

  @Test
  void readsRss1() {
    ImportedText text =
        text(
            write(
                folder,
                "feed.xml",
                """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                  <channel rdf:about="https://example.org/"><title>Sea</title></channel>
                  <item rdf:about="https://example.org/tides">
                    <title>Tides</title><description>Twice a day.</description>
                    <dc:date>2026-01-31</dc:date>
                  </item>
                </rdf:RDF>
                """));

    assertThat(text.sourceKey()).isEqualTo("feed:https://example.org/tides");
    assertThat(text.body()).isEqualTo("Twice a day.\n");
    assertThat(text.metadata()).containsEntry("published", "2026-01-31");
  }

  @Test
  void readsPostsAndPagesOfAWordPressExport() {
    Path file =
        write(
            folder,
            "export.xml",
            """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
                xmlns:wp="http://wordpress.org/export/1.2/">
              <channel>
                <title>Garden</title><link>https://example.org</link>
                <wp:wxr_version>1.2</wp:wxr_version>
                <item>
                  <title>Compost</title>
                  <guid isPermaLink="false">https://example.org/?p=7</guid>
                  <excerpt:encoded><![CDATA[An excerpt.]]></excerpt:encoded>
                  <content:encoded><![CDATA[First line.

            <strong>Second</strong> paragraph.]]></content:encoded>
                  <wp:post_id>7</wp:post_id><wp:status>draft</wp:status>
                  <wp:post_type>post</wp:post_type>
                </item>
                <item>
                  <title>About</title>
                  <content:encoded><![CDATA[<!-- wp:paragraph -->
            <p>A garden.</p>]]></content:encoded>
                  <wp:post_id>8</wp:post_id><wp:post_type>page</wp:post_type>
                </item>
                <item><title>leaf.jpg</title><wp:post_type>attachment</wp:post_type></item>
                <item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type></item>
              </channel>
            </rss>
            """);

    List<ImportItem> items = read(file);

    assertThat(items).hasSize(2);
    ImportedText post = article(items.get(0));
    assertThat(post.sourceKey()).isEqualTo("wxr:https://example.org/?p=7");
    assertThat(post.body()).isEqualTo("First line.\n\n**Second** paragraph.\n");
    assertThat(post.metadata())
        .containsEntry("status", "draft")
        .containsEntry("post_id", "7")
        .containsEntry("post_type", "post");
    ImportedText page = article(items.get(1));
    assertThat(page.sourceKey()).isEqualTo("wxr:https://example.org#8");
    assertThat(page.body()).isEqualTo("A garden.\n");
  }

  @Test
  void givesNothingOfABrokenFeedAndNamesThePlace() {
    ImportItem.Failed failed =
        failure(write(folder, "feed.xml", RSS.replace("</channel>", "</chanel>")), "broken-feed");

    assertThat(failed.message()).containsPattern("line 2\\d, column \\d+").contains("channel");
  }

  @Test
  void saysThatAFeedIsCutOff() {
    failure(write(folder, "feed.xml", RSS.substring(0, RSS.length() / 2)), "broken-feed");
    failure(write(folder, "feed.rss", "not XML at all"), "broken-feed");
  }

  @Test
  void saysThatAFeedHoldsNothing() {
    failure(write(folder, "feed.xml", "<rss><channel><title>x</title></channel></rss>"), "empty");
  }

  @Test
  void refusesTheSecondOfTwoItemsWithOneGuid() {
    String item = "<item><guid>urn:1</guid><title>T</title><description>d</description></item>";

    List<ImportItem> items =
        read(write(folder, "feed.xml", "<rss><channel>" + item + item + "</channel></rss>"));

    assertThat(items).hasSize(2);
    failure(items.subList(1, 2), "duplicate");
  }

  @Test
  void refusesMoreItemsThanTheLimit() {
    Path file = write(folder, "feed.xml", RSS);

    assertThat(failure(read(new ImportLimits(100_000, 2), file), "too-many-items").message())
        .contains("more than 2");
  }
}
