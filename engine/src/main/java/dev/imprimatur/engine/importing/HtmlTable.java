package dev.imprimatur.engine.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Element;

/// A table of data, as opposed to one that only arranges a page.
///
/// @param rows the cells of every row; the first row is the heading, because a Markdown table must
///   have one
record HtmlTable(Optional<Element> caption, List<List<Element>> rows) {
  /// A wider table is no table a reader could read, and padding its heading would cost more than it
  /// is worth.
  private static final int MAX_COLUMNS = 64;

  private static final Set<String> NOT_IN_A_CELL =
      Set.of("table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6");

  /// Empty if the table has a single column or row, or cells with lists, headings or tables in
  /// them.
  static Optional<HtmlTable> of(Element table) {
    List<List<Element>> rows = new ArrayList<>();
    Optional<Element> caption = Optional.empty();
    for (Element part : table.children()) {
      switch (part.normalName()) {
        case "caption" -> caption = Optional.of(part);
        case "tr" -> rows.add(cells(part));
        case "thead", "tbody", "tfoot" ->
            part.children().stream()
                .filter(row -> row.nameIs("tr"))
                .forEach(row -> rows.add(cells(row)));
        default -> {
          // Column groups and the like carry no text.
        }
      }
    }
    rows.removeIf(row -> row.stream().noneMatch(Element::hasText));
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    boolean arranges =
        table.attr("role").equals("presentation")
            || columns < 2
            || columns > MAX_COLUMNS
            || rows.size() < 2
            || holdsBlocks(table);
    return arranges ? Optional.empty() : Optional.of(new HtmlTable(caption, rows));
  }

  private static List<Element> cells(Element row) {
    return row.children().stream().filter(c -> c.nameIs("td") || c.nameIs("th")).toList();
  }

  private static boolean holdsBlocks(Element table) {
    return table
        .nodeStream(Element.class)
        // The table itself comes first.
        .skip(1)
        .anyMatch(inside -> NOT_IN_A_CELL.contains(inside.normalName()));
  }

  /// @param line writes a cell on one line of Markdown
  void write(MarkdownWriter writer, Function<Element, String> line) {
    caption.map(line).filter(text -> !text.isEmpty()).ifPresent(writer::block);
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    StringBuilder out = new StringBuilder();
    row(out, rows.getFirst(), columns, line);
    out.append("\n|").append(" --- |".repeat(columns));
    for (List<Element> row : rows.subList(1, rows.size())) {
      out.append('\n');
      row(out, row, row.size(), line);
    }
    writer.block(out.toString());
  }

  private static void row(
      StringBuilder out, List<Element> cells, int columns, Function<Element, String> line) {
    out.append('|');
    for (int i = 0; i < columns; i++) {
      String text = i < cells.size() ? line.apply(cells.get(i)).replace("|", "\\|") : "";
      out.append(' ').append(text).append(text.isEmpty() ? "|" : " |");
    }
  }
}
