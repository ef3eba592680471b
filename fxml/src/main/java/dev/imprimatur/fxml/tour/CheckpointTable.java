package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The checkpoints of a tour, in their order.
final class CheckpointTable extends TableView<Checkpoint> {
  private final Texts texts;
  private final TourWords words;

  CheckpointTable(Texts texts, TourWords words) {
    this.texts = texts;
    this.words = words;
    setId("tours-checkpoints");
    setAccessibleText(texts.get("tours.checkpoints"));
    setFixedCellSize(32);
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    setPlaceholder(new Label(texts.get("tours.checkpoints.none")));
    text("position", 54, 60, c -> texts.get("nav.count", c.position()))
        .getStyleClass()
        .addAll("column-first", "column-number");
    text("name", 120, 4_000, Checkpoint::name);
    text("mandatory", 106, 120, words::mandatory);
    status();
    text("scan", 80, 200, c -> value(c, CheckpointField.SCAN));
    text("reading", 80, 200, c -> value(c, CheckpointField.READING));
    text("remark", 110, 4_000, c -> value(c, CheckpointField.REMARK));
  }

  private String value(Checkpoint checkpoint, CheckpointField field) {
    return words.value(field, checkpoint.value(field)).replaceAll("\\s+", " ");
  }

  private TableColumn<Checkpoint, String> text(
      String name, double least, double most, Function<Checkpoint, String> value) {
    var column = new TableColumn<Checkpoint, String>(texts.code("tours.point", name));
    size(column, name, least, most);
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(value.apply(f.getValue())));
    getColumns().add(column);
    return column;
  }

  private void status() {
    var column = new TableColumn<Checkpoint, Checkpoint>(texts.code("tours.point", "status"));
    size(column, "status", 118, 150);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new StatusCell());
    getColumns().add(column);
  }

  private final class StatusCell extends TableCell<Checkpoint, Checkpoint> {
    private final MarkLabel label = new MarkLabel();

    @Override
    protected void updateItem(@Nullable Checkpoint item, boolean empty) {
      super.updateItem(item, empty);
      TourStatus status = empty || item == null ? null : item.status();
      // The text is not drawn, but read by screen readers.
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      setText(status == null ? null : words.status(status));
      label.show(status == null ? null : words.mark(status));
      setGraphic(status == null ? null : label);
    }
  }

  private static void size(TableColumn<?, ?> column, String name, double least, double most) {
    column.setId(name);
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setReorderable(false);
  }

  /// Shows these; the one that was selected stays so.
  void show(List<Checkpoint> checkpoints) {
    if (getItems().equals(checkpoints)) {
      return;
    }
    UUID selected = chosen().map(Checkpoint::id).orElse(null);
    getItems().setAll(checkpoints);
    int at = 0;
    for (int i = 0; i < checkpoints.size(); i++) {
      at = checkpoints.get(i).id().equals(selected) ? i : at;
    }
    if (!checkpoints.isEmpty()) {
      getSelectionModel().clearAndSelect(at);
    }
  }

  /// The one that is selected.
  Optional<Checkpoint> chosen() {
    return Optional.ofNullable(getSelectionModel().getSelectedItem());
  }
}
