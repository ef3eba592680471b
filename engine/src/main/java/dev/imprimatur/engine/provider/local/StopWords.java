package dev.imprimatur.engine.provider.local;

import java.util.Set;

/// English words that say nothing of a text's subject.
final class StopWords {
  private static final Set<String> WORDS =
      Set.of(
          "a", "about", "above", "after", "again", "all", "also", "an", "and", "any", "are", "as",
          "at", "be", "because", "been", "before", "being", "below", "best", "between", "both",
          "but", "by", "can", "could", "did", "do", "does", "doing", "down", "during", "each",
          "even", "every", "few", "first", "for", "from", "further", "get", "gets", "give", "good",
          "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i",
          "if", "in", "into", "is", "it", "its", "itself", "just", "keep", "know", "less", "let",
          "like", "made", "make", "makes", "many", "may", "me", "might", "more", "most", "much",
          "must", "my", "need", "needs", "never", "no", "nor", "not", "now", "of", "off", "often",
          "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "part", "per",
          "practice", "practices", "really", "same", "she", "should", "so", "some", "still",
          "such", "take", "than", "that", "the", "their", "them", "then", "there", "these", "they",
          "thing", "things", "this", "those", "through", "time", "to", "too", "two", "under",
          "until", "up", "us", "use", "used", "using", "very", "want", "was", "way", "ways", "we",
          "well", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with",
          "without", "would", "you", "your", "it's", "don't", "that's", "you're", "guide", "tips");

  private StopWords() {}

  static boolean contains(String word) {
    return word.length() < 2 || WORDS.contains(word);
  }

  /// Takes a plural s and a possessive off, so that "backups" meets "backup".
  static String stem(String word) {
    String bare = word.endsWith("'s") || word.endsWith("\u2019s")
        ? word.substring(0, word.length() - 2)
        : word;
    boolean plural =
        bare.length() > 3 && bare.endsWith("s") && !bare.endsWith("ss") && !bare.endsWith("us");
    return plural ? bare.substring(0, bare.length() - 1) : bare;
  }
}
