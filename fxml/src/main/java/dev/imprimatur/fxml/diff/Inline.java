package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.List;

/// Puts the two sides of a row into one flow.
final class Inline {
  private final List<Span> flow = new ArrayList<>();
  private final StringBuilder same = new StringBuilder();

  private Inline() {}

  static List<Span> of(List<Span> left, List<Span> right) {
    var inline = new Inline();
    int i = 0;
    int j = 0;
    // How much of the current span has gone into the flow; spans that are the same may be cut at
    // different places on the two sides.
    int leftDone = 0;
    int rightDone = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && left.get(i).mark() == Mark.REMOVED) {
        inline.changed(left.get(i++));
      } else if (j < right.size() && right.get(j).mark() == Mark.ADDED) {
        inline.changed(right.get(j++));
      } else {
        String from = left.get(i).text();
        int length = Math.min(from.length() - leftDone, right.get(j).text().length() - rightDone);
        inline.same.append(from, leftDone, leftDone + length);
        leftDone += length;
        rightDone += length;
        if (leftDone == from.length()) {
          i++;
          leftDone = 0;
        }
        if (rightDone == right.get(j).text().length()) {
          j++;
          rightDone = 0;
        }
      }
    }
    inline.endSame();
    return List.copyOf(inline.flow);
  }

  private void changed(Span span) {
    endSame();
    flow.add(span);
  }

  private void endSame() {
    if (!same.isEmpty()) {
      flow.add(new Span(Mark.SAME, same.toString()));
      same.setLength(0);
    }
  }
}
