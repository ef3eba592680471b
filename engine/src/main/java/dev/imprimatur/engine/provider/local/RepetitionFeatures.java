package dev.imprimatur.engine.provider.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What comes back: words, word pairs, sentence openings and set figures of speech; and which
/// punctuation is used. Shares are per 100 words unless the name says otherwise.
final class RepetitionFeatures implements FeatureFamily {
  /// Vocabulary measures fall with the length of a text, so they are averaged over windows of this
  /// many words.
  private static final int WINDOW = 100;

  private static final String MARKS = ",.;:()!?\"'-";

  private static final List<Feature> FEATURES =
      List.of(
          new Feature("vocabulary", "share of different words in 100"),
          new Feature("repeated_pairs", "share of word pairs that come back"),
          new Feature("sentence_overlap", "overlap of words between neighbouring sentences"),
          new Feature("repeated_openings", "share of sentences that open like an earlier one"),
          new Feature("triads", "use of lists of three"),
          new Feature("contrasts", "use of \"not X but Y\" contrasts"),
          new Feature("mark_entropy", "variety of punctuation"),
          new Feature("commas", "use of commas"),
          new Feature("semicolons", "use of semicolons"),
          new Feature("colons", "use of colons"),
          new Feature("brackets", "use of brackets"),
          new Feature("questions", "share of sentences that are questions"),
          new Feature("quotation_marks", "use of quotation marks"),
          new Feature("hyphens", "use of hyphenated words"));

  @Override
  public List<Feature> features() {
    return FEATURES;
  }

  @Override
  public double[] measure(StyleText text) {
    List<String> words = text.words();
    double count = words.size();
    String prose = text.text();
    long[] marks = countMarks(prose);
    return new double[] {
      vocabulary(words),
      repeatedPairs(words),
      overlap(text.sentenceWords()),
      repeatedOpenings(text.sentenceWords()),
      100 * Stats.ratio(triads(prose), count),
      100 * Stats.ratio(contrasts(text.sentenceWords()), text.sentences().size()),
      entropy(marks),
      100 * Stats.ratio(marks[MARKS.indexOf(',')], count),
      100 * Stats.ratio(marks[MARKS.indexOf(';')], count),
      100 * Stats.ratio(marks[MARKS.indexOf(':')], count),
      100 * Stats.ratio(marks[MARKS.indexOf('(')], count),
      100
          * Stats.ratio(
              text.sentences().stream().filter(s -> s.endsWith("?")).count(),
              text.sentences().size()),
      100 * Stats.ratio(marks[MARKS.indexOf('"')], count),
      100 * Stats.ratio(words.stream().filter(w -> w.indexOf('-') > 0).count(), count)
    };
  }

  private static double vocabulary(List<String> words) {
    List<Double> shares = new ArrayList<>();
    for (int from = 0; from + WINDOW <= words.size(); from += WINDOW / 2) {
      shares.add(new HashSet<>(words.subList(from, from + WINDOW)).size() / (double) WINDOW);
    }
    return mean(shares);
  }

  private static double repeatedPairs(List<String> words) {
    List<Double> shares = new ArrayList<>();
    for (int from = 0; from + WINDOW < words.size(); from += WINDOW / 2) {
      Set<String> pairs = new HashSet<>();
      for (int i = from; i < from + WINDOW; i++) {
        pairs.add(words.get(i) + ' ' + words.get(i + 1));
      }
      shares.add(1 - pairs.size() / (double) WINDOW);
    }
    return mean(shares);
  }

  /// Shared content words per 100 pairs of words: unlike a share of words it does not grow with
  /// sentence length, which is another family's measure.
  private static double overlap(List<List<String>> sentences) {
    List<Double> shares = new ArrayList<>();
    for (int i = 1; i < sentences.size(); i++) {
      Set<String> one = contentWords(sentences.get(i - 1));
      Set<String> two = contentWords(sentences.get(i));
      double pairs = (double) one.size() * two.size();
      one.retainAll(two);
      shares.add(100 * Stats.ratio(one.size(), pairs));
    }
    return mean(shares);
  }

  private static Set<String> contentWords(List<String> words) {
    Set<String> content = new HashSet<>();
    for (String word : words) {
      if (word.length() > 4) {
        content.add(word);
      }
    }
    return content;
  }

  /// Looks back over eight sentences only, so that long texts are not found more repetitive for
  /// their length.
  private static double repeatedOpenings(List<List<String>> sentences) {
    int repeated = 0;
    for (int i = 0; i < sentences.size(); i++) {
      String opening = sentences.get(i).getFirst();
      for (int j = StrictMath.max(0, i - 8); j < i; j++) {
        if (sentences.get(j).getFirst().equals(opening)) {
          repeated++;
          break;
        }
      }
    }
    return Stats.ratio(repeated, sentences.size());
  }

  /// Counts `, x and y` and `, x, and y` where x and y are at most three words.
  private static int triads(String prose) {
    int found = 0;
    for (int at = prose.indexOf(" and "); at >= 0; at = prose.indexOf(" and ", at + 5)) {
      int from = StrictMath.max(0, at - 40);
      int end = at > 0 && prose.charAt(at - 1) == ',' ? at - 1 : at;
      int comma = prose.lastIndexOf(',', end - 1);
      if (comma >= from && spaces(prose, comma + 2, end) <= 2 && noStop(prose, comma, end)) {
        found++;
      }
    }
    return found;
  }

  private static int spaces(String prose, int from, int to) {
    int found = 0;
    for (int i = from; i < to; i++) {
      found += prose.charAt(i) == ' ' ? 1 : 0;
    }
    return found;
  }

  private static boolean noStop(String prose, int from, int to) {
    for (int i = from; i < to; i++) {
      if (".!?\n".indexOf(prose.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static int contrasts(List<List<String>> sentences) {
    int found = 0;
    for (List<String> sentence : sentences) {
      int not = sentence.indexOf("not");
      int but = sentence.lastIndexOf("but");
      int than = sentence.indexOf("than");
      boolean ratherThan = than > 0 && sentence.get(than - 1).equals("rather");
      found += (not >= 0 && but > not) || ratherThan ? 1 : 0;
    }
    return found;
  }

  private static long[] countMarks(String prose) {
    long[] counts = new long[MARKS.length()];
    for (int i = 0; i < prose.length(); i++) {
      int mark = MARKS.indexOf(prose.charAt(i));
      if (mark >= 0) {
        counts[mark]++;
      }
    }
    return counts;
  }

  private static double entropy(long[] counts) {
    double all = 0;
    for (long count : counts) {
      all += count;
    }
    double entropy = 0;
    for (long count : counts) {
      double share = Stats.ratio(count, all);
      entropy -= share == 0 ? 0 : share * StrictMath.log(share) / StrictMath.log(2);
    }
    return entropy;
  }

  private static double mean(Collection<Double> values) {
    return Stats.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
