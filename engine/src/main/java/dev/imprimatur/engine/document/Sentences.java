package dev.imprimatur.engine.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Splits running text into sentences. A full stop, question or exclamation mark ends a sentence if
/// white space and something that can begin a sentence follow, and no abbreviation stands before
/// it; an ideographic full stop always does. One pass, so hostile input costs no more than other
/// input.
public final class Sentences {
  /// Abbreviations after which a sentence goes on, in lower case, without the last full stop.
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "cf", "vs", "mr", "mrs", "ms", "dr", "prof", "st", "fig", "figs", "no",
          "nos", "vol", "pp", "eq", "sec", "ch", "approx", "ca", "viz", "al", "jr", "sr", "eg",
          "ie", "resp", "incl", "esp");

  private static final String CLOSERS = "\"')]}*_`\u201d\u2019\u00bb";
  private static final int LONGEST_ABBREVIATION = 8;

  private Sentences() {}

  /// The sentences in order, without the white space around them; a text with no end mark is one
  /// sentence, a blank text none.
  public static List<TextSpan> split(CharSequence text) {
    List<TextSpan> sentences = new ArrayList<>();
    int start = skipSpace(text, 0);
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isIdeographicEnd(c)) {
        at = skipClosers(text, at + 1);
        sentences.add(new TextSpan(start, at));
        start = skipSpace(text, at);
        at = start;
      } else if (c == '.' || c == '!' || c == '?') {
        int end = skipClosers(text, skipEndMarks(text, at));
        int next = skipSpace(text, end);
        if (next > end && next < text.length() && ends(text, start, at, c, next)) {
          sentences.add(new TextSpan(start, end));
          start = next;
          at = next;
        } else {
          at = end;
        }
      } else {
        at++;
      }
    }
    int end = text.length();
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      sentences.add(new TextSpan(start, end));
    }
    return sentences;
  }

  private static boolean ends(CharSequence text, int start, int mark, char c, int next) {
    int follower = Character.codePointAt(text, next);
    if (Character.isLowerCase(follower)) {
      return false;
    }
    return c != '.' || !isAbbreviation(text, start, mark);
  }

  private static boolean isAbbreviation(CharSequence text, int start, int mark) {
    int from = mark;
    while (from > start
        && mark - from <= LONGEST_ABBREVIATION
        && isAbbreviationPart(text.charAt(from - 1))) {
      from--;
    }
    String word = text.subSequence(from, mark).toString();
    boolean initial =
        word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
    return initial || ABBREVIATIONS.contains(word.toLowerCase(java.util.Locale.ROOT));
  }

  private static boolean isAbbreviationPart(char c) {
    return Character.isLetter(c) || c == '.';
  }

  private static int skipEndMarks(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && ".!?\u2026".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int skipClosers(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && CLOSERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int skipSpace(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isIdeographicEnd(char c) {
    return c == '\u3002' || c == '\uff01' || c == '\uff1f';
  }
}
