package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Asks for the code of an asset; a scanner types it and presses Enter.
final class ScanForm {
  private ScanForm() {}

  /// Asks.
  ///
  /// @param typed what was scanned before and not written; empty at first
  /// @param why it was not written, a sentence; empty at first
  static void ask(
      Dialogs dialogs,
      Texts texts,
      TourWords words,
      String tour,
      String typed,
      String why,
      Consumer<String> then) {
    var code = new TextField(typed);
    code.setId("tours-scan");
    code.setPromptText(texts.get("tours.scan.prompt"));
    var label = new Label(texts.get("tours.scan.label"));
    label.setLabelFor(code);
    var form = new VBox(8, label, code);
    if (!why.isEmpty()) {
      form.getChildren().addFirst(words.notWritten(why));
    }
    dialogs.form(
        new Dialogs.Form<>(
            texts.get("tours.scan.title"),
            texts.get("tours.scan.header", tour),
            form,
            texts.get("tours.scan.confirm"),
            Bindings.createBooleanBinding(
                () ->
                    !code.getText().isBlank()
                        && code.getText().length() <= CheckpointField.SCAN.longest(),
                code.textProperty()),
            () -> code.getText().strip(),
            code::requestFocus),
        then);
  }
}
