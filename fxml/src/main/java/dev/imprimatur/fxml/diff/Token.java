package dev.imprimatur.fxml.diff;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A piece of a line that is compared as a whole: a word, a stretch of space, or one other sign.
/// What readers see as one character is never split.
record Token(String text, Type type) {
  /// Longer words and stretches are cut, so that a row can be bounded.
  static final int LONGEST = 100;

  /// From here on characters may combine with the one before.
  private static final char FIRST_COMBINING = 0x300;

  enum Type {
    WORD,
    SPACE,
    SIGN
  }

  boolean isWord() {
    return type == Type.WORD;
  }

  boolean isSpace() {
    return type == Type.SPACE;
  }

  /// The tokens of a line, in order; together they are the line.
  static List<Token> of(String line) {
    List<Token> tokens = new ArrayList<>(line.length() / 3 + 1);
    Characters characters = characters(line);
    int start = 0;
    int at = 0;
    Type type = Type.SIGN;
    boolean alone = true;
    while (at < line.length()) {
      int end = characters.after(at);
      int code = line.codePointAt(at);
      Type next = typeOf(line, at, end, code, start < at && type == Type.WORD);
      boolean ends = alone || next != type || end - start > LONGEST;
      if (ends && at > start) {
        tokens.add(new Token(line.substring(start, at), type));
        start = at;
      }
      type = next;
      alone = next == Type.SIGN || Character.isIdeographic(code);
      at = end;
    }
    if (at > start) {
      tokens.add(new Token(line.substring(start, at), type));
    }
    return tokens;
  }

  private static Type typeOf(String line, int at, int end, int code, boolean inWord) {
    if (Character.isLetterOrDigit(code) || code == '_') {
      return Type.WORD;
    }
    if (Character.isWhitespace(code) || Character.isSpaceChar(code)) {
      return Type.SPACE;
    }
    boolean apostrophe = code == '\'' || code == '’';
    boolean within = inWord && end < line.length() && Character.isLetter(line.codePointAt(end));
    return apostrophe && within ? Type.WORD : Type.SIGN;
  }

  /// Where the character that begins at an index ends.
  private interface Characters {
    int after(int index);
  }

  private static Characters characters(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) >= FIRST_COMBINING) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(line);
        return index -> bounded(line, index, graphemes.following(index));
      }
    }
    return index -> index + 1;
  }

  /// A character with hundreds of marks on it is no writing, and must not make a row endless.
  private static int bounded(String line, int from, int to) {
    if (to - from <= LONGEST) {
      return to;
    }
    int end = from + LONGEST;
    return Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
  }
}
