package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Change;
import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes rows of pieces. A long line is cut into several rows, both sides at the same place, so
/// that no row takes long to draw.
final class Rows {
  /// From here on a row ends where a word begins.
  private static final int SOFT = 360;

  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final SideBuilder left = new SideBuilder();
  private final SideBuilder right = new SideBuilder();
  private boolean startsChange;
  private boolean inLine;
  private int added;
  private int removed;

  private static final class SideBuilder {
    private final List<Span> spans = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Mark mark = Mark.SAME;
    private int length;
    private int line;
    private boolean afterSpace;

    void append(Token token, Mark as) {
      if (as != mark) {
        endSpan();
        mark = as;
      }
      text.append(token.text());
      length += token.text().length();
      afterSpace = token.isSpace();
    }

    boolean isFull(Token token) {
      int next = length + token.text().length();
      boolean goodPlace = afterSpace && !token.isSpace();
      return length > 0 && (next > TextDiff.LONGEST_SIDE || (next > SOFT && goodPlace));
    }

    private void endSpan() {
      if (!text.isEmpty()) {
        spans.add(new Span(mark, text.toString()));
        text.setLength(0);
      }
    }

    Side take(String ending) {
      endSpan();
      boolean shows = !spans.isEmpty() || !ending.isEmpty();
      Side side = new Side(shows ? line : 0, List.copyOf(spans), ending);
      // The number stands where the line begins.
      line = shows ? 0 : line;
      spans.clear();
      length = 0;
      afterSpace = false;
      return side;
    }
  }

  /// Adds a pair of lines, or one line alone.
  ///
  /// @param leftLine its number from 1, or 0 without a line on the left
  /// @param rightLine the same on the right
  void add(int leftLine, @Nullable Line from, int rightLine, @Nullable Line to, List<Piece> how) {
    left.line = leftLine;
    right.line = rightLine;
    inLine = false;
    startsChange = false;
    for (Piece piece : how) {
      if (piece.same()) {
        same(piece);
      } else {
        changed(piece);
      }
    }
    endRow(from == null ? "" : from.ending(), to == null ? "" : to.ending(), true);
  }

  private void same(Piece piece) {
    for (Token token : piece.left()) {
      if (left.isFull(token) || right.isFull(token)) {
        endRow();
      }
      left.append(token, Mark.SAME);
      right.append(token, Mark.SAME);
    }
  }

  private void changed(Piece piece) {
    removed += Piece.words(piece.left());
    added += Piece.words(piece.right());
    boolean fits =
        left.length + Piece.length(piece.left()) <= TextDiff.LONGEST_SIDE
            && right.length + Piece.length(piece.right()) <= TextDiff.LONGEST_SIDE;
    if (!fits && left.length + right.length > 0) {
      endRow();
    }
    startsChange = true;
    int i = 0;
    int j = 0;
    while (i < piece.left().size() || j < piece.right().size()) {
      i = fill(left, piece.left(), i, Mark.REMOVED);
      j = fill(right, piece.right(), j, Mark.ADDED);
      if (i < piece.left().size() || j < piece.right().size()) {
        endRow();
      }
    }
  }

  private static int fill(SideBuilder side, List<Token> tokens, int from, Mark mark) {
    int at = from;
    while (at < tokens.size() && !side.isFull(tokens.get(at))) {
      side.append(tokens.get(at++), mark);
    }
    return at;
  }

  private void endRow() {
    endRow("", "", false);
  }

  private void endRow(String leftEnding, String rightEnding, boolean last) {
    boolean leftAlone = right.line == 0 && !inLine && right.length == 0;
    boolean rightAlone = left.line == 0 && !inLine && left.length == 0;
    // An empty last line without an ending has nothing but its number.
    boolean bare = last && !inLine && left.length + right.length == 0;
    int leftLine = left.line;
    int rightLine = right.line;
    Side from = left.take(leftEnding);
    Side to = right.take(rightEnding);
    if (bare) {
      from = new Side(leftLine, from.spans(), leftEnding);
      to = new Side(rightLine, to.spans(), rightEnding);
    }
    Kind kind = kind(from, to);
    if (bare && leftAlone != rightAlone) {
      kind = leftAlone ? Kind.REMOVED : Kind.ADDED;
    }
    boolean follows = !rows.isEmpty() && rows.getLast().kind() != Kind.SAME;
    if (kind != Kind.SAME && (!follows || (inLine && startsChange))) {
      starts.add(rows.size());
    }
    rows.add(new Row(kind, from, to));
    startsChange = false;
    inLine = true;
  }

  private static Kind kind(Side from, Side to) {
    boolean removes = from.spans().stream().anyMatch(s -> s.mark() != Mark.SAME);
    boolean adds = to.spans().stream().anyMatch(s -> s.mark() != Mark.SAME);
    if (!removes && !adds) {
      return Kind.SAME;
    }
    if (to.spans().isEmpty()) {
      return Kind.REMOVED;
    }
    return from.spans().isEmpty() ? Kind.ADDED : Kind.CHANGED;
  }

  TextDiff done() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int limit = i + 1 < starts.size() ? starts.get(i + 1) : rows.size();
      int end = starts.get(i);
      while (end < limit && rows.get(end).kind() != Kind.SAME) {
        end++;
      }
      changes.add(new Change(starts.get(i), end));
    }
    return new TextDiff(List.copyOf(rows), List.copyOf(changes), added, removed);
  }
}
