package dev.imprimatur.engine.importing;

import java.text.Normalizer;

/// Brings text into the one form in which it is stored and compared.
final class Texts {
  static final int MAX_TITLE = 300;

  /// Canonical reordering takes quadratic time in the length of a run of combining marks. No script
  /// needs this many.
  private static final int MAX_MARKS = 64;

  private Texts() {}

  /// `\n` line ends, no control characters but tab and newline, no lone surrogates, NFC.
  static String clean(String raw) {
    StringBuilder out = null;
    int length = raw.length();
    for (int i = 0; i < length; i++) {
      char c = raw.charAt(i);
      if (isPlain(c)) {
        if (out != null) {
          out.append(c);
        }
        continue;
      }
      if (out == null) {
        out = new StringBuilder(length).append(raw, 0, i);
      }
      if (c == '\r') {
        out.append('\n');
        if (i + 1 < length && raw.charAt(i + 1) == '\n') {
          i++;
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        out.append(c).append(raw.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        out.append('\uFFFD');
      }
      // What is left is a control character: it says nothing to a reader, and something to a
      // terminal or a database.
    }
    String cleaned = out == null ? raw : out.toString();
    return hasLongMarkRun(cleaned) ? cleaned : Normalizer.normalize(cleaned, Normalizer.Form.NFC);
  }

  private static boolean isPlain(char c) {
    return (c >= ' ' && c < '\u007F')
        || c == '\n'
        || c == '\t'
        || (c >= '\u00A0' && !Character.isSurrogate(c));
  }

  private static boolean hasLongMarkRun(String text) {
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\u0300' && Character.getType(c) == Character.NON_SPACING_MARK) {
        if (++run > MAX_MARKS) {
          return true;
        }
      } else {
        run = 0;
      }
    }
    return false;
  }

  /// A clean text without blank lines before it and with exactly one newline after it; empty if it
  /// is blank.
  static String body(String raw) {
    String text = clean(raw).stripTrailing();
    int start = 0;
    for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
      if (text.charAt(i) == '\n') {
        start = i + 1;
      }
    }
    return text.isEmpty() ? "" : text.substring(start) + "\n";
  }

  /// Everything on one line, white space folded.
  static String line(String raw) {
    String text = clean(raw);
    StringBuilder out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00A0') {
        gap = !out.isEmpty();
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  /// A line of at most [#MAX_TITLE] characters, cut at a word if it must be cut.
  static String title(String raw) {
    return cut(line(raw), MAX_TITLE);
  }

  /// At most `max` characters of a line, never half a surrogate pair; a cut is shown by `…`.
  static String cut(String line, int max) {
    if (line.length() <= max) {
      return line;
    }
    int space = line.lastIndexOf(' ', max - 1);
    int end = space > max / 2 ? space : max - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end).stripTrailing() + "…";
  }
}
