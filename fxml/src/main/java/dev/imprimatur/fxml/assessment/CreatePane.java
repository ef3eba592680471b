package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.assessment.CreateViewModel.Field;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotColumns;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Puts a batch together: which texts, who judges, how much of it.
final class CreatePane extends VBox {
  private static final double GAP = 14;
  private static final double LABELS = 92;

  private final CreateViewModel model;
  private final Texts texts;
  private final PathChooser chooser;
  private final Runnable leave;
  private final TextField name = field("assess-new-name");
  private final TextField search = field("assess-new-search");
  private final TableView<Slot<ArticleRow>> articles = new TableView<>();
  private final TableView<Chosen> chosen = new TableView<>();
  private final GatedButton add = new GatedButton();
  private final GatedButton addVersions = new GatedButton();
  private final GatedButton remove = new GatedButton();
  private final ComboBox<Batch.Judging> judging = new ComboBox<>();
  private final ComboBox<String> grade = new ComboBox<>();
  private final Label count = new Label();
  private boolean filling;

  CreatePane(CreateViewModel model, Texts texts, PathChooser chooser, Runnable leave) {
    super(10);
    this.model = model;
    this.texts = texts;
    this.chooser = chooser;
    this.leave = leave;
    name.setPromptText(texts.get("assess.new.name.prompt"));
    search.setPromptText(texts.get("articles.search"));
    search.setAccessibleText(texts.get("articles.search"));
    setId("assess-new");
    getStyleClass().add("assess-new");
    var lists = new HBox(GAP, sources(), taken());
    lists.setMinHeight(150);
    VBox.setVgrow(lists, Priority.ALWAYS);
    getChildren().addAll(lists, form(), foot());
    gate();
  }

  private static TextField field(String id) {
    var field = new TextField();
    field.setId(id);
    return field;
  }

  /// What is typed takes the place of the usual number, also after a click.
  private static TextField number(String id) {
    var field = field(id);
    field
        .focusedProperty()
        .addListener((observed, before, now) -> {
          if (now) {
            // Later: a click puts the cursor first.
            Platform.runLater(field::selectAll);
          }
        });
    return field;
  }

  private VBox sources() {
    articles.setId("assess-new-articles");
    articles.setAccessibleText(texts.get("nav.articles"));
    articles.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    articles.setPlaceholder(new Label(texts.get("assess.new.articles.none")));
    var columns = new SlotColumns<>(articles, n -> texts.code("assess.new.column", n));
    columns.text("article", 120, 4_000, r -> r.article().title()).setPrefWidth(240);
    columns.number("versions", 92, 100, r -> texts.get("nav.count", r.article().latestVersion()));
    articles.setItems(model.articles().rows());
    articles
        .getSelectionModel()
        .getSelectedIndices()
        .addListener((InvalidationListener) observed -> gate());
    articles.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.ENTER) {
        addSelected();
        key.consume();
      }
    });
    search.textProperty().bindBidirectional(model.articleSearchProperty());
    add.setId("assess-new-add");
    add.setText(texts.get("assess.new.add"));
    add.setOnAction(event -> addSelected());
    addVersions.setId("assess-new-add-versions");
    addVersions.setText(texts.get("assess.new.add.versions"));
    addVersions.setOnAction(event -> selected().stream().findFirst().ifPresent(model::addVersions));
    var files =
        button(
            "assess-new-files",
            "assess.new.files",
            () ->
                model.addFiles(
                    chooser.files(texts.get("assess.new.files.title"), getScene().getWindow())));
    var bar = new HBox(6, add, addVersions, files);
    for (Region region : new Region[] {add, addVersions}) {
      region.setMinWidth(Region.USE_PREF_SIZE);
    }
    VBox.setVgrow(articles, Priority.ALWAYS);
    var box = new VBox(6, head("assess.new.from"), search, articles, bar);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.setPrefWidth(380);
    return box;
  }

  private Label head(String key) {
    var label = new Label(texts.get(key));
    label.getStyleClass().add("card-head");
    return label;
  }

  private Button button(String id, String key, Runnable action) {
    var button = new Button(texts.get(key));
    button.setId(id);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    return button;
  }

  private List<UUID> selected() {
    return articles.getSelectionModel().getSelectedItems().stream()
        .filter(s -> s != null)
        .map(Slot::id)
        .toList();
  }

  private void addSelected() {
    if (!selected().isEmpty()) {
      model.addArticles(selected());
    }
  }

  private VBox taken() {
    chosen.setId("assess-new-chosen");
    chosen.setAccessibleText(texts.get("assess.new.chosen"));
    chosen.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    var none = new Label(texts.get("assess.new.chosen.none"));
    none.setWrapText(true);
    none.getStyleClass().add("assess-hint");
    chosen.setPlaceholder(none);
    var columns = new Columns<>(chosen, n -> texts.code("assess.new.column", n));
    columns.text("text", 110, 4_000, Chosen::label).setPrefWidth(190);
    columns.text("from", 84, 300, Chosen::from);
    columns.text("grade", 64, 120, Chosen::grade);
    chosen.setItems(model.chosen());
    model.chosen().addListener((InvalidationListener) observed -> gate());
    chosen
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> gate());
    chosen.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.DELETE) {
        removeSelected();
        key.consume();
      }
    });
    remove.setId("assess-new-remove");
    remove.setText(texts.get("assess.new.remove"));
    remove.setOnAction(event -> removeSelected());
    grade.setId("assess-new-grade");
    grade.setAccessibleText(texts.get("assess.grades.known"));
    grade.setPrefWidth(132);
    grade.valueProperty().addListener((observed, before, now) -> graded());
    model.gradesProperty().addListener((observed, before, now) -> gate());
    var gradeLabel = new Label(texts.get("assess.grades.known"));
    gradeLabel.setLabelFor(grade);
    gradeLabel.setMinWidth(Region.USE_PREF_SIZE);
    count.setId("assess-new-count");
    count.getStyleClass().add("text-muted");
    count.setMinWidth(Region.USE_PREF_SIZE);
    var top = new HBox(10, head("assess.new.chosen"), count);
    top.setAlignment(Pos.BASELINE_LEFT);
    VBox.setVgrow(chosen, Priority.ALWAYS);
    var told = new Label();
    told.setId("assess-new-told");
    told.setWrapText(true);
    told.setMinHeight(Region.USE_PREF_SIZE);
    told.getStyleClass().addAll("text-muted", "text-small");
    told.textProperty().bind(model.toldProperty());
    // Beside the count, where there is room: nothing moves when something short is told.
    top.getChildren().add(told);
    HBox.setHgrow(told, Priority.ALWAYS);
    told.setMaxWidth(Double.MAX_VALUE);
    remove.setMinWidth(Region.USE_PREF_SIZE);
    grade.setMinWidth(Region.USE_PREF_SIZE);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var bar = new HBox(10, remove, space, gradeLabel, grade);
    bar.setAlignment(Pos.CENTER_LEFT);
    var box = new VBox(6, top, error(Field.TEXTS), chosen, bar);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.setPrefWidth(380);
    return box;
  }

  private void removeSelected() {
    model.remove(List.copyOf(chosen.getSelectionModel().getSelectedItems()));
  }

  private void graded() {
    String value = grade.getValue();
    Chosen text = chosen.getSelectionModel().getSelectedItem();
    if (filling || text == null || value == null) {
      return;
    }
    int at = chosen.getSelectionModel().getSelectedIndex();
    model.grade(text, grade.getSelectionModel().getSelectedIndex() == 0 ? "" : value);
    chosen.getSelectionModel().clearAndSelect(at);
  }

  private Label error(Field field) {
    var label = new Label();
    label.setId("assess-new-error-" + Code.of(field));
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().addAll("text-small", "assess-error");
    label.textProperty().bind(model.errorProperty(field));
    label.visibleProperty().bind(label.textProperty().isNotEmpty());
    label.managedProperty().bind(label.visibleProperty());
    return label;
  }

  private GridPane form() {
    var grid = new GridPane();
    // As the lists above: their gap, and equal halves.
    grid.setHgap(GAP);
    grid.setVgap(4);
    for (double least : new double[] {LABELS, 0, LABELS, 0}) {
      var column = new ColumnConstraints();
      column.setMinWidth(least);
      if (least == 0) {
        // Beside one another they are as wide as the lists above.
        column.setHgrow(Priority.ALWAYS);
        column.setPrefWidth(290);
      }
      grid.getColumnConstraints().add(column);
    }
    name.textProperty().bindBidirectional(model.nameProperty());
    judging.setId("assess-new-judging");
    judging.getItems().setAll(Batch.Judging.values());
    judging.setConverter(new JudgingWords());
    judging.valueProperty().bindBidirectional(model.judgingProperty());
    judging.setMaxWidth(Double.MAX_VALUE);
    var who = hint();
    who.textProperty()
        .bind(model.judgingProperty().map(j -> texts.code("assess.new.judging", Code.of(j))));
    var budget = number("assess-new-budget");
    budget.textProperty().bindBidirectional(model.budgetProperty());
    var meaning = hint();
    meaning.setId("assess-new-meaning");
    InvalidationListener tell = observed -> meaning.setText(model.meaning());
    model.budgetProperty().addListener(tell);
    model.chosen().addListener(tell);
    meaning.setText(model.meaning());
    var threshold = number("assess-new-threshold");
    threshold.textProperty().bindBidirectional(model.thresholdProperty());
    var enough = hint();
    enough.setText(texts.get("assess.new.threshold.means"));
    var grades = field("assess-new-grades");
    grades.setPromptText(texts.get("assess.grades.prompt"));
    grades.textProperty().bindBidirectional(model.gradesProperty());
    var optional = hint();
    optional.setText(texts.get("assess.new.grades.means"));
    place(grid, 0, 0, "assess.new.name", name, error(Field.NAME), null);
    place(grid, 2, 0, "assess.new.judge", judging, null, who);
    place(grid, 0, 3, "assess.new.budget", budget, error(Field.BUDGET), meaning);
    place(grid, 2, 3, "assess.new.threshold", threshold, error(Field.THRESHOLD), enough);
    place(grid, 0, 6, "assess.new.grades", grades, error(Field.GRADES), optional);
    return grid;
  }

  private static Label hint() {
    var label = new Label();
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().addAll("text-muted", "text-small");
    return label;
  }

  private void place(
      GridPane grid,
      int column,
      int row,
      String key,
      Control control,
      @Nullable Node error,
      @Nullable Node hint) {
    var label = new Label(texts.get(key));
    label.setLabelFor(control);
    label.setMinWidth(Region.USE_PREF_SIZE);
    control.setAccessibleText(texts.get(key));
    grid.add(label, column, row);
    grid.add(control, column + 1, row);
    var beneath = new VBox(2);
    if (error != null) {
      beneath.getChildren().add(error);
    }
    if (hint != null) {
      beneath.getChildren().add(hint);
    }
    grid.add(beneath, column + 1, row + 1);
  }

  private HBox foot() {
    var create = button("assess-new-create", "assess.new.create", model::create);
    create.getStyleClass().add("accent");
    create.disableProperty().bind(model.busyProperty());
    var cancel = button("assess-new-cancel", "assess.new.cancel", leave);
    var stop = button("assess-new-stop", "assess.new.stop", model::stop);
    stop.visibleProperty().bind(model.readingFilesProperty());
    var foot = new HBox(8, create, cancel, stop);
    foot.setAlignment(Pos.CENTER_LEFT);
    return foot;
  }

  private void gate() {
    int articlesSelected = selected().size();
    add.blockedProperty().set(articlesSelected == 0 ? texts.get("assess.new.choose") : "");
    addVersions
        .blockedProperty()
        .set(articlesSelected == 1 ? "" : texts.get("assess.new.choose.one"));
    Chosen one = chosen.getSelectionModel().getSelectedItem();
    remove.blockedProperty().set(one == null ? texts.get("assess.new.choose.text") : "");
    count.setText(texts.get("assess.new.count", model.chosen().size()));
    filling = true;
    List<String> items = new ArrayList<>();
    items.add(texts.get("assess.grades.unknown"));
    items.addAll(new LinkedHashSet<>(model.namedGrades()));
    if (!grade.getItems().equals(items)) {
      grade.getItems().setAll(items);
    }
    grade.setDisable(one == null || items.size() < 2);
    grade.setValue(one == null || one.grade().isEmpty() ? items.getFirst() : one.grade());
    filling = false;
  }

  private final class JudgingWords extends StringConverter<Batch.Judging> {
    @Override
    public String toString(Batch.@Nullable Judging value) {
      return value == null ? "" : texts.code("assess.judging", Code.of(value));
    }

    @Override
    public Batch.Judging fromString(String text) {
      throw new UnsupportedOperationException("judging is chosen, not typed");
    }
  }

  /// Puts the cursor where one types what to look for.
  void search() {
    search.requestFocus();
  }

  /// Puts the focus on the articles.
  void focus() {
    // Not into a field: the key that led here would be typed there.
    articles.requestFocus();
  }
}
