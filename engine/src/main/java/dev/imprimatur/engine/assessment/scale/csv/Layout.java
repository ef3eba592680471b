package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Format;
import dev.imprimatur.engine.assessment.scale.csv.Headings.PairColumns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file's first lines say about it.
///
/// @param matrix whether it is a win matrix, else a list
/// @param named whether the first line holds names and no comparison
/// @param labelled of a matrix: whether each line begins with its text's name
/// @param columns of a list: where winner, loser, judge, outcome, first, count and tied are; -1 for
///   nowhere
/// @param pairs of a list of pairs: its columns
/// @param passedOver of a list: the columns that mean nothing here
record Layout(
    boolean matrix,
    boolean named,
    boolean labelled,
    List<Integer> columns,
    @Nullable PairColumns pairs,
    List<String> passedOver) {
  static final List<String> NAMES = List.of("winner", "loser", "judge", "outcome", "first");

  /// @param head the first lines; at least as many as a list has columns, and two more, if there
  ///   are so many
  static Layout of(List<Line> head, Format format) {
    Line first = head.getFirst();
    Headings headings = Headings.of(first);
    return switch (format) {
      case LIST -> list(first, headings);
      case MATRIX -> matrix(head);
      case AUTO ->
          !headings.known() && looksLikeMatrix(head) ? matrix(head) : list(first, headings);
    };
  }

  private static Layout list(Line first, Headings headings) {
    @Nullable PairColumns pairs = headings.pairs();
    boolean named = headings.known();
    List<Integer> columns = headings.columns();
    if (!named) {
      columns = List.of(0, 1, 2, 3, 4, -1, -1);
    }
    List<Integer> seen = pairs == null ? columns : pairs.all();
    List<String> passedOver = new ArrayList<>();
    for (int c = 0; named && c < first.size(); c++) {
      if (!seen.contains(c)) {
        passedOver.add(first.field(c).isEmpty() ? "column " + (c + 1) : first.field(c));
      }
    }
    return new Layout(false, named, false, columns, pairs, List.copyOf(passedOver));
  }

  private static Layout matrix(List<Line> head) {
    boolean named = !allCounts(head.getFirst(), 0);
    boolean labelled =
        named
            && (head.getFirst().field(0).isEmpty()
                || head.size() > 1
                    && !Line.isCount(head.get(1).field(0))
                    && !head.get(1).field(0).isEmpty());
    return new Layout(true, named, labelled, List.of(), null, List.of());
  }

  /// Lists have few columns and no empty corner; a small matrix has counts everywhere, and no text
  /// that won against itself.
  private static boolean looksLikeMatrix(List<Line> head) {
    Line first = head.getFirst();
    if (first.size() > NAMES.size()) {
      return head.size() < 2 || mostlyCounts(head.get(1));
    }
    if (first.size() > 1 && first.field(0).isEmpty()) {
      return true;
    }
    Layout layout = matrix(head);
    int skipped = layout.labelled ? 1 : 0;
    int size = first.size() - skipped;
    List<Line> rows = layout.named ? head.subList(1, head.size()) : head;
    if (size < 2 || rows.size() > size || rows.size() < Math.min(2, size)) {
      return false;
    }
    for (int r = 0; r < rows.size(); r++) {
      if (!isOwn(rows.get(r).field(skipped + r)) || !countsBeside(rows.get(r), skipped, r)) {
        return false;
      }
    }
    return true;
  }

  /// What stands where a text would have won against itself.
  static boolean isOwn(String field) {
    return field.matches("0*|0+[.]0*|[-–—.xX*]|NA|n/a");
  }

  private static boolean countsBeside(Line line, int skipped, int own) {
    for (int c = skipped; c < line.size(); c++) {
      if (c != skipped + own && !Line.isCount(Answers.plain(line.field(c)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean mostlyCounts(Line line) {
    // The first may be the line's name, and one stands for the text against itself.
    long counts = line.fields().stream().skip(1).map(Answers::plain).filter(Line::isCount).count();
    return 3 * counts >= 2L * (line.size() - 1);
  }

  private static boolean allCounts(Line line, int from) {
    return line.fields().stream().skip(from).allMatch(Line::isCount);
  }
}
