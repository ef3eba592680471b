package dev.imprimatur.engine.assessment.scale.csv;

import java.io.BufferedReader;
import java.io.IOException;

/// What stands between a file's fields: a comma, or where its first lines hold more of them, a
/// semicolon or a tab.
final class Separator {
  private static final int AHEAD = 1 << 13;

  private Separator() {}

  /// Looks ahead, and leaves the reader where it was.
  static char of(BufferedReader reader) throws IOException {
    reader.mark(AHEAD);
    char[] ahead = new char[AHEAD];
    int length = 0;
    while (length < AHEAD) {
      int more = reader.read(ahead, length, AHEAD - length);
      if (more < 0) {
        break;
      }
      length += more;
    }
    reader.reset();
    String rest = new String(ahead, 0, length).replaceFirst("^[\\r\\n]+", "");
    int second = end(rest, 0);
    int third = end(rest, second);
    char found = ',';
    int most = count(rest, 0, second, ',');
    for (char candidate : new char[] {';', '\t'}) {
      int count = count(rest, 0, second, candidate);
      boolean also = second == rest.length() || count(rest, second, third, candidate) > 0;
      if (count > most && also) {
        found = candidate;
        most = count;
      }
    }
    return found;
  }

  private static int end(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (text.charAt(i) == '\n' && !quoted) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static int count(String text, int from, int to, char wanted) {
    boolean quoted = false;
    int count = 0;
    for (int i = from; i < to; i++) {
      quoted ^= text.charAt(i) == '"';
      count += text.charAt(i) == wanted && !quoted ? 1 : 0;
    }
    return count;
  }
}
