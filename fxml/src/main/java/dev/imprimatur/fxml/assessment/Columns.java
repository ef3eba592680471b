package dev.imprimatur.fxml.assessment;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Makes the columns of a short table, whose rows are all there.
final class Columns<R> {
  private static final double ROW = 30;

  private final TableView<R> table;
  private final Function<String, String> heads;

  /// @param heads what a column of this name is called
  Columns(TableView<R> table, Function<String, String> heads) {
    this.table = table;
    this.heads = heads;
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
  }

  TableColumn<R, R> text(String name, double least, double most, Function<R, String> text) {
    var column = new TableColumn<R, R>(heads.apply(name));
    column.setId(name);
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new Cell<>(text));
    if (table.getColumns().isEmpty()) {
      column.getStyleClass().add("column-first");
    }
    table.getColumns().add(column);
    return column;
  }

  TableColumn<R, R> number(String name, double least, double most, Function<R, String> text) {
    TableColumn<R, R> column = text(name, least, most, text);
    column.getStyleClass().add("column-number");
    return column;
  }

  /// Shows other rows. What was selected stays so.
  ///
  /// @param key what tells rows apart
  static <R> void replace(TableView<R> table, List<R> rows, Function<R, Object> key) {
    R selected = table.getSelectionModel().getSelectedItem();
    Object wanted = selected == null ? null : key.apply(selected);
    table.getItems().setAll(rows);
    for (int i = 0; wanted != null && i < rows.size(); i++) {
      if (key.apply(rows.get(i)).equals(wanted)) {
        table.getSelectionModel().clearAndSelect(i);
        return;
      }
    }
  }

  static final class Cell<R> extends TableCell<R, R> {
    private final Function<R, String> text;

    Cell(Function<R, String> text) {
      this.text = text;
    }

    @Override
    protected void updateItem(@Nullable R item, boolean empty) {
      super.updateItem(item, empty);
      setText(item == null || empty ? null : text.apply(item));
    }
  }
}
