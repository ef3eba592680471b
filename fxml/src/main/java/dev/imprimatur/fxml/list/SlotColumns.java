package dev.imprimatur.fxml.list;

import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Makes the columns of a table of slots. Their heads are `<prefix>.<name>`.
public final class SlotColumns<R> {
  private static final double ROW = 34;

  private final TableView<Slot<R>> table;
  private final Texts texts;
  private final String prefix;

  public SlotColumns(TableView<Slot<R>> table, Texts texts, String prefix) {
    this.table = table;
    this.texts = texts;
    this.prefix = prefix;
    // Rows of one height let a long table scroll without measuring each.
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
  }

  /// A column of texts.
  public TableColumn<Slot<R>, Slot<R>> text(
      String name, double least, double most, Function<R, String> value) {
    TableColumn<Slot<R>, Slot<R>> column = column(name, least, most);
    column.setCellFactory(c -> new SlotCell<>(value));
    return column;
  }

  /// A column of numbers.
  public TableColumn<Slot<R>, Slot<R>> number(
      String name, double least, double most, Function<R, String> value) {
    TableColumn<Slot<R>, Slot<R>> column = text(name, least, most, value);
    column.getStyleClass().add("column-number");
    return column;
  }

  /// A column of marks.
  public TableColumn<Slot<R>, Slot<R>> mark(
      String name, double least, double most, Function<R, Mark> value) {
    TableColumn<Slot<R>, Slot<R>> column = column(name, least, most);
    column.setCellFactory(c -> new MarkCell<>(value));
    return column;
  }

  private TableColumn<Slot<R>, Slot<R>> column(String name, double least, double most) {
    var column = new TableColumn<Slot<R>, Slot<R>>(texts.code(prefix, name));
    column.setId(name);
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    if (table.getColumns().isEmpty()) {
      column.getStyleClass().add("column-first");
    }
    table.getColumns().add(column);
    return column;
  }
}
