package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.list.KeptSelection;
import dev.imprimatur.fxml.list.ListKeys;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The room of the articles: the list, what is selected of it, and the way in for new ones.
public final class ArticlesController implements Screen {
  private final ArticlesViewModel model;
  private final ImportViewModel imports;
  private final Evaluating evaluating;
  private final PathChooser chooser;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords words;
  private final ArticleDetailController detail;
  private @Nullable KeptSelection<ArticleRow> selection;
  private @Nullable KeyRepeats repeats;

  @FXML private StackPane root = new StackPane();
  @FXML private TableView<Slot<ArticleRow>> table = new TableView<>();
  @FXML private TextField search = new TextField();
  @FXML private ComboBox<ArticleQuery.Show> show = new ComboBox<>();
  @FXML private Label count = new Label();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Button blankImport = new Button();
  @FXML private ToggleButton results = new ToggleButton();
  @FXML private Node dropHint = new StackPane();
  @FXML private Node article = new StackPane();
  @FXML private Node importResults = new StackPane();
  private ListKeys keys = new ListKeys(root, table, search);

  /// @param evaluating for many at once
  /// @param detail the controller of the article that is selected
  public ArticlesController(
      ArticlesViewModel model,
      ImportViewModel imports,
      Evaluating evaluating,
      PathChooser chooser,
      Remembered remembered,
      Texts texts,
      DecisionWords words,
      ArticleDetailController detail) {
    this.model = model;
    this.imports = imports;
    this.evaluating = evaluating;
    this.chooser = chooser;
    this.remembered = remembered;
    this.texts = texts;
    this.words = words;
    this.detail = detail;
  }

  @FXML
  private void initialize() {
    keys = new ListKeys(root, table, search);
    repeats = new KeyRepeats(root);
    ArticleColumns.fill(table, texts, words);
    remembered.columns("articles", table);
    ArticleColumns.sorting(table, model::sort);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    var kept = new KeptSelection<>(table, model.list(), this::chosen);
    selection = kept;
    kept.onSettled(() -> {
      revealSoon();
      showCount();
    });
    table.setItems(model.list());
    search.textProperty().bindBidirectional(model.searchProperty());
    show.getItems().setAll(ArticleQuery.Show.values());
    show.setConverter(new ShowWords());
    show.valueProperty().bindBidirectional(model.showProperty());
    model.stateProperty().addListener((observed, before, now) -> showState());
    model.failureProperty().addListener((observed, before, now) -> showState());
    model.revealedProperty().addListener((observed, before, now) -> revealSoon());
    showState();
    FileDrop.on(root, dropHint, this::take);
    detail.evaluateSelected(this::evaluate);
    results.visibleProperty().bind(imports.thereProperty());
    results.managedProperty().bind(imports.thereProperty());
    imports.thereProperty().addListener((observed, before, there) -> results.setSelected(there));
    importResults.visibleProperty().bind(results.selectedProperty().and(results.visibleProperty()));
    article.visibleProperty().bind(importResults.visibleProperty().not());
    // What is put away takes the focus with it.
    importResults
        .visibleProperty()
        .addListener((observed, before, now) -> {
          if (!now) {
            keys.focus();
          }
        });
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    detail.open(lead);
    detail.selected(selected.size());
    showCount();
  }

  private void revealSoon() {
    UUID wanted = model.revealedProperty().get();
    // What is being selected again would take its place.
    if (wanted != null && selection != null && selection.settled()) {
      int index = model.list().place(wanted);
      if (index >= 0) {
        model.revealedProperty().set(null);
        results.setSelected(false);
        table.getSelectionModel().clearAndSelect(index);
        table.scrollTo(Math.max(0, index - 2));
      }
    }
  }

  /// Selects an article, whatever the filter.
  public void open(UUID id) {
    model.reveal(id);
    revealSoon();
  }

  private Set<UUID> selected() {
    return selection == null ? Set.of() : selection.selected();
  }

  private void showCount() {
    int several = selected().size();
    String all = texts.get("articles.count", model.ids().size());
    count.setText(several > 1 ? texts.get("articles.count.selected", all, several) : all);
  }

  private void showState() {
    ListState state = model.stateProperty().get();
    boolean ready = state == ListState.READY;
    keys.show(ready, blank);
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("articles.blank", code));
      blankText.setText(
          state == ListState.FAILED
              ? texts.get("articles.blank.again", model.failureProperty().get())
              : texts.code("articles.blank.more", code));
      blankImport.setVisible(state == ListState.EMPTY);
      blankImport.setManaged(state == ListState.EMPTY);
      if (state == ListState.EMPTY || state == ListState.NO_MATCH) {
        if (selection != null) {
          selection.forget();
        }
        detail.open(null);
      }
    }
    showCount();
  }

  @FXML
  private void importFiles() {
    take(chooser.files(texts.get("import.files.title"), root.getScene().getWindow()));
  }

  @FXML
  private void importFolder() {
    take(chooser.folder(texts.get("import.folder.title"), root.getScene().getWindow()));
  }

  /// Imports what was chosen or dropped.
  void take(List<java.nio.file.Path> paths) {
    if (!paths.isEmpty()) {
      imports.start(paths);
      results.setSelected(true);
    }
  }

  private void evaluate() {
    if (selected().size() > 1) {
      evaluating.articles(List.copyOf(selected()));
    } else {
      detail.evaluateOne();
    }
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.I) {
      if (event.isShiftDown()) {
        importFolder();
      } else {
        importFiles();
      }
      event.consume();
      return;
    }
    if (event.getCode() == KeyCode.ESCAPE
        && importResults.isVisible()
        && !imports.runningProperty().get()) {
      imports.putAway();
      event.consume();
      return;
    }
    if (event.getTarget() instanceof TextInputControl
        || event.isControlDown()
        || event.isAltDown()
        || event.isMetaDown()
        || !article.isVisible()) {
      return;
    }
    // Held down, a key would ask for one rewrite after the other.
    boolean held = repeats != null && repeats.repeated();
    if (held || detail.pressed(event.getCode(), event.isShiftDown())) {
      event.consume();
    }
  }

  @FXML
  private void tablePressed(KeyEvent event) {
    if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
      return;
    }
    switch (event.getCode()) {
      case J -> keys.move(1);
      case K -> keys.move(-1);
      case ENTER -> {
        results.setSelected(false);
        detail.focus();
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  @Override
  public boolean search() {
    search.requestFocus();
    return true;
  }

  @Override
  public void activate() {
    detail.back(table::requestFocus);
    refresh();
    keys.focus();
  }

  @Override
  public void refresh() {
    model.refresh();
    detail.refresh();
  }

  @Override
  public void deactivate() {
    detail.close();
  }

  private final class ShowWords extends StringConverter<ArticleQuery.Show> {
    @Override
    public String toString(ArticleQuery.@Nullable Show value) {
      return value == null ? "" : texts.code("articles.show", Code.of(value));
    }

    @Override
    public ArticleQuery.Show fromString(String text) {
      throw new UnsupportedOperationException("choices are not typed");
    }
  }
}
