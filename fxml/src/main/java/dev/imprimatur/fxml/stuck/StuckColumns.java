package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.StuckBatches.Row;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotColumns;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Texts;
import javafx.scene.control.TableView;

/// The columns of the list.
final class StuckColumns {
  private StuckColumns() {}

  static void fill(
      TableView<Slot<Row>> table,
      StuckViewModel model,
      Texts texts,
      StuckWords words,
      Remembered remembered) {
    var columns = new SlotColumns<>(table, name -> texts.code("stuck.column", name));
    columns.text("name", 120, 4_000, row -> row.batch().terms().name()).setPrefWidth(126);
    columns.mark("mark", 92, 140, words::mark);
    columns.text("state", 146, 200, row -> words.state(row.batch()));
    columns.number("answers", 130, 170, row -> words.answers(row.batch()));
    columns.number("idle", 104, 130, row -> words.time(row.idle()));
    columns.text("decision", 110, 4_000, row -> words.decision(row.batch())).setPrefWidth(224);
    remembered.columns("stuck", table);
    table.setItems(model.list());
  }
}
