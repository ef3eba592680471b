package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Takes out words that carry nothing: stock openings of sentences, and long phrases for short
/// words.
final class PhraseRules {
  private static final List<String> FILLERS =
      List.of(
          "it is important to note that ",
          "it is important to remember that ",
          "it is important to understand that ",
          "it should be noted that ",
          "it is worth noting that ",
          "it's worth noting that ",
          "it is worth mentioning that ",
          "it goes without saying that ",
          "needless to say, ",
          "as we all know, ",
          "as everyone knows, ",
          "as you may already know, ",
          "in today's fast-paced world, ",
          "in today's digital age, ",
          "in today's world, ",
          "in this day and age, ",
          "at the end of the day, ",
          "as a matter of fact, ",
          "the fact of the matter is that ",
          "first and foremost, ",
          "last but not least, ",
          "simply put, ",
          "basically, ",
          "in conclusion, ",
          "to sum up, ",
          "all in all, ",
          "let's face it, ",
          "the truth is that ",
          "in the final analysis, ",
          "for all intents and purposes, ");

  private record Phrase(String wordy, String plain) {}

  /// Longer phrases stand before those they contain.
  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("in spite of the fact that", "although"),
          new Phrase("despite the fact that", "although"),
          new Phrase("due to the fact that", "because"),
          new Phrase("owing to the fact that", "because"),
          new Phrase("for the reason that", "because"),
          new Phrase("at this point in time", "now"),
          new Phrase("at the present time", "now"),
          new Phrase("in the event that", "if"),
          new Phrase("in the near future", "soon"),
          new Phrase("in order to", "to"),
          new Phrase("for the purpose of", "for"),
          new Phrase("with regard to", "about"),
          new Phrase("with respect to", "about"),
          new Phrase("in relation to", "about"),
          new Phrase("the vast majority of", "most"),
          new Phrase("a large number of", "many"),
          new Phrase("a wide variety of", "many"),
          new Phrase("a wide range of", "many"),
          new Phrase("a significant number of", "many"),
          new Phrase("has the ability to", "can"),
          new Phrase("have the ability to", "can"),
          new Phrase("is able to", "can"),
          new Phrase("are able to", "can"),
          new Phrase("on a regular basis", "regularly"),
          new Phrase("on a daily basis", "daily"),
          new Phrase("on a weekly basis", "weekly"),
          new Phrase("on a monthly basis", "monthly"),
          new Phrase("make use of", "use"),
          new Phrase("makes use of", "uses"),
          new Phrase("making use of", "using"),
          new Phrase("take into consideration", "consider"),
          new Phrase("each and every", "every"),
          new Phrase("absolutely essential", "essential"),
          new Phrase("end result", "result"),
          new Phrase("prior to", "before"),
          new Phrase("subsequent to", "after"),
          new Phrase("utilize", "use"),
          new Phrase("utilizes", "uses"),
          new Phrase("utilizing", "using"),
          new Phrase("utilise", "use"),
          new Phrase("utilises", "uses"),
          new Phrase("utilising", "using"));

  private PhraseRules() {}

  static List<Edit> removeFillerOpenings(SourceParagraph paragraph) {
    List<Edit> edits = new ArrayList<>();
    for (TextSpan sentence : paragraph.sentences()) {
      String lower = straight(sentence.in(paragraph.text()));
      int length = fillerLength(lower);
      int rest = sentence.start() + length;
      if (length > 0 && rest < sentence.end() && paragraph.isFree(sentence.start(), rest + 1)) {
        String filler = paragraph.text().substring(sentence.start(), rest).strip();
        edits.add(
            new Edit(
                sentence.start(),
                rest + 1,
                paragraph.text().substring(rest, rest + 1).toUpperCase(Locale.ROOT),
                new Change(
                    "remove-filler-opening",
                    "The opening \u201c" + filler + "\u201d says nothing and delays the point.")));
      }
    }
    return edits;
  }

  private static int fillerLength(String lower) {
    int length = 0;
    boolean found = true;
    while (found) {
      found = false;
      for (String filler : FILLERS) {
        if (lower.startsWith(filler, length)) {
          length += filler.length();
          found = true;
        }
      }
    }
    return length;
  }

  static List<Edit> shortenWordyPhrases(SourceParagraph paragraph) {
    String lower = straight(paragraph.text());
    List<Edit> edits = new ArrayList<>();
    for (Phrase phrase : PHRASES) {
      for (int at = lower.indexOf(phrase.wordy());
          at >= 0;
          at = lower.indexOf(phrase.wordy(), at + 1)) {
        int end = at + phrase.wordy().length();
        if (isWhole(lower, at, end) && paragraph.isFree(at, end)) {
          edits.add(shorten(paragraph.text(), at, end, phrase));
        }
      }
    }
    edits.sort(Comparator.comparingInt(Edit::start));
    return withoutOverlap(edits);
  }

  private static Edit shorten(String text, int start, int end, Phrase phrase) {
    boolean capital = Character.isUpperCase(text.charAt(start));
    String plain =
        capital
            ? phrase.plain().substring(0, 1).toUpperCase(Locale.ROOT) + phrase.plain().substring(1)
            : phrase.plain();
    return new Edit(
        start,
        end,
        plain,
        new Change(
            "shorten-wordy-phrase",
            "\u201c"
                + phrase.plain()
                + "\u201d says the same as \u201c"
                + phrase.wordy()
                + "\u201d."));
  }

  /// Edits in ascending order; of two that overlap the first stays.
  static List<Edit> withoutOverlap(List<Edit> edits) {
    List<Edit> kept = new ArrayList<>();
    int end = 0;
    for (Edit edit : edits) {
      if (edit.start() >= end) {
        kept.add(edit);
        end = edit.end();
      }
    }
    return kept;
  }

  private static boolean isWhole(String text, int start, int end) {
    boolean left = start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1));
    boolean right = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    return left && right;
  }

  /// Lower case with straight apostrophes and of the same length as the text; a letter whose lower
  /// case is longer stays.
  static String straight(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '\u2019' ? '\'' : Character.toLowerCase(c));
    }
    return out.toString();
  }
}
