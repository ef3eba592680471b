package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Article;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

/// The articles there are, with what a look-up needs.
public final class ArticlesController implements Screen {
  private static final double ROW = 36;

  private final ArticlesViewModel model;
  private final Texts texts;
  private final DecisionWords words;

  @FXML private TableView<Article> table = new TableView<>();
  @FXML private TextField search = new TextField();
  @FXML private Label blank = new Label();
  @FXML private Label count = new Label();

  public ArticlesController(ArticlesViewModel model, Texts texts, DecisionWords words) {
    this.model = model;
    this.texts = texts;
    this.words = words;
  }

  @FXML
  private void initialize() {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    var title = column(texts.get("articles.column.title"), 420, Article::title);
    title.getStyleClass().addAll("column-first", "column-title");
    table.getColumns().add(title);
    var versions = column(texts.get("articles.column.versions"), 90, Article::latestVersion);
    versions.getStyleClass().add("column-number");
    table.getColumns().add(versions);
    TableColumn<Article, String> since =
        column(texts.get("articles.column.created"), 160, a -> words.time(a.createdAt()));
    since.setSortable(false);
    table.getColumns().add(since);
    var sorted = new SortedList<>(model.shown());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    search.textProperty().bindBidirectional(model.searchProperty());
    blank.textProperty().bind(model.blankProperty());
    blank.visibleProperty().bind(model.blankProperty().isNotEmpty());
    table.visibleProperty().bind(model.blankProperty().isEmpty());
    count.textProperty().bind(model.countProperty().map(n -> texts.get("articles.count", n)));
  }

  private static <T> TableColumn<Article, T> column(
      String title, double width, Function<Article, T> value) {
    var column = new TableColumn<Article, T>(title);
    column.setPrefWidth(width);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(value.apply(f.getValue())));
    return column;
  }

  @Override
  public void activate() {
    model.refresh();
    table.requestFocus();
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void deactivate() {}
}
