package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.queue.JobBulk;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What came of doing the same to many, job by job; what was refused first.
final class BulkPane extends VBox {
  private final JobViewModel model;
  private final Texts texts;
  private final Label head = new Label();
  private final TableView<JobBulk.Item> table = new TableView<>();

  BulkPane(JobViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    setSpacing(6);
    setId("queue-results");
    getStyleClass().add("import-results");
    head.getStyleClass().add("card-head");
    var close = new Button(texts.get("queue.results.close"));
    close.setId("queue-results-close");
    close.getStyleClass().add("small");
    close.setOnAction(event -> model.forgetResults());
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var line = new HBox(8, head, space, close);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("lower-head");
    table.setId("queue-results-table");
    table.setAccessibleText(texts.get("queue.results"));
    table.setFixedCellSize(30);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    column(texts.get("queue.results.job"), 290, item -> item.key().id().toString())
        .getStyleClass()
        .add("column-first");
    column(
        texts.get("queue.results.came"),
        90,
        item ->
            texts.get(
                item.decision() instanceof Decision.Decided
                    ? "queue.results.done"
                    : "queue.results.refused"));
    column(texts.get("queue.results.why"), 260, this::why);
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(line, table);
  }

  private TableColumn<JobBulk.Item, String> column(
      String name, double width, Function<JobBulk.Item, String> text) {
    var column = new TableColumn<JobBulk.Item, String>(name);
    column.setPrefWidth(width);
    column.setMinWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(text.apply(f.getValue())));
    table.getColumns().add(column);
    return column;
  }

  private String why(JobBulk.Item item) {
    String told = model.outcome(model.resultsProperty().get().action(), item.decision()).headline();
    // Which job it is stands beside it.
    return told.replaceFirst("^Job " + item.key().id(), texts.get("queue.results.it"));
  }

  void show(JobViewModel.Results results) {
    head.setText(texts.get("queue.results.head", results.done(), results.asked()));
    table
        .getItems()
        .setAll(
            results.items().stream()
                .sorted(
                    java.util.Comparator.comparing(
                        item -> item.decision() instanceof Decision.Decided))
                .toList());
  }
}
