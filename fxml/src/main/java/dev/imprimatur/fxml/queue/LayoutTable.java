package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Jobs whose rows in the two layouts differ.
final class LayoutTable {
  private LayoutTable() {}

  static void fill(TableView<LayoutDifference> table, Texts texts) {
    table.setId("layout-differences");
    table.setAccessibleText(texts.get("layout.listed"));
    table.setFixedCellSize(30);
    table.setMinHeight(110);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    var none = new Label(texts.get("layout.none"));
    none.getStyleClass().add("blank-head");
    table.setPlaceholder(none);
    column(table, texts, "job", 296, d -> d.key().id().toString())
        .getStyleClass()
        .add("column-first");
    column(table, texts, "kind", 130, LayoutDifference::kind);
    column(table, texts, "old", 92, d -> state(texts, d.oldStatus(), d.oldAttempts()));
    column(table, texts, "new", 92, d -> state(texts, d.newStatus(), d.newAttempts()));
    column(table, texts, "fields", 150, d -> fields(d, texts));
  }

  private static String fields(LayoutDifference d, Texts texts) {
    return d.newStatus() == null ? texts.get("layout.missing") : String.join(", ", d.columns());
  }

  private static String state(Texts texts, @Nullable JobStatus status, int attempts) {
    return status == null
        ? "–"
        : texts.get("layout.state", texts.code("queue.status", Code.of(status)), attempts);
  }

  private static TableColumn<LayoutDifference, String> column(
      TableView<LayoutDifference> table,
      Texts texts,
      String code,
      double width,
      Function<LayoutDifference, String> text) {
    var column = new TableColumn<LayoutDifference, String>(texts.code("layout.column", code));
    column.setPrefWidth(width);
    column.setMinWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(text.apply(f.getValue())));
    table.getColumns().add(column);
    return column;
  }
}
