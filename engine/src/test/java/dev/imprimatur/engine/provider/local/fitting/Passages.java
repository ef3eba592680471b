package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.document.Sentences;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import java.util.ArrayList;
import java.util.List;

/// Cuts paragraphs into passages of whole sentences. Both classes are cut by the same rule, with
/// lengths that run through the same cycle, so that length cannot tell them apart.
final class Passages {
  private static final int SHORTEST = 150;
  private static final int SPAN = 251;
  private static final int STRIDE = 97;

  private Passages() {}

  /// @param offset words before the passage
  record Passage(int offset, int words, String text) {}

  static List<Passage> cut(List<String> paragraphs, int seed) {
    List<Passage> passages = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int words = 0;
    int before = 0;
    int number = Math.floorMod(seed, SPAN);
    for (String paragraph : paragraphs) {
      for (TextSpan sentence : Sentences.split(paragraph)) {
        String own = sentence.in(paragraph);
        text.append(own).append(' ');
        words += Words.count(own);
        if (words >= SHORTEST + number * STRIDE % SPAN) {
          passages.add(new Passage(before, words, text.toString().strip()));
          before += words;
          number++;
          words = 0;
          text.setLength(0);
        }
      }
      text.append('\n');
    }
    if (words >= SHORTEST) {
      passages.add(new Passage(before, words, text.toString().strip()));
    }
    return passages;
  }
}
