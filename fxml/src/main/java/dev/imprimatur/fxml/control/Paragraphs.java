package dev.imprimatur.fxml.control;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text in pieces that are each quick to lay out.
public final class Paragraphs {
  /// A paragraph longer than this is cut between sentences: nobody writes one, but machines do, and
  /// a single cell of 200 KB would hold up the window.
  private static final int LONGEST = 1_200;

  private Paragraphs() {}

  /// The blocks between empty lines, in reading order.
  public static List<String> of(String body) {
    List<String> pieces = new ArrayList<>();
    for (String block : body.strip().split("\\R\\s*\\R")) {
      if (block.length() <= LONGEST) {
        pieces.add(block);
      } else {
        cut(block, pieces);
      }
    }
    return pieces;
  }

  private static void cut(String block, List<String> pieces) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(block);
    BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
    words.setText(block);
    int from = 0;
    while (from < block.length()) {
      int end = from + LONGEST;
      if (end >= block.length()) {
        end = block.length();
      } else {
        int sentence = breaks.preceding(end + 1);
        int word = words.preceding(end + 1);
        end = sentence > from ? sentence : word > from ? word : end;
      }
      pieces.add(block.substring(from, end).strip());
      from = end;
    }
  }
}
