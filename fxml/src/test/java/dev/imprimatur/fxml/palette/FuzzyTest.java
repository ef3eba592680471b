package dev.imprimatur.fxml.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What was typed means what a person means by it.
class FuzzyTest {
  private static boolean matches(String typed, String title) {
    return Fuzzy.match(typed, title).isPresent();
  }

  private static int score(String typed, String title) {
    return Fuzzy.match(typed, title).orElseThrow().score();
  }

  private static String marked(String typed, String title) {
    return Fuzzy.match(typed, title).orElseThrow().marks().stream()
        .mapToObj(i -> String.valueOf(title.charAt(i)))
        .collect(Collectors.joining());
  }

  @Test
  void lettersMayBeLeftOutAfterTheBeginningOfAWord() {
    assertThat(marked("apv", "Approve the version")).isEqualTo("Apv");
    assertThat(marked("rwrt", "Request a rewrite")).isEqualTo("rwrt");
    assertThat(marked("stba", "Stuck batches")).isEqualTo("Stba");
    assertThat(matches("", "Anything")).isTrue();
    assertThat(matches("xyz", "Approve the version")).isFalse();
    assertThat(matches("pv", "Approve")).as("not from the middle of a word").isFalse();
  }

  @Test
  void wordsMayComeInAnyOrderAndEachMustBeThere() {
    assertThat(matches("version approve", "Approve the version")).isTrue();
    assertThat(matches("version reject", "Approve the version")).isFalse();
  }

  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(marked("CAFE", "Im Café")).isEqualTo("Café");
    assertThat(marked("İst", "In İstanbul")).isEqualTo("İst");
    assertThat(matches("naïve", "A naive reading")).isTrue();
  }

  @Test
  void whatIsMeantMoreExactlyComesFirst() {
    assertThat(score("queue", "Queue")).isGreaterThan(score("queue", "Layout of the queue"));
    assertThat(score("tour", "Tours")).isGreaterThan(score("tour", "A detour"));
    assertThat(score("lock", "Locks")).isGreaterThan(score("lock", "Look at the clock"));
  }

  @Test
  void longTitlesAreSearchedQuicklyAndOnlySoFar() {
    assertThat(matches("abab", "a".repeat(10_000))).isFalse();
    assertThat(matches("z", "a ".repeat(500) + "z")).isFalse();
  }
}
