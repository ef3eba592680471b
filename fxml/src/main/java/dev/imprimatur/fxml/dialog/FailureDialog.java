package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import javafx.event.ActionEvent;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// What went wrong unexpectedly, with details to copy.
final class FailureDialog extends Alert {
  private final Texts texts;
  private final TextArea details = new TextArea();
  private int more;
  private final String header;

  FailureDialog(Texts texts, String name, Throwable failure) {
    super(AlertType.ERROR);
    this.texts = texts;
    header = texts.get("failure.header", name);
    details.setText(written(name, failure));
    details.setId("failure-details");
    details.setEditable(false);
    details.setPrefRowCount(10);
    details.setPrefColumnCount(60);
    details.setAccessibleText(texts.get("failure.details"));
    setTitle(texts.get("failure.title"));
    setHeaderText(header);
    String message = failure.getMessage();
    setContentText(message == null ? failure.getClass().getSimpleName() : message);
    getDialogPane().setExpandableContent(details);
    var copy = new ButtonType(texts.get("failure.copy"), ButtonBar.ButtonData.LEFT);
    getButtonTypes().setAll(copy, ButtonType.CLOSE);
    var button = getDialogPane().lookupButton(copy);
    button.setId("failure-copy");
    button.addEventFilter(
        ActionEvent.ACTION,
        event -> {
          var content = new ClipboardContent();
          content.putString(details.getText());
          Clipboard.getSystemClipboard().setContent(content);
          event.consume();
        });
  }

  /// Tells another failure beside the first.
  void add(String name, Throwable failure) {
    more++;
    setHeaderText(texts.get("failure.more", header, more));
    details.appendText("\n\n" + written(name, failure));
  }

  private static String written(String name, Throwable failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return name + "\n" + trace;
  }
}
