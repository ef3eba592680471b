package dev.imprimatur.fxml.article;

import dev.imprimatur.fxml.view.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// What an import came to, file by file.
public final class ImportResultsController {
  private static final double ROW = 30;

  private final ImportViewModel model;
  private final Texts texts;

  @FXML private Label summary = new Label();
  @FXML private CheckBox failuresOnly = new CheckBox();
  @FXML private Button evaluate = new Button();
  @FXML private Button copy = new Button();
  @FXML private Button close = new Button();
  @FXML private Label whole = new Label();
  @FXML private TableView<ImportViewModel.Line> table = new TableView<>();

  public ImportResultsController(ImportViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
  }

  @FXML
  private void initialize() {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label(texts.get("import.nothing")));
    table.getColumns().add(file());
    var kind = new TableColumn<ImportViewModel.Line, String>(texts.get("import.column.result"));
    kind.setPrefWidth(110);
    kind.setMinWidth(110);
    kind.setMaxWidth(110);
    kind.setCellValueFactory(
        f -> new ReadOnlyStringWrapper(texts.code("import.kind", f.getValue().kind())));
    table.getColumns().add(kind);
    var what = new TableColumn<ImportViewModel.Line, String>(texts.get("import.column.what"));
    what.setPrefWidth(420);
    what.setCellValueFactory(f -> new ReadOnlyStringWrapper(f.getValue().what()));
    table.getColumns().add(what);
    table.setRowFactory(t -> new Row());
    table.setItems(model.shown());
    // What a cell has to cut short stands in full below, for whoever comes by keyboard.
    whole
        .textProperty()
        .bind(
            table
                .getSelectionModel()
                .selectedItemProperty()
                .map(line -> texts.get("import.whole", line.path(), line.what()))
                .orElse(""));
    whole.visibleProperty().bind(whole.textProperty().isNotEmpty());
    whole.managedProperty().bind(whole.visibleProperty());
    summary.textProperty().bind(model.summaryProperty());
    failuresOnly.selectedProperty().bindBidirectional(model.failuresOnlyProperty());
    copy.disableProperty().bind(Bindings.isEmpty(model.shown()));
    close.disableProperty().bind(model.runningProperty());
    evaluate
        .disableProperty()
        .bind(
            model
                .runningProperty()
                .or(
                    Bindings.createBooleanBinding(
                        () -> model.versions().isEmpty(), model.lines(), model.runningProperty())));
  }

  private TableColumn<ImportViewModel.Line, String> file() {
    var column = new TableColumn<ImportViewModel.Line, String>(texts.get("import.column.file"));
    column.setPrefWidth(230);
    column.getStyleClass().add("column-first");
    // The end of a path says more than its beginning.
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(shortened(f.getValue().path())));
    column.setCellFactory(c -> new PathCell());
    return column;
  }

  private static String shortened(String path) {
    int at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    int before = Math.max(path.lastIndexOf('/', at - 1), path.lastIndexOf('\\', at - 1));
    return before > 0 ? "…" + path.substring(before) : path;
  }

  private static final class PathCell extends TableCell<ImportViewModel.Line, String> {
    PathCell() {
      setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
    }

    @Override
    protected void updateItem(@Nullable String item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item);
    }
  }

  private static final class Row extends TableRow<ImportViewModel.Line> {
    @Override
    protected void updateItem(ImportViewModel.@Nullable Line item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("import-failed");
      if (item != null && item.failed()) {
        getStyleClass().add("import-failed");
      }
      setTooltip(item == null ? null : new Tooltip(item.path() + "\n" + item.what()));
    }
  }

  @FXML
  private void evaluate() {
    model.evaluate();
  }

  @FXML
  private void copy() {
    var content = new ClipboardContent();
    content.putString(model.text());
    Clipboard.getSystemClipboard().setContent(content);
  }

  @FXML
  private void close() {
    model.putAway();
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
      copy();
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE) {
      close();
      event.consume();
    }
  }
}
