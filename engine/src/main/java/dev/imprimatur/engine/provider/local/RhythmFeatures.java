package dev.imprimatur.engine.provider.local;

import java.util.ArrayList;
import java.util.List;

/// How long sentences and clauses are and how much that changes from one to the next.
final class RhythmFeatures implements FeatureFamily {
  private static final int SHORT_SENTENCE = 8;
  private static final int LONG_SENTENCE = 30;

  private static final List<Feature> FEATURES =
      List.of(
          new Feature("sentence_length", "average sentence length"),
          new Feature("sentence_variation", "variation of sentence length"),
          new Feature("sentence_step", "change of length from one sentence to the next"),
          new Feature("short_sentences", "share of sentences of up to 8 words"),
          new Feature("long_sentences", "share of sentences of 30 words or more"),
          new Feature("clause_length", "number of words between two punctuation marks"),
          new Feature("clause_variation", "variation of clause length"),
          new Feature("longest_sentence", "length of the longest sentence against the average"),
          new Feature("syllables", "average number of syllables in a word"),
          new Feature("syllable_variation", "variation of syllables from word to word"));

  @Override
  public List<Feature> features() {
    return FEATURES;
  }

  @Override
  public double[] measure(StyleText text) {
    double[] lengths = text.sentenceWords().stream().mapToDouble(List::size).toArray();
    double[] clauses = clauseLengths(text);
    double[] syllables = text.words().stream().mapToDouble(Syllables::count).toArray();
    double mean = Stats.mean(lengths);
    double steps = 0;
    double longest = 0;
    int shortOnes = 0;
    int longOnes = 0;
    for (int i = 0; i < lengths.length; i++) {
      steps += i == 0 ? 0 : StrictMath.abs(lengths[i] - lengths[i - 1]);
      longest = StrictMath.max(longest, lengths[i]);
      shortOnes += lengths[i] <= SHORT_SENTENCE ? 1 : 0;
      longOnes += lengths[i] >= LONG_SENTENCE ? 1 : 0;
    }
    return new double[] {
      mean,
      Stats.ratio(Stats.deviation(lengths), mean),
      Stats.ratio(Stats.ratio(steps, lengths.length - 1.0), mean),
      Stats.ratio(shortOnes, lengths.length),
      Stats.ratio(longOnes, lengths.length),
      Stats.mean(clauses),
      Stats.ratio(Stats.deviation(clauses), Stats.mean(clauses)),
      Stats.ratio(longest, mean),
      Stats.mean(syllables),
      Stats.deviation(syllables)
    };
  }

  private static double[] clauseLengths(StyleText text) {
    List<Double> lengths = new ArrayList<>();
    for (String sentence : text.sentences()) {
      int from = 0;
      for (int i = 0; i <= sentence.length(); i++) {
        if (i == sentence.length() || isClauseEnd(sentence, i)) {
          int words = dev.imprimatur.engine.document.Words.count(sentence.substring(from, i));
          if (words > 0) {
            lengths.add((double) words);
          }
          from = i + 1;
        }
      }
    }
    return lengths.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// A mark inside a number, an address or a file name ends no clause.
  private static boolean isClauseEnd(String sentence, int at) {
    return ",;:()-".indexOf(sentence.charAt(at)) >= 0
        && (at + 1 >= sentence.length()
            || Character.isWhitespace(sentence.charAt(at + 1))
            || sentence.charAt(at) == '(');
  }
}
