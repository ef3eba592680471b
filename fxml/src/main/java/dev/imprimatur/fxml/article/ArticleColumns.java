package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotCell;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The columns of the table of articles. A cell holds an id and shows its row as soon as that has
/// been read.
final class ArticleColumns {
  private static final double ROW = 34;

  private final Texts texts;

  private ArticleColumns(Texts texts) {
    this.texts = texts;
  }

  static void fill(TableView<Slot<ArticleRow>> table, Texts texts, DecisionWords words) {
    var columns = new ArticleColumns(texts);
    // Rows of one height let a long table scroll without measuring each.
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    var title = columns.column("title", 196, ArticleQuery.Sort.TITLE, row -> row.article().title());
    title.getStyleClass().add("column-first");
    // Long titles give way before numbers do.
    title.setMinWidth(186);
    table.getColumns().add(title);
    var state =
        new TableColumn<Slot<ArticleRow>, Slot<ArticleRow>>(texts.get("articles.column.state"));
    state.setId("articles-column-state");
    // Two marks, such as an escalation and partial scores, stand beside each other.
    state.setPrefWidth(214);
    state.setMinWidth(214);
    // What a wider window adds is for titles.
    state.setMaxWidth(300);
    state.setSortable(false);
    state.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    state.setCellFactory(c -> columns.new StateCell());
    table.getColumns().add(state);
    table
        .getColumns()
        .add(
            columns.number(
                "versions",
                84,
                ArticleQuery.Sort.VERSIONS,
                row -> String.valueOf(row.article().latestVersion())));
    table
        .getColumns()
        .add(
            columns.number(
                "detectors",
                92,
                ArticleQuery.Sort.AI_DETECTOR_AVG,
                row -> score(row.scores() == null ? null : row.scores().aiDetectorAvg())));
    table
        .getColumns()
        .add(
            columns.number(
                "aeo",
                66,
                ArticleQuery.Sort.AEO_AVG,
                row -> score(row.scores() == null ? null : row.scores().aeoAvg())));
    var imported =
        columns.column(
            "imported",
            146,
            ArticleQuery.Sort.IMPORTED,
            row -> words.time(row.article().createdAt()));
    imported.setMinWidth(146);
    imported.setMaxWidth(146);
    table.getColumns().add(imported);
  }

  /// Sorting is the database's: the headers only say what is wanted.
  static void sorting(
      TableView<Slot<ArticleRow>> table, BiConsumer<ArticleQuery.Sort, Boolean> wanted) {
    table.setSortPolicy(t -> {
      List<TableColumn<Slot<ArticleRow>, ?>> order = t.getSortOrder();
      if (order.isEmpty()) {
        wanted.accept(ArticleQuery.Sort.IMPORTED, true);
      } else {
        TableColumn<Slot<ArticleRow>, ?> first = order.getFirst();
        wanted.accept(
            (ArticleQuery.Sort) first.getUserData(),
            first.getSortType() == TableColumn.SortType.DESCENDING);
      }
      return true;
    });
  }

  static String score(@Nullable BigDecimal value) {
    return value == null ? "–" : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private TableColumn<Slot<ArticleRow>, Slot<ArticleRow>> column(
      String name, double width, ArticleQuery.Sort sort, Function<ArticleRow, String> value) {
    var column =
        new TableColumn<Slot<ArticleRow>, Slot<ArticleRow>>(texts.code("articles.column", name));
    column.setId("articles-column-" + name);
    column.setPrefWidth(width);
    column.setUserData(sort);
    column.getStyleClass().add("column-" + name);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new SlotCell<>(value));
    return column;
  }

  private TableColumn<Slot<ArticleRow>, Slot<ArticleRow>> number(
      String name, double width, ArticleQuery.Sort sort, Function<ArticleRow, String> value) {
    TableColumn<Slot<ArticleRow>, Slot<ArticleRow>> column = column(name, width, sort, value);
    // A number that is cut short is a wrong number.
    column.setMinWidth(width);
    column.setMaxWidth(width);
    column.getStyleClass().add("column-number");
    return column;
  }

  private final class StateCell extends TableCell<Slot<ArticleRow>, Slot<ArticleRow>> {
    private final MarkRow marks = new MarkRow();
    private final ChangeListener<@Nullable ArticleRow> changed =
        (observed, before, now) -> show(now);
    private @Nullable Slot<ArticleRow> shown;

    StateCell() {
      // As wide as the cell, whose graphic would otherwise be as wide as all marks.
      marks
          .prefWidthProperty()
          .bind(
              widthProperty()
                  .subtract(Bindings.createDoubleBinding(this::insets, insetsProperty())));
      setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
    }

    private double insets() {
      return snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected void updateItem(@Nullable Slot<ArticleRow> item, boolean empty) {
      super.updateItem(item, empty);
      Slot<ArticleRow> now = empty ? null : item;
      if (now != shown) {
        if (shown != null) {
          shown.rowProperty().removeListener(changed);
        }
        shown = now;
        if (now != null) {
          now.rowProperty().addListener(changed);
        }
      }
      show(now == null ? null : now.row());
    }

    // Two slots of one id are equal, but only one of them follows its row.
    @Override
    protected boolean isItemChanged(
        @Nullable Slot<ArticleRow> before, @Nullable Slot<ArticleRow> now) {
      return before != now;
    }

    private void show(@Nullable ArticleRow row) {
      if (row == null) {
        setGraphic(null);
        setText(null);
        setTooltip(null);
        return;
      }
      List<StateWords.Mark> all = StateWords.of(row, texts);
      marks.show(all.stream().map(ArticleColumns::mark).toList());
      setGraphic(marks);
      // Not drawn beside the marks, but read by screen readers.
      setText(StateWords.sentence(all));
      setTooltip(all.isEmpty() ? null : new Tooltip(StateWords.sentence(all)));
    }
  }

  static Label mark(StateWords.Mark mark) {
    var label = new Label(mark.text());
    label.getStyleClass().addAll("state-mark", "state-" + mark.style());
    return label;
  }
}
