package dev.imprimatur.fxml.list;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Makes the columns of a table of slots.
public final class SlotColumns<R> {
  private static final double ROW = 34;

  private final TableView<Slot<R>> table;
  private final UnaryOperator<String> heads;

  /// @param heads what a column of this name is called
  public SlotColumns(TableView<Slot<R>> table, UnaryOperator<String> heads) {
    this.table = table;
    this.heads = heads;
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
    var column = new TableColumn<Slot<R>, Slot<R>>(heads.apply(name));
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
