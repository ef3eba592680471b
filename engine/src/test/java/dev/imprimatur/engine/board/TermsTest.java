package dev.imprimatur.engine.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TermsTest {
  @Test
  void addressesSayNothing() {
    assertThat(
            Terms.of(
                "Tents [compared](https://www.example.org/a?utm_source=rss) at www.example.org/b"))
        .containsExactly("tent", "compared");
  }

  @Test
  void wordsOfTwoLettersMaySaySomething() {
    assertThat(Terms.of("AI and HR: is it so?")).containsExactly("ai", "hr");
  }
}
