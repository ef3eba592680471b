package dev.imprimatur.fxml.palette;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Whether what was typed means a title, and how well. Each word that was typed must be found in
/// the title, in any order: beginning where a word begins, then letter by letter, leaving out as
/// many as one likes; or as it stands, anywhere. Case and accents don't matter.
final class Fuzzy {
  private static final int START = 6;
  private static final int NEXT = 5;
  private static final int FIRST = 4;
  private static final int WHOLE = 3;
  private static final int MOST_LEFT_OUT = 3;
  private static final int NONE = Integer.MIN_VALUE / 2;

  // Longer titles are cut for the search: nobody types so far into one.
  private static final int LONGEST = 200;

  private Fuzzy() {}

  /// How well a title is meant.
  ///
  /// @param score higher is better; comparable for the same typed words only
  /// @param marks the letters of the title that were typed
  record Match(int score, BitSet marks) {}

  /// @param typed nothing matches everything
  static Optional<Match> match(String typed, String title) {
    String text = fold(title.length() > LONGEST ? title.substring(0, LONGEST) : title);
    var marks = new BitSet();
    int score = 0;
    for (String word : fold(typed).strip().split("\\s+")) {
      if (word.isEmpty()) {
        continue;
      }
      int found = word(word, text, marks);
      if (found <= NONE) {
        return Optional.empty();
      }
      score += found;
    }
    return Optional.of(new Match(score, marks));
  }

  private static int word(String word, String text, BitSet marks) {
    int at = text.indexOf(word);
    while (at > 0 && !starts(text, at) && text.indexOf(word, at + 1) > 0) {
      at = text.indexOf(word, at + 1);
    }
    if (at >= 0 && (starts(text, at) || word.length() > 1)) {
      marks.set(at, at + word.length());
      int end = at + word.length();
      boolean whole = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      return (starts(text, at) ? START : 0)
          + (at == 0 ? FIRST : 0)
          + NEXT * word.length()
          + (starts(text, at) && whole ? WHOLE : 0);
    }
    return letters(word, text, marks);
  }

  // best[i][j]: the best score of the letters up to i where the i-th is the text's j-th.
  private static int letters(String word, String text, BitSet marks) {
    int n = word.length();
    int m = text.length();
    int[][] best = new int[n][m];
    int[][] from = new int[n][m];
    for (int i = 0; i < n; i++) {
      Arrays.fill(best[i], NONE);
      for (int j = i; j < m; j++) {
        if (word.charAt(i) == text.charAt(j)) {
          step(best, from, text, i, j);
        }
      }
    }
    int end = -1;
    for (int j = 0; j < m; j++) {
      if (best[n - 1][j] > NONE && (end < 0 || best[n - 1][j] > best[n - 1][end])) {
        end = j;
      }
    }
    if (end < 0) {
      return NONE;
    }
    int score = best[n - 1][end];
    for (int i = n - 1; i >= 0; i--) {
      marks.set(end);
      end = from[i][end];
    }
    return score;
  }

  private static void step(int[][] best, int[][] from, String text, int i, int j) {
    if (i == 0) {
      best[i][j] = starts(text, j) ? START + (j == 0 ? FIRST : 0) : NONE;
      return;
    }
    for (int before = j - 1; before >= 0; before--) {
      if (best[i - 1][before] <= NONE) {
        continue;
      }
      int left = j - before - 1;
      int here;
      if (left == 0) {
        here = NEXT;
      } else if (starts(text, j)) {
        here = START - MOST_LEFT_OUT;
      } else if (oneWord(text, before, j)) {
        here = -Math.min(left, MOST_LEFT_OUT);
      } else {
        continue;
      }
      int score = best[i - 1][before] + here;
      if (score > best[i][j]) {
        best[i][j] = score;
        from[i][j] = before;
      }
    }
  }

  private static boolean oneWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean starts(String text, int at) {
    return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
  }

  // Letter for letter, so that places are those of the title.
  private static String fold(String text) {
    var folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      String one = Normalizer.normalize(text.substring(i, i + 1), Normalizer.Form.NFD);
      folded.append(Character.toLowerCase(one.charAt(0)));
    }
    return folded.toString();
  }
}
