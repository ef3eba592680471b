package dev.imprimatur.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Entities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words must come through Markdown unchanged: a score of a text that lost a word is a score of
/// another text.
class MarkdownRoundTripTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "1",
          " ",
          " ",
          "*",
          "_",
          "`",
          "[",
          "]",
          "(",
          ")",
          "<",
          ">",
          "&",
          "#",
          "-",
          "+",
          "=",
          "~",
          "|",
          "\\",
          "!",
          ".",
          ":",
          "é",
          "1.",
          "&amp",
          ";",
          "](",
          "---",
          "<br>",
          "word",
          "**",
          "__",
          "```",
          "~~~",
          "$",
          "\"",
          "'",
          "{",
          "^",
          "/",
          "?",
          "http://x.y");

  private static String throughMarkdown(String html) {
    String markdown = HtmlToMarkdown.convert(Jsoup.parse(html).body(), false);
    List<TablesExtension> extensions = List.of((TablesExtension) TablesExtension.create());
    Parser parser = Parser.builder().extensions(extensions).build();
    HtmlRenderer renderer = HtmlRenderer.builder().extensions(extensions).build();
    return Texts.line(Jsoup.parse(renderer.render(parser.parse(markdown))).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1) no list",
        "+ no list",
        "=====",
        "~~~",
        "***",
        "_ _ _",
        "| a | b |",
        "[x]: http://y",
        "<script>",
        "&copy;",
        "a\\",
        "\\",
        "![x](y)",
        "# #",
        ":---:",
        "a_b_c *d*e",
        "2*3*4",
        "`",
        "-",
        "https://example.org/a_b_c",
        "<!-- x -->",
        "1.",
        "12345678901. x",
        "#"
      })
  void keepsPlainWords(String words) {
    assertThat(throughMarkdown("<p>" + Entities.escape(words) + "</p>")).isEqualTo(words);
    assertThat(throughMarkdown("<p>x<br>" + Entities.escape(words) + "</p>"))
        .isEqualTo("x " + words);
    assertThat(throughMarkdown("<ul><li>" + Entities.escape(words) + "</li></ul>"))
        .isEqualTo(words);
    assertThat(throughMarkdown("<h2>" + Entities.escape(words) + "</h2>")).isEqualTo(words);
  }

  @Test
  void keepsRandomWordsInRandomMarkup() {
    Random random = new Random(20260131);
    for (int round = 0; round < 4000; round++) {
      StringBuilder html = new StringBuilder("<p>");
      for (int i = 0; i < 12; i++) {
        String words = words(random);
        html.append(
            switch (random.nextInt(8)) {
              case 0 -> "<b>" + words + "</b>";
              case 1 -> "<i>" + words + "</i>";
              case 2 -> "<a href='https://example.org/'>" + words + "</a>";
              case 3 -> "<code>" + words + "</code>";
              case 4 -> "<br>" + words;
              case 5 -> "<b>" + words + "<i>" + words + "</i></b>";
              default -> words;
            });
      }
      String expected = Texts.line(Jsoup.parse(html.toString()).text());
      assertThat(throughMarkdown(html.toString())).as(html.toString()).isEqualTo(expected);
    }
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      words.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return Entities.escape(words.toString());
  }
}
