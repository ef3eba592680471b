package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a file's first lines say about it.
///
/// @param matrix whether it is a win matrix, else a list
/// @param named whether the first line holds names and no comparison
/// @param labelled of a matrix: whether each line begins with its text's name
/// @param columns of a list: where winner, loser, judge, outcome and first are; -1 for nowhere
/// @param passedOver of a list: the columns that mean nothing here
record Layout(
    boolean matrix,
    boolean named,
    boolean labelled,
    List<Integer> columns,
    List<String> passedOver) {
  static final List<String> NAMES = List.of("winner", "loser", "judge", "outcome", "first");

  /// @param head the first lines; at least as many as a list has columns, and two more, if there
  ///   are so many
  static Layout of(List<Line> head, Format format) {
    Line first = head.getFirst();
    List<String> lower =
        first.fields().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean listed = lower.contains("winner") && lower.contains("loser");
    return switch (format) {
      case LIST -> list(first, lower, listed);
      case MATRIX -> matrix(head);
      case AUTO -> !listed && looksLikeMatrix(head) ? matrix(head) : list(first, lower, listed);
    };
  }

  private static Layout list(Line first, List<String> lower, boolean named) {
    List<Integer> columns = new ArrayList<>();
    for (int c = 0; c < NAMES.size(); c++) {
      columns.add(named ? lower.indexOf(NAMES.get(c)) : c);
    }
    List<String> passedOver = new ArrayList<>();
    for (int c = 0; named && c < lower.size(); c++) {
      if (!columns.contains(c)) {
        passedOver.add(first.field(c));
      }
    }
    return new Layout(false, named, false, columns, List.copyOf(passedOver));
  }

  private static Layout matrix(List<Line> head) {
    boolean named = !allCounts(head.getFirst(), 0);
    boolean labelled =
        named
            && (head.getFirst().field(0).isEmpty()
                || head.size() > 1
                    && !Line.isCount(head.get(1).field(0))
                    && !head.get(1).field(0).isEmpty());
    return new Layout(true, named, labelled, List.of(), List.of());
  }

  /// Lists have few columns and no empty corner; a small matrix has counts everywhere, and no text
  /// that won against itself.
  private static boolean looksLikeMatrix(List<Line> head) {
    Line first = head.getFirst();
    if (first.size() > NAMES.size() || first.size() > 1 && first.field(0).isEmpty()) {
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
      boolean own = rows.get(r).field(skipped + r).equals("0");
      if (!own || !allCounts(rows.get(r), skipped)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allCounts(Line line, int from) {
    return line.fields().stream().skip(from).allMatch(Line::isCount);
  }
}
