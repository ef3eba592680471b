package dev.imprimatur.engine.provider.local;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which words are chosen: their length, grammar words, persons, hedges, connectives and endings.
/// Shares are per 100 words.
final class LexisFeatures implements FeatureFamily {
  private static final int LONG_WORD = 9;

  private static final List<Feature> FEATURES =
      List.of(
          new Feature("word_length", "average word length"),
          new Feature("long_words", "share of words of 9 letters or more"),
          new Feature("first_person", "use of the first person"),
          new Feature("second_person", "use of the second person"),
          new Feature("contractions", "use of contractions"),
          new Feature("articles", "use of articles"),
          new Feature("prepositions", "use of prepositions"),
          new Feature("be_forms", "use of forms of \"to be\""),
          new Feature("modals", "use of modal verbs"),
          new Feature("hedges", "use of hedging and colloquial words"),
          new Feature("connectives", "use of formal connectives"),
          new Feature("demonstratives", "use of this, that, these, those and it"),
          new Feature("nominalisations", "use of abstract nouns"),
          new Feature("adverbs", "use of adverbs in -ly"),
          new Feature("participles", "use of words in -ing"),
          new Feature("stock_words", "use of stock words of promotional prose"));

  private static final Set<String> FIRST =
      Set.of(
          "i",
          "me",
          "my",
          "mine",
          "myself",
          "we",
          "us",
          "our",
          "ours",
          "ourselves",
          "i'm",
          "i've",
          "i'd",
          "i'll",
          "we're",
          "we've",
          "we'd",
          "we'll");
  private static final Set<String> SECOND =
      Set.of("you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "of", "in", "on", "at", "by", "for", "with", "from", "into", "over", "under", "between",
          "through", "across", "within", "without", "about", "against", "toward", "towards");
  private static final Set<String> BE =
      Set.of(
          "is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't",
          "weren't", "it's", "that's", "there's");
  private static final Set<String> MODALS =
      Set.of(
          "can",
          "could",
          "may",
          "might",
          "must",
          "should",
          "would",
          "shall",
          "will",
          "cannot",
          "can't",
          "couldn't",
          "shouldn't",
          "wouldn't",
          "won't");
  private static final Set<String> HEDGES =
      Set.of(
          "very",
          "really",
          "quite",
          "rather",
          "perhaps",
          "maybe",
          "probably",
          "possibly",
          "actually",
          "basically",
          "just",
          "pretty",
          "somewhat",
          "almost",
          "seem",
          "seems",
          "seemed",
          "anyway",
          "indeed",
          "certainly",
          "simply",
          "obviously",
          "apparently",
          "sort",
          "kind",
          "well",
          "so",
          "some",
          "any",
          "also",
          "such",
          "usually",
          "generally",
          "however");
  private static final Set<String> CONNECTIVES =
      Set.of(
          "moreover",
          "furthermore",
          "therefore",
          "thus",
          "consequently",
          "additionally",
          "similarly",
          "likewise",
          "nevertheless",
          "nonetheless",
          "hence",
          "whereas",
          "while",
          "although",
          "because",
          "since",
          "instead");
  private static final Set<String> DEMONSTRATIVES =
      Set.of("this", "that", "these", "those", "it", "its", "which");
  private static final Set<String> STOCK =
      Set.of(
          "crucial",
          "essential",
          "ensure",
          "ensures",
          "ensuring",
          "leverage",
          "robust",
          "seamless",
          "seamlessly",
          "landscape",
          "journey",
          "delve",
          "tapestry",
          "vital",
          "key",
          "comprehensive",
          "innovative",
          "foster",
          "fosters",
          "enhance",
          "enhances",
          "enhancing",
          "streamline",
          "navigate",
          "navigating",
          "empower",
          "empowers",
          "transform",
          "valuable",
          "insights",
          "unlock",
          "elevate",
          "pivotal",
          "meaningful",
          "holistic",
          "dynamic",
          "thoughtful",
          "consistent",
          "consistently",
          "significant",
          "significantly",
          "effective",
          "effectively",
          "strategy",
          "strategies");

  @Override
  public List<Feature> features() {
    return FEATURES;
  }

  @Override
  public double[] measure(StyleText text) {
    List<String> words = text.words();
    double[] letters = words.stream().mapToDouble(String::length).toArray();
    return new double[] {
      Stats.mean(letters),
      share(words, w -> w.length() >= LONG_WORD),
      share(words, FIRST::contains),
      share(words, SECOND::contains),
      share(words, LexisFeatures::isContraction),
      share(words, ARTICLES::contains),
      share(words, PREPOSITIONS::contains),
      share(words, BE::contains),
      share(words, MODALS::contains),
      share(words, HEDGES::contains),
      share(words, CONNECTIVES::contains),
      share(words, DEMONSTRATIVES::contains),
      share(words, LexisFeatures::isNominalisation),
      share(words, w -> w.length() > 4 && w.endsWith("ly")),
      share(words, w -> w.length() > 5 && w.endsWith("ing")),
      share(words, STOCK::contains)
    };
  }

  private static double share(List<String> words, Predicate<String> test) {
    return 100 * Stats.ratio(words.stream().filter(test).count(), words.size());
  }

  private static boolean isContraction(String word) {
    return word.endsWith("n't")
        || word.endsWith("'re")
        || word.endsWith("'ve")
        || word.endsWith("'ll")
        || word.endsWith("'d")
        || word.endsWith("'m")
        || word.equals("it's")
        || word.equals("that's")
        || word.equals("there's")
        || word.equals("let's")
        || word.equals("what's");
  }

  private static boolean isNominalisation(String word) {
    return word.length() > 6
        && (word.endsWith("tion")
            || word.endsWith("tions")
            || word.endsWith("ment")
            || word.endsWith("ments")
            || word.endsWith("ness")
            || word.endsWith("ity")
            || word.endsWith("ance")
            || word.endsWith("ence"));
  }
}
