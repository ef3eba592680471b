package dev.imprimatur.engine.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void splitsAfterEndMarksAndClosers() {
    assertThat(split("One is here. \"Two is there.\" Is it three? Yes! (Four.) Five"))
        .containsExactly(
            "One is here.", "\"Two is there.\"", "Is it three?", "Yes!", "(Four.)", "Five");
  }

  @Test
  void goesOnAfterAbbreviationsInitialsAndNumbers() {
    assertThat(split("Use tools, e.g. Make. J. Smith wrote version 3.14 of it. See fig. 3 there."))
        .containsExactly(
            "Use tools, e.g. Make.", "J. Smith wrote version 3.14 of it.", "See fig. 3 there.");
  }

  @Test
  void splitsIdeographicSentences() {
    assertThat(split("\u4eca\u65e5\u306f\u3002\u660e\u65e5\uff01"))
        .containsExactly("\u4eca\u65e5\u306f\u3002", "\u660e\u65e5\uff01");
  }

  @Test
  void findsNoneInBlankTextAndOneWithoutEndMark() {
    assertThat(split("")).isEmpty();
    assertThat(split(" \n ")).isEmpty();
    assertThat(split("  no end mark  ")).containsExactly("no end mark");
    assertThat(split("...")).containsExactly("...");
  }

  @Test
  void wordsKeepApostrophesAndHyphensAndCountIdeographsSingly() {
    String text = "Don't re-use \u4e2d\u6587, caf\u00e9 \ud83d\ude00 x2 -- 'quoted'";
    assertThat(Words.split(text))
        .extracting(span -> span.in(text))
        .containsExactly("Don't", "re-use", "\u4e2d", "\u6587", "caf\u00e9", "x2", "quoted");
  }

  private static List<String> split(String text) {
    return Sentences.split(text).stream().map(span -> span.in(text)).toList();
  }
}
