package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A text a line: how often it won against the text of each column.
final class MatrixLines implements Lines {
  private final Layout layout;
  private final Problems problems;
  private final Comparisons.Builder builder = new Comparisons.Builder();
  private final int skipped;
  private List<String> names = List.of();
  private boolean begun;
  private int rows;

  MatrixLines(Layout layout, Problems problems) {
    this.layout = layout;
    this.problems = problems;
    this.skipped = layout.labelled() ? 1 : 0;
  }

  @Override
  public void take(Line line) {
    if (!begun) {
      begun = true;
      begin(line);
      if (layout.named()) {
        return;
      }
    }
    row(line);
    rows++;
  }

  private void begin(Line line) {
    List<String> list = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int c = skipped; c < line.size(); c++) {
      String name = layout.named() ? line.field(c) : String.valueOf(c + 1);
      if (name.isEmpty()) {
        problems.add(line.number(), "the name of column " + (c + 1) + " is empty");
      } else if (!seen.add(name)) {
        problems.add(line.number(), "two columns are called '" + name + "'");
      }
      list.add(name);
      builder.text(name);
    }
    names = List.copyOf(list);
  }

  private void row(Line line) {
    int size = line.size() - skipped;
    if (size != names.size()) {
      problems.add(
          line.number(),
          "a win matrix is square: there are "
              + size
              + (size == 1 ? " number" : " numbers")
              + " in this line and "
              + names.size()
              + " columns");
      return;
    }
    if (rows >= names.size()) {
      problems.add(
          line.number(),
          "a win matrix is square: there are "
              + names.size()
              + " columns and more lines than that");
      return;
    }
    String name = names.get(rows);
    if (layout.labelled() && !line.field(0).equals(name)) {
      problems.add(
          line.number(),
          "the line is called '"
              + line.field(0)
              + "', but lines go as columns do, and it would be '"
              + name
              + "'s turn");
      return;
    }
    for (int c = 0; c < names.size(); c++) {
      cell(line, name, c, line.field(c + skipped));
    }
  }

  private void cell(Line line, String name, int column, String written) {
    String wins = Counts.plain(written);
    if (column == rows) {
      if (!Layout.isOwn(written)) {
        problems.add(
            line.number(),
            "'" + name + "' can't win against itself: '" + written + "'. Write 0 or nothing there");
      }
      return;
    }
    String other = names.get(column);
    if (wins.matches("[0-9]{1,3}([.,][0-9]{3})+")) {
      problems.add(line.number(), "'" + written + "'" + Counts.THOUSANDS);
      return;
    }
    if (!Line.isCount(wins)) {
      problems.add(
          line.number(),
          "'"
              + written
              + "', the wins of '"
              + name
              + "' over '"
              + other
              + "', is no whole number from 0 on. "
              + (wins.matches("[0-9]+[.,][0-9]+")
                  ? "Ties do not go into a matrix: write a list with a column outcome, win or tie"
                  : "Write 0 where they never met"));
      return;
    }
    if (wins.length() > 9 || builder.size() + Long.parseLong(wins) > ComparisonFile.MOST) {
      problems.add(line.number(), "there are more than " + ComparisonFile.MOST + " comparisons");
      return;
    }
    int count = Integer.parseInt(wins);
    if (count > 0 && !problems.any()) {
      builder.add(Comparison.win(name, other), count);
    }
  }

  @Override
  public void end() {
    if (rows < names.size()) {
      problems.add(
          0,
          "a win matrix is square: there are "
              + names.size()
              + " columns and "
              + rows
              + (rows == 1 ? " line" : " lines")
              + " of numbers. If it is a list of comparisons, say so");
    }
  }

  @Override
  public Comparisons comparisons() {
    return builder.build();
  }
}
