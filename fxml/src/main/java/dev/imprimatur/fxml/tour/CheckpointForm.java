package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.Transition;
import dev.imprimatur.engine.tour.TransitionTable;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Asks what is to be changed of a checkpoint, as it was seen when the form was first opened.
final class CheckpointForm extends VBox {
  private final Checkpoint seen;

  /// What the fields showed before anybody touched them: controls leave out some characters, and
  /// what is only shown is not to be written.
  private final Map<CheckpointField, String> shown = new EnumMap<>(CheckpointField.class);

  private final ComboBox<TourStatus> status = new ComboBox<>();
  private final TextField scan = new TextField();
  private final TextField reading = new TextField();
  private final TextArea remark;

  /// @param typed what was typed before and not written; empty at first
  /// @param why it was not written, a sentence; empty at first
  private CheckpointForm(
      Dialogs dialogs,
      Texts texts,
      TourWords words,
      Checkpoint seen,
      Map<CheckpointField, String> typed,
      String why) {
    super(10);
    this.seen = seen;
    remark = dialogs.area("tours-edit-remark", 3, "");
    status.setId("tours-edit-status");
    scan.setId("tours-edit-scan");
    reading.setId("tours-edit-reading");
    status.getItems().add(seen.status());
    // The same table that the engine asks.
    TransitionTable.from(JobKind.CHECKPOINT, seen.status()).stream()
        .map(Transition::to)
        .forEach(status.getItems()::add);
    status.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable TourStatus value) {
            return value == null ? "" : words.status(value);
          }

          @Override
          public TourStatus fromString(String text) {
            throw new UnsupportedOperationException("choices are not typed");
          }
        });
    status.setValue(seen.status());
    status.setMaxWidth(Double.MAX_VALUE);
    fill(CheckpointField.SCAN, scan, typed);
    fill(CheckpointField.READING, reading, typed);
    fill(CheckpointField.REMARK, remark, typed);
    String typedStatus = typed.get(CheckpointField.STATUS);
    if (typedStatus != null) {
      status.setValue(TourStatus.valueOf(typedStatus));
    }
    var grid = new GridPane(12, 8);
    add(grid, words.field(CheckpointField.STATUS), status);
    add(grid, words.field(CheckpointField.SCAN), scan);
    add(grid, words.field(CheckpointField.READING), reading);
    add(grid, words.field(CheckpointField.REMARK), remark);
    var note = new Label(texts.get("tours.edit.note", seen.revision()));
    note.setWrapText(true);
    note.getStyleClass().addAll("text-muted", "text-small");
    if (!why.isEmpty()) {
      getChildren().add(words.notWritten(why));
    }
    getChildren().addAll(grid, note);
  }

  private void fill(
      CheckpointField field, TextInputControl control, Map<CheckpointField, String> typed) {
    control.setText(seen.value(field));
    shown.put(field, control.getText());
    String before = typed.get(field);
    if (before != null) {
      control.setText(before);
    }
  }

  private static void add(GridPane grid, String name, Control control) {
    var label = new Label(name);
    label.setLabelFor(control);
    label.setMinWidth(USE_PREF_SIZE);
    GridPane.setHgrow(control, javafx.scene.layout.Priority.ALWAYS);
    grid.addRow(grid.getRowCount(), label, control);
  }

  /// Asks, with what was typed before and why that was not written; see the constructor.
  static void ask(
      Dialogs dialogs,
      Texts texts,
      TourWords words,
      Checkpoint seen,
      Map<CheckpointField, String> typed,
      String why,
      Consumer<CheckpointChange> then) {
    var form = new CheckpointForm(dialogs, texts, words, seen, typed, why);
    dialogs.form(
        new Dialogs.Form<>(
            texts.get("tours.edit.title"),
            texts.get("tours.edit.header", seen.name()),
            form,
            texts.get("tours.edit.confirm"),
            form.complete(),
            () -> new CheckpointChange(seen.id(), seen.revision(), form.changes()),
            form.status::requestFocus),
        then);
  }

  /// Only what is to be other than it was seen: what others change beside it is theirs.
  private Map<CheckpointField, String> changes() {
    Map<CheckpointField, String> all = new EnumMap<>(CheckpointField.class);
    if (status.getValue() != seen.status()) {
      all.put(CheckpointField.STATUS, status.getValue().name());
    }
    put(all, CheckpointField.SCAN, scan);
    put(all, CheckpointField.READING, reading);
    put(all, CheckpointField.REMARK, remark);
    return all;
  }

  private void put(
      Map<CheckpointField, String> all, CheckpointField field, TextInputControl control) {
    String wanted = control.getText().strip();
    if (!control.getText().equals(shown.get(field)) && !wanted.equals(seen.value(field))) {
      all.put(field, wanted);
    }
  }

  private BooleanBinding complete() {
    return Bindings.createBooleanBinding(
        () -> !changes().isEmpty() && changes().entrySet().stream().allMatch(CheckpointForm::fits),
        status.valueProperty(),
        scan.textProperty(),
        reading.textProperty(),
        remark.textProperty());
  }

  private static boolean fits(Map.Entry<CheckpointField, String> change) {
    return change.getValue().length() <= change.getKey().longest();
  }
}
