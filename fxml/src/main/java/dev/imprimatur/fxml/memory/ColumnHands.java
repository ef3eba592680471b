package dev.imprimatur.fxml.memory;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.TableHeaderRow;
import javafx.scene.input.MouseEvent;

/// Tells widths that a hand has given to columns from those that a layout gives them. A layout fits
/// them to whatever room there is; kept, they would be another start's wishes, and come out a
/// little different each time.
final class ColumnHands {
  private ColumnHands() {}

  /// @param changed told, when the mouse is let go, of every column whose width it has changed
  static <T> void watch(TableView<T> table, Consumer<TableColumn<T, ?>> changed) {
    Map<TableColumn<T, ?>, Double> before = new IdentityHashMap<>();
    table.addEventFilter(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          before.clear();
          if (event.getTarget() instanceof Node target && inHead(target)) {
            table.getColumns().forEach(column -> before.put(column, column.getWidth()));
          }
        });
    // A handler would come too late or never: the header takes the event.
    table.addEventFilter(
        MouseEvent.MOUSE_RELEASED,
        event -> {
          table.getColumns().stream()
              .filter(column -> before.getOrDefault(column, column.getWidth()) != column.getWidth())
              .forEach(changed);
          before.clear();
        });
  }

  private static boolean inHead(Node target) {
    for (Node node = target; node != null; node = node.getParent()) {
      if (node instanceof TableHeaderRow) {
        return true;
      }
    }
    return false;
  }
}
