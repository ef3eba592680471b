package dev.imprimatur.engine.document;

import java.util.ArrayList;
import java.util.List;

/// Splits text into words: runs of letters, marks and digits, with apostrophes and hyphens inside
/// kept. Each ideograph or kana is a word of its own, because those scripts put no space between
/// words. One pass, no look-back.
public final class Words {
  private Words() {}

  /// The words in order of appearance.
  public static List<TextSpan> split(CharSequence text) {
    List<TextSpan> words = new ArrayList<>();
    int length = text.length();
    int at = 0;
    while (at < length) {
      int codePoint = Character.codePointAt(text, at);
      int next = at + Character.charCount(codePoint);
      if (!isWordPart(codePoint)) {
        at = next;
        continue;
      }
      int end = isUnspaced(codePoint) ? next : endOfWord(text, next);
      words.add(new TextSpan(at, end));
      at = end;
    }
    return words;
  }

  /// The number of words.
  public static int count(CharSequence text) {
    return split(text).size();
  }

  private static int endOfWord(CharSequence text, int from) {
    int at = from;
    while (at < text.length()) {
      int codePoint = Character.codePointAt(text, at);
      int next = at + Character.charCount(codePoint);
      if (isWordPart(codePoint) && !isUnspaced(codePoint)) {
        at = next;
      } else if (isJoiner(codePoint)
          && next < text.length()
          && isWordPart(Character.codePointAt(text, next))
          && !isUnspaced(Character.codePointAt(text, next))) {
        at = next;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isJoiner(int codePoint) {
    return codePoint == '\'' || codePoint == '\u2019' || codePoint == '-' || codePoint == '\u2010';
  }

  private static boolean isWordPart(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.NON_SPACING_MARK
        || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isUnspaced(int codePoint) {
    if (codePoint < 0x2E80) {
      return false;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }
}
