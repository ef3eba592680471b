package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Change;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One entry of the list that shows a diff: a row, or a stretch of unchanged rows folded into one.
sealed interface DiffItem {
  /// Longer stretches without a change can be folded.
  int LONGEST_STRETCH = 6;

  /// How many unchanged rows stay beside a change when the others are folded.
  int CONTEXT = 2;

  /// Index of the (first) row in the diff.
  int index();

  /// A row as it is.
  ///
  /// @param line the line it belongs to, on the right if there is one, from 1
  record Shown(int index, Row row, int line) implements DiffItem {}

  /// Unchanged rows that are not shown.
  ///
  /// @param to index after the last of them
  /// @param lines how many lines begin there
  record Fold(int index, int to, int lines) implements DiffItem {}

  /// All rows.
  static List<DiffItem> all(TextDiff diff) {
    List<DiffItem> items = new ArrayList<>(diff.rows().size());
    int left = 0;
    int right = 0;
    for (Row row : diff.rows()) {
      left = Math.max(left, row.left().line());
      right = Math.max(right, row.right().line());
      items.add(new Shown(items.size(), row, row.right().isAbsent() ? left : right));
    }
    return items;
  }

  /// The changes with a little around them.
  ///
  /// @param all all rows
  /// @param unfolded the stretches to show nonetheless, by the index of their first row
  static List<DiffItem> folded(List<DiffItem> all, List<Change> changes, Set<Integer> unfolded) {
    List<DiffItem> items = new ArrayList<>();
    int next = 0;
    for (Change change : changes) {
      stretch(all, next, change.from(), unfolded, items);
      items.addAll(all.subList(change.from(), change.to()));
      next = change.to();
    }
    stretch(all, next, all.size(), unfolded, items);
    return items;
  }

  private static void stretch(
      List<DiffItem> all, int from, int to, Set<Integer> unfolded, List<DiffItem> into) {
    int first = from == 0 ? 0 : from + CONTEXT;
    int last = to == all.size() ? to : to - CONTEXT;
    if (to - from <= LONGEST_STRETCH || unfolded.contains(first)) {
      into.addAll(all.subList(from, to));
      return;
    }
    into.addAll(all.subList(from, first));
    int lines =
        (int)
            all.subList(first, last).stream()
                .filter(item -> item instanceof Shown shown && shown.row().startsLine())
                .count();
    into.add(new Fold(first, last, lines));
    into.addAll(all.subList(last, to));
  }
}
