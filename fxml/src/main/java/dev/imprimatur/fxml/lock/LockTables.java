package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The columns of both tables.
final class LockTables {
  private static final double ROW = 32;
  private static final double HEAD = 42;
  private static final int MOST_ROWS = 6;

  private final Texts texts;
  private final LockWords words;

  LockTables(Texts texts, LockWords words) {
    this.texts = texts;
    this.words = words;
  }

  /// @param since how long ago what is shown was read
  void held(TableView<LockLease> table, Supplier<Duration> since) {
    prepare(table, "locks.none");
    add(table, "lock", 180, 4_000, "title", LockLease::name);
    add(table, "holder", 84, 300, "plain", LockLease::holder);
    add(table, "process", 96, 300, "plain", LockLease::process);
    add(table, "age", 86, 120, "number", l -> words.time(l.age().plus(since.get())));
    add(table, "left", 92, 150, "number", l -> words.left(l, since.get()));
    add(table, "token", 62, 110, "number", l -> String.valueOf(l.token()));
    add(table, "waiting", 78, 90, "number", l -> String.valueOf(l.waiting()));
    add(table, "state", 84, 160, "plain", words::state);
  }

  void figures(TableView<LockFigures> table) {
    prepare(table, "locks.unmeasured");
    add(table, "type", 150, 4_000, "title", LockFigures::type);
    add(table, "tries", 80, 130, "number", f -> texts.get("nav.count", f.tries()));
    add(
        table,
        "contended",
        116,
        180,
        "number",
        f -> words.share(f.contended(), f.contendedPercent()));
    add(table, "average", 90, 130, "number", f -> words.millis(f.averageMillis()));
    add(table, "p95", 90, 130, "number", f -> words.millis(f.p95Millis()));
    add(table, "p99", 90, 130, "number", f -> words.millis(f.p99Millis()));
    add(table, "timeouts", 116, 180, "number", f -> words.share(f.timedOut(), f.timeoutPercent()));
  }

  private <R> void prepare(TableView<R> table, String none) {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    table.setPlaceholder(new Label(texts.get(none)));
    // As tall as what it shows, so that the whole screen scrolls, not a table within it.
    table
        .prefHeightProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> Math.clamp(table.getItems().size(), 1, MOST_ROWS) * ROW + HEAD,
                table.getItems()));
    table.setMinHeight(TableView.USE_PREF_SIZE);
  }

  /// A name may be longer than there is room.
  private static final class NameCell<R> extends TableCell<R, String> {
    @Override
    protected void updateItem(@Nullable String name, boolean empty) {
      super.updateItem(name, empty);
      setText(empty ? null : name);
      setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
      setTooltip(empty || name == null ? null : new Tooltip(name));
    }
  }

  private <R> void add(
      TableView<R> table,
      String id,
      double least,
      double most,
      String style,
      Function<R, String> text) {
    var column = new TableColumn<R, String>(texts.code("locks.column", id));
    column.setId(id);
    column.setMinWidth(least);
    column.setPrefWidth(most > 1_000 ? 320 : least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setReorderable(false);
    column.getStyleClass().add("column-" + style);
    column.setCellValueFactory(
        cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())).getReadOnlyProperty());
    if (style.equals("title")) {
      column.setCellFactory(cells -> new NameCell<>());
    }
    table.getColumns().add(column);
  }
}
