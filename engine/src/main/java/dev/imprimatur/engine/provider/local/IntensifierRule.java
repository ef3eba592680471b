package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Takes out words that only raise the voice, where the sentence stands without them.
final class IntensifierRule {
  private static final Set<String> INTENSIFIERS =
      Set.of("very", "really", "extremely", "incredibly", "truly", "absolutely", "totally");

  /// After these an intensifier carries meaning: "not very good" is not "not good".
  private static final Set<String> BEFORE =
      Set.of("not", "never", "isn't", "aren't", "wasn't", "don't", "doesn't", "so", "this", "that");

  /// Before these "very" is no intensifier, or the words belong together.
  private static final Set<String> AFTER =
      Set.of(
          "same",
          "least",
          "first",
          "last",
          "own",
          "end",
          "beginning",
          "idea",
          "thing",
          "much",
          "few",
          "little",
          "well",
          "and",
          "or",
          "but",
          "the",
          "a",
          "not");

  private IntensifierRule() {}

  static List<Edit> edits(SourceParagraph paragraph) {
    String text = PhraseRules.straight(paragraph.text());
    List<TextSpan> words = Words.split(text);
    List<Edit> edits = new ArrayList<>();
    for (int i = 1; i + 1 < words.size(); i++) {
      TextSpan word = words.get(i);
      String next = words.get(i + 1).in(text);
      boolean spaced =
          text.startsWith(" ", word.end())
              && words.get(i + 1).start() == word.end() + 1
              && words.get(i - 1).end() == word.start() - 1;
      if (spaced
          && INTENSIFIERS.contains(word.in(text))
          && !INTENSIFIERS.contains(next)
          && !AFTER.contains(next)
          && fits(words.get(i - 1).in(text), word.in(text), next)
          && paragraph.isFree(word.start(), word.end() + 1)) {
        edits.add(
            new Edit(
                word.start(),
                word.end() + 1,
                "",
                new Change(
                    "remove-intensifier",
                    "\u201c" + word.in(text) + "\u201d adds volume, not meaning.")));
      }
    }
    return edits;
  }

  /// "an extremely bad day" must not become "an bad day".
  private static boolean fits(String previous, String word, String next) {
    if (BEFORE.contains(previous.toLowerCase(Locale.ROOT))) {
      return false;
    }
    boolean article = previous.equals("a") || previous.equals("an");
    return !article || startsWithVowel(word) == startsWithVowel(next);
  }

  private static boolean startsWithVowel(String word) {
    return "aeiou".indexOf(word.charAt(0)) >= 0;
  }
}
