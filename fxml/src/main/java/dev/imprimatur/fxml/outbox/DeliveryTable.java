package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The evidence of one event: when it was claimed, sent and acknowledged, subscriber by subscriber.
final class DeliveryTable {
  private final TableView<Delivery> table;
  private final Texts texts;
  private final DecisionWords words;

  DeliveryTable(TableView<Delivery> table, Texts texts, DecisionWords words) {
    this.table = table;
    this.texts = texts;
    this.words = words;
    table.setPlaceholder(new Label(texts.get("outbox.deliveries.none")));
    table.setFixedCellSize(32);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    column("subscriber", 116, 400, Delivery::subscriber).getStyleClass().add("column-first");
    column("state", 132, 170, d -> EventRow.mark(d.state(), texts).text())
        .setCellFactory(c -> new StateCell());
    column("claimed", 132, 170, d -> time(d.claimedAt()));
    column("sent", 132, 170, d -> time(d.sentAt()));
    column("acked", 132, 170, d -> time(d.ackedAt()));
    column("published", 98, 120, d -> texts.get("nav.count", d.publishCount()))
        .getStyleClass()
        .add("column-number");
  }

  private String time(@Nullable Instant at) {
    return at == null ? "–" : words.exactTime(at);
  }

  private TableColumn<Delivery, Delivery> column(
      String name, double least, double most, Function<Delivery, String> text) {
    var column = new TableColumn<Delivery, Delivery>(texts.code("outbox.delivery", name));
    column.setId(name);
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c ->
        new TableCell<>() {
          @Override
          protected void updateItem(@Nullable Delivery item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? null : text.apply(item));
          }
        });
    table.getColumns().add(column);
    return column;
  }

  private final class StateCell extends TableCell<Delivery, Delivery> {
    private final MarkLabel label = new MarkLabel();

    StateCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(@Nullable Delivery item, boolean empty) {
      super.updateItem(item, empty);
      if (item == null || empty) {
        setText(null);
        setGraphic(null);
        return;
      }
      label.show(EventRow.mark(item.state(), texts));
      setText(label.getText());
      setGraphic(label);
    }
  }

  /// Shows others, and selects what was selected; where nothing was, what needs a person most.
  void show(List<Delivery> deliveries, @Nullable String subscriber) {
    table.getItems().setAll(deliveries);
    int at = -1;
    for (int i = 0; i < deliveries.size(); i++) {
      if (deliveries.get(i).subscriber().equals(subscriber)) {
        at = i;
      }
    }
    for (int i = 0; at < 0 && i < deliveries.size(); i++) {
      if (deliveries.get(i).deadAt() != null) {
        at = i;
      }
    }
    if (!deliveries.isEmpty()) {
      table.getSelectionModel().clearAndSelect(Math.max(0, at));
    }
  }
}
