package dev.imprimatur.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class HtmlToMarkdownTest {
  private static String convert(String html) {
    return HtmlToMarkdown.convert(Jsoup.parse(html, "https://example.org/a/").body(), false);
  }

  @Test
  void writesHeadingsAndParagraphs() {
    assertThat(convert("<h1>One</h1><p>a  b\n c</p><h3>Two <em>x</em></h3>loose text<p>d</p>"))
        .isEqualTo("# One\n\na b c\n\n### Two *x*\n\nloose text\n\nd");
  }

  @Test
  void leavesOutWhatIsEmpty() {
    assertThat(convert("<h2> </h2><p></p><p>&nbsp;</p><ul><li></li></ul><p>a</p><b></b>"))
        .isEqualTo("a");
  }

  @Test
  void writesNestedLists() {
    assertThat(
            convert(
                "<ul><li>a<ul><li>b</li><li>c<ol><li>d</li></ol></li></ul></li><li>e</li></ul>"
                    + "<p>f</p>"))
        .isEqualTo("- a\n  - b\n  - c\n    1. d\n- e\n\nf");
  }

  @Test
  void countsOrderedListsFromTheirStart() {
    assertThat(convert("<ol start=9><li>a</li><li></li><li><p>b</p></li></ol>"))
        .isEqualTo("9. a\n10. b");
  }

  @Test
  void separatesItemsOfSeveralParagraphs() {
    assertThat(convert("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>"))
        .isEqualTo("- a\n\n  b\n\n- c");
  }

  @Test
  void acceptsListsHungStraightIntoLists() {
    assertThat(convert("<ul><li>a</li><ul><li>b</li></ul></ul>")).isEqualTo("- a\n  - b");
  }

  @Test
  void writesQuotes() {
    assertThat(
            convert(
                "<blockquote><p>a</p><p>b</p><footer>the manual</footer></blockquote>"
                    + "<blockquote>c</blockquote>"))
        .isEqualTo("> a\n>\n> b\n>\n> the manual\n\n> c");
  }

  @Test
  void writesCode() {
    assertThat(convert("<p>Run <code>a  `b`</code></p>")).isEqualTo("Run `` a `b` ``");
    assertThat(convert("<pre><code class='language-java'>int a;\n\n  # ```\n</code></pre><p>x</p>"))
        .isEqualTo("````java\nint a;\n\n  # ```\n````\n\nx");
  }

  @Test
  void writesLinksWithWholeAddresses() {
    assertThat(convert("<p>See <a href='../b (1)'>the <b>other</b> [page]</a>.</p>"))
        .isEqualTo("See [the other \\[page\\]](https://example.org/b%20%281%29).");
  }

  @Test
  void keepsOnlyTheWordsOfLinksThatLeadNowhere() {
    assertThat(convert("<p><a href='javascript:alert(1)'>a</a> <a href='#top'>b</a> <a>c</a></p>"))
        .isEqualTo("a b c");
  }

  @Test
  void writesImages() {
    assertThat(
            convert("<p><img src='x.png' alt='a tent'> <img src='data:image/png;base64,AA'></p>"))
        .isEqualTo("![a tent](https://example.org/a/x.png)");
  }

  @Test
  void putsMarksTightAroundWords() {
    assertThat(convert("<p>a<b> bold </b>b <i>it</i>, <strong><em>both</em></strong></p>"))
        .isEqualTo("a **bold** b *it*, ***both***");
    assertThat(convert("<p><b>Note:</b>text and <b>x<b>y</b></b></p>"))
        .isEqualTo("Note:text and **xy**");
  }

  @Test
  void escapesWhatMarkdownWouldRead() {
    assertThat(convert("<p># no heading</p><p>1. no list</p><p>- no</p><p>&gt; no</p>"))
        .isEqualTo("\\# no heading\n\n1\\. no list\n\n\\- no\n\n\\> no");
    assertThat(convert("<p>*a* _b_ snake_case 2 * 3 `c` &lt;b> &amp;amp; [d](e) \\*</p>"))
        .isEqualTo("\\*a\\* \\_b\\_ snake_case 2 \\* 3 \\`c\\` \\<b> \\&amp; [d\\](e) \\\\\\*");
    assertThat(convert("<p>a & b, 5 < 6, [1] and #1</p>")).isEqualTo("a & b, 5 < 6, [1] and #1");
  }

  @Test
  void breaksLines() {
    assertThat(convert("<p>a<br>b<br><br>c</p>")).isEqualTo("a\\\nb\n\nc");
    assertThat(convert("<p>a<br>- b</p>")).isEqualTo("a\\\n\\- b");
    assertThat(convert("<h2>a<br>b</h2>")).isEqualTo("## a b");
  }

  @Test
  void writesTables() {
    assertThat(
            convert(
                "<table><caption>Sizes</caption><tr><th>a<th>b<tr><td>1 | 2<td><p>x</p><p>y</p>"
                    + "<tr><td>3</table>"))
        .isEqualTo("Sizes\n\n| a | b |\n| --- | --- |\n| 1 \\| 2 | x y |\n| 3 |");
  }

  @Test
  void unfoldsTablesThatOnlyArrangeThePage() {
    assertThat(convert("<table><tr><td><h2>a</h2><p>b</p></td><td>c</td></tr></table>"))
        .isEqualTo("## a\n\nb\n\nc");
    assertThat(convert("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"))
        .isEqualTo("a\n\nb");
  }

  @Test
  void writesTermsAndSummaries() {
    assertThat(convert("<dl><dt>Neap</dt><dd>A small tide.</dd></dl>"))
        .isEqualTo("**Neap**\n\nA small tide.");
    assertThat(convert("<details><summary>Why?</summary>Because.</details>"))
        .isEqualTo("**Why?**\n\nBecause.");
  }

  @Test
  void dropsWhatIsNotTheArticle() {
    assertThat(
            convert(
                "<nav>n</nav><p>a<script>s</script><style>t</style></p><aside>b</aside>"
                    + "<footer>f</footer><form><p>g</p></form><p hidden>h</p>"
                    + "<p style='display: none'>i</p><!-- c --><template>t</template>"))
        .isEqualTo("a");
  }

  @Test
  void keepsBlocksInsideInlineElements() {
    assertThat(convert("<span>a<div>b</div></span><a href='/x'><h2>c</h2><p>d</p></a>"))
        .isEqualTo("a\n\nb\n\n## c\n\nd");
  }

  @Test
  void breaksAtBlankLinesWhereParagraphsAreStoredSo() {
    Document page =
        Jsoup.parseBodyFragment("a\nb\n\n<strong>c</strong> d\n\n<ul><li>e</li></ul>\nf");

    assertThat(HtmlToMarkdown.convert(page.body(), true)).isEqualTo("a b\n\n**c** d\n\n- e\n\nf");
  }
}
