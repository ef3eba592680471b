package dev.imprimatur.app.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Aligned columns for people. Where the terminal is too narrow, the widest column is cut that may
/// be.
final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param head the columns' names; one that begins with `>` is aligned to the right, one with `=`
  ///   is never cut
  Table(String... head) {
    this.head = Arrays.asList(head);
  }

  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The table as text.
  ///
  /// @param columns the terminal's width; 0 for no limit
  String text(int columns) {
    int[] widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              name(i).length(), rows.stream().mapToInt(r -> width(r.get(column))).max().orElse(0));
    }
    int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    while (columns > 0 && total > columns) {
      int widest = widestToCut(widths);
      if (widest < 0) {
        break;
      }
      int cut = Math.min(total - columns, widths[widest] - NARROWEST);
      widths[widest] -= cut;
      total -= cut;
    }
    var text = new StringBuilder();
    line(text, IntStream.range(0, widths.length).mapToObj(this::name).toList(), widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  /// @return the column; -1 if there is none
  private int widestToCut(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean may = widths[i] > NARROWEST && !head.get(i).startsWith("=");
      if (may && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = shortened(cells.get(i), widths[i]);
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      boolean right = head.get(i).startsWith(">");
      line.append(i == 0 ? "" : GAP)
          .append(right ? padding : "")
          .append(cell)
          .append(right ? "" : padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private String name(int column) {
    String name = head.get(column);
    return name.startsWith(">") || name.startsWith("=") ? name.substring(1) : name;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String shortened(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  // A control character in a title must not write on the terminal.
  private static String cell(Object value) {
    String text =
        value instanceof Double d ? String.format(Locale.ROOT, "%.2f", d) : String.valueOf(value);
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
