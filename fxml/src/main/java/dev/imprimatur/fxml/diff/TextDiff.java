package dev.imprimatur.fxml.diff;

import java.util.List;
import java.util.stream.Collectors;

/// What changed from one text to another, in rows to be shown. Lines that are alike stand side by
/// side and are compared word by word; a long line is cut into several rows, both sides at the same
/// place. Whether lines end in `\n` or `\r\n`, and whether the last one ends at all, makes no
/// difference.
///
/// @param rows in reading order; the sides of all rows, put together, are the two texts
/// @param changes in reading order; without overlap
/// @param wordsAdded how many words stand only on the right
/// @param wordsRemoved how many words stand only on the left
public record TextDiff(List<Row> rows, List<Change> changes, int wordsAdded, int wordsRemoved) {
  /// The most characters (UTF-16 units) on one side of a row.
  public static final int LONGEST_SIDE = 400;

  /// Enough for exact results on any article, and less than a second.
  private static final long EFFORT = 30_000_000;

  /// What became of a row.
  public enum Kind {
    SAME,
    CHANGED,
    REMOVED,
    ADDED
  }

  /// What became of some words.
  public enum Mark {
    SAME,
    REMOVED,
    ADDED
  }

  /// Some words. Never empty.
  public record Span(Mark mark, String text) {}

  /// A line of a text, or a part of a long one.
  ///
  /// @param line its number from 1, or 0 where no line begins: the line goes on from the row above,
  ///   or there is none on this side
  /// @param spans what it says; empty for an empty line, or where there is none on this side
  /// @param ending what ends the line, if it ends here: `\n`, `\r\n`, `\r` or nothing
  public record Side(int line, List<Span> spans, String ending) {
    /// What it says, without the ending.
    public String text() {
      return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /// Whether nothing stands on this side.
    public boolean isAbsent() {
      return line == 0 && spans.isEmpty();
    }
  }

  /// A line of both texts, or a part of a long one.
  public record Row(Kind kind, Side left, Side right) {
    /// Both sides in one flow: what was removed before what was added in its place.
    public List<Span> inline() {
      return Inline.of(left.spans(), right.spans());
    }

    /// Whether a line begins here, on either side.
    public boolean startsLine() {
      return left.line() > 0 || right.line() > 0;
    }
  }

  /// Rows that changed together.
  ///
  /// @param from index of the first row
  /// @param to index after the last row
  public record Change(int from, int to) {}

  /// Compares two texts; their titles are their first lines. Takes up to a second for very long and
  /// very different texts, so not for the FX thread.
  public static TextDiff between(
      String leftTitle, String leftBody, String rightTitle, String rightBody) {
    return between(whole(leftTitle, leftBody), whole(rightTitle, rightBody));
  }

  private static String whole(String title, String body) {
    return title.isEmpty() ? body : title + "\n" + body;
  }

  /// Compares two texts that have no title of their own.
  public static TextDiff between(String left, String right) {
    return new Comparison(Line.of(left), Line.of(right), EFFORT).run();
  }

  /// Whether the texts say the same.
  public boolean isIdentical() {
    return changes.isEmpty();
  }

  /// Whether there is nothing on either side.
  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
