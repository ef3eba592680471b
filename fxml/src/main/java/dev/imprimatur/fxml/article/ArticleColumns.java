package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The columns of the table of articles. A cell holds an id and shows its row as soon as that has
/// been read.
final class ArticleColumns {
  private static final double ROW = 34;

  private final ArticlesViewModel model;
  private final Texts texts;

  private ArticleColumns(ArticlesViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
  }

  static void fill(
      TableView<UUID> table, ArticlesViewModel model, Texts texts, DecisionWords words) {
    var columns = new ArticleColumns(model, texts);
    // Rows of one height let a long table scroll without measuring each.
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    var title = columns.column("title", 170, ArticleQuery.Sort.TITLE, row -> row.article().title());
    title.getStyleClass().add("column-first");
    // Long titles give way before numbers do.
    title.setMinWidth(150);
    table.getColumns().add(title);
    var state = new TableColumn<UUID, UUID>(texts.get("articles.column.state"));
    state.setId("articles-column-state");
    state.setPrefWidth(254);
    state.setMinWidth(250);
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
  static void sorting(TableView<UUID> table, BiConsumer<ArticleQuery.Sort, Boolean> wanted) {
    table.setSortPolicy(t -> {
      List<TableColumn<UUID, ?>> order = t.getSortOrder();
      if (order.isEmpty()) {
        wanted.accept(ArticleQuery.Sort.IMPORTED, true);
      } else {
        TableColumn<UUID, ?> first = order.getFirst();
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

  private TableColumn<UUID, UUID> column(
      String name, double width, ArticleQuery.Sort sort, Function<ArticleRow, String> value) {
    var column = new TableColumn<UUID, UUID>(texts.code("articles.column", name));
    column.setId("articles-column-" + name);
    column.setPrefWidth(width);
    column.setUserData(sort);
    column.getStyleClass().add("column-" + name);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new WordsCell(value));
    return column;
  }

  private TableColumn<UUID, UUID> number(
      String name, double width, ArticleQuery.Sort sort, Function<ArticleRow, String> value) {
    TableColumn<UUID, UUID> column = column(name, width, sort, value);
    // A number that is cut short is a wrong number.
    column.setMinWidth(width);
    column.setMaxWidth(width);
    column.getStyleClass().add("column-number");
    return column;
  }

  private final class WordsCell extends TableCell<UUID, UUID> {
    private final Function<ArticleRow, String> value;

    WordsCell(Function<ArticleRow, String> value) {
      this.value = value;
    }

    @Override
    protected void updateItem(@Nullable UUID item, boolean empty) {
      super.updateItem(item, empty);
      ArticleRow row = item == null || empty ? null : model.row(item);
      setText(row == null ? empty ? null : "…" : value.apply(row));
    }
  }

  private final class StateCell extends TableCell<UUID, UUID> {
    private final HBox marks = new HBox(4);

    StateCell() {
      marks.setAlignment(Pos.CENTER_LEFT);
      setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(@Nullable UUID item, boolean empty) {
      super.updateItem(item, empty);
      ArticleRow row = item == null || empty ? null : model.row(item);
      if (row == null) {
        setGraphic(null);
        setText(null);
        setTooltip(null);
        return;
      }
      List<StateWords.Mark> all = StateWords.of(row, texts);
      marks.getChildren().setAll(all.stream().map(ArticleColumns::mark).toList());
      if (!marks.getChildren().isEmpty()) {
        // The first says most; what there is no room for is cut from the others.
        ((Label) marks.getChildren().getFirst()).setMinWidth(Label.USE_PREF_SIZE);
      }
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
