package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits sentences that are too long and marks claims that name no source.
final class SentenceRules {
  static final String PLACEHOLDER = "[source needed]";

  private static final int LONGEST_WORDS = 26;
  private static final int LONGEST_CHARACTERS = 3000;
  private static final int FEWEST_WORDS_A_SIDE = 6;

  /// Where a new clause with a subject of its own begins; a noun after "and" may be the end of an
  /// enumeration, so only pronouns and "there" count.
  private static final Pattern JOINT =
      Pattern.compile(
          "(, and |, but |, so )(?=(?:it|they|we|you|he|she|there|this|I) )|(; )(?=\\p{Ll})"
              + "|(, which means (?:that )?)");

  private static final Pattern CLAIM =
      Pattern.compile(
          "(?<![\\d.,])\\d[\\d.,]*+\\s?(?:%|percent\\b|per cent\\b)"
              + "|\\b(?:studies|research|surveys|statistics|experts?|scientists|data)"
              + " (?:shows?|suggests?|proves?|agrees?|says?|confirms?|indicates?)\\b"
              + "|\\b(?:(?:most|many|some) (?:people|experts|companies|businesses"
              + "|researchers|users|customers)"
              + " (?:say|think|believe|agree|report|find)|(?:is|are|been) (?:proven|shown) to"
              + "|it is (?:widely|well) known|everyone knows"
              + "|the world's (?:best|leading|largest|most)"
              + "|the (?:best|leading|largest|fastest|most \\p{Ll}++)"
              + " [\\p{L} -]{1,40}? (?:in the world|on the market|ever|of all time)"
              + "|by far the (?:best|most))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SOURCE =
      Pattern.compile(
          "\\]\\(|\\]\\[|://|\\[\\d{1,3}\\]|\\baccording to\\b|\\bsource\\b"
              + "|\\((?:[^()]{0,60}) (?:19|20)\\d\\d\\)"
              + "|\\b(?:we|our) (?:measured|counted|surveyed|tested|found)\\b",
          Pattern.CASE_INSENSITIVE);

  private SentenceRules() {}

  static List<Edit> splitLongSentences(SourceParagraph paragraph) {
    List<Edit> edits = new ArrayList<>();
    for (TextSpan sentence : paragraph.sentences()) {
      if (sentence.length() <= LONGEST_CHARACTERS && paragraph.words(sentence) > LONGEST_WORDS) {
        Edit edit = split(paragraph, sentence);
        if (edit != null) {
          edits.add(edit);
        }
      }
    }
    return edits;
  }

  /// Splits at the joint nearest to the middle.
  private static @org.jspecify.annotations.Nullable Edit split(
      SourceParagraph paragraph, TextSpan sentence) {
    String text = sentence.in(paragraph.text());
    Matcher matcher = JOINT.matcher(text);
    Edit best = null;
    int nearest = Integer.MAX_VALUE;
    while (matcher.find()) {
      int start = sentence.start() + matcher.start();
      int end = sentence.start() + matcher.end();
      int distance = StrictMath.abs(matcher.start() - text.length() / 2);
      boolean fits =
          Words.count(text.substring(0, matcher.start())) >= FEWEST_WORDS_A_SIDE
              && Words.count(text.substring(matcher.end())) >= FEWEST_WORDS_A_SIDE
              && end < sentence.end()
              && paragraph.isFree(start, end + 1)
              && !inBrackets(text, matcher.start());
      if (fits && distance < nearest) {
        nearest = distance;
        best = joint(paragraph.text(), start, end, matcher);
      }
    }
    return best;
  }

  private static Edit joint(String text, int start, int end, Matcher matcher) {
    String first = text.substring(end, end + 1);
    String replacement;
    if (matcher.group(3) != null) {
      replacement = ". This means that " + first;
    } else if (", and ".equals(matcher.group(1)) || matcher.group(2) != null) {
      replacement = ". " + first.toUpperCase(Locale.ROOT);
    } else {
      replacement = ", but ".equals(matcher.group(1)) ? ". But " + first : ". So " + first;
    }
    return new Edit(
        start,
        end + 1,
        replacement,
        new Change(
            "split-long-sentence",
            "A sentence of more than " + LONGEST_WORDS + " words is hard to follow and to quote."));
  }

  private static boolean inBrackets(String text, int at) {
    int depth = 0;
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
    return depth > 0;
  }

  /// A claim counts as supported when its paragraph names any source at all: the rule would rather
  /// miss one than nag.
  static List<Edit> markUnsupportedClaims(SourceParagraph paragraph) {
    List<Edit> edits = new ArrayList<>();
    if (SOURCE.matcher(paragraph.text().replace(PLACEHOLDER, "")).find()) {
      return edits;
    }
    for (TextSpan sentence : paragraph.sentences()) {
      String text = sentence.in(paragraph.text());
      if (CLAIM.matcher(text).find() && !text.contains(PLACEHOLDER)) {
        int at = sentence.start() + endOfWords(text);
        if (paragraph.isFree(StrictMath.max(0, at - 1), at + 1)) {
          edits.add(
              new Edit(
                  at,
                  at,
                  " " + PLACEHOLDER,
                  new Change(
                      "mark-unsupported-claim",
                      "A figure or a sweeping claim stands without a source; a person has to add"
                          + " one or take the claim out.")));
        }
      }
    }
    return edits;
  }

  private static int endOfWords(String sentence) {
    int at = sentence.length();
    while (at > 0 && ".!?".indexOf(sentence.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }
}
