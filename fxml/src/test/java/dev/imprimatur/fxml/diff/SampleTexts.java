package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Long texts to compare, the same in every run.
final class SampleTexts {
  static final int LONG = 200_000;

  private final Random random;
  private final List<String> vocabulary = new ArrayList<>();

  record Pair(String left, String right) {}

  SampleTexts(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      var word = new StringBuilder();
      int length = 1 + random.nextInt(9);
      for (int k = 0; k < length; k++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      vocabulary.add(word.toString());
    }
  }

  /// 2,000 lines, one in twenty changed.
  static Pair manyLines() {
    var texts = new SampleTexts(1);
    List<String> left = texts.lines();
    List<String> right = new ArrayList<>(left);
    for (int i = 0; i < left.size(); i++) {
      if (texts.random.nextInt(20) == 0) {
        right.set(i, texts.edited(left.get(i), 5));
      }
    }
    return new Pair(String.join("\n", left), String.join("\n", right));
  }

  /// One line, one word in twenty changed.
  static Pair oneLine() {
    var texts = new SampleTexts(2);
    String left = String.join(" ", texts.lines());
    return new Pair(left, texts.edited(left, 20));
  }

  /// 2,000 lines on either side that have nothing to do with one another but their vocabulary.
  static Pair different() {
    var texts = new SampleTexts(3);
    return new Pair(String.join("\n", texts.lines()), String.join("\n", texts.lines()));
  }

  /// The same without a line break.
  static Pair differentLine() {
    Pair pair = different();
    return new Pair(pair.left.replace('\n', ' '), pair.right.replace('\n', ' '));
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int length = 0; length < LONG; length += lines.getLast().length() + 1) {
      var line = new StringBuilder();
      while (line.length() < 95) {
        line.append(line.isEmpty() ? "" : " ").append(word());
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private String word() {
    // Few words are frequent, most are rare, as in any language.
    double place = Math.pow(random.nextDouble(), 3);
    return vocabulary.get((int) (place * vocabulary.size()));
  }

  private String edited(String line, int oneIn) {
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      if (random.nextInt(oneIn) == 0) {
        words[i] = word() + "x";
      }
    }
    return String.join(" ", words);
  }
}
