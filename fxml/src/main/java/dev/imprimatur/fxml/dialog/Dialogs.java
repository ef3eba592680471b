package dev.imprimatur.fxml.dialog;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.view.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Opens dialogs over the window.
public final class Dialogs {
  private final Texts texts;
  private final URL style;
  private @Nullable Window owner;

  /// @param style the style sheet of the window
  public Dialogs(Texts texts, URL style) {
    this.texts = texts;
    this.style = style;
  }

  /// The window that dialogs stand over.
  public void over(Window window) {
    owner = window;
  }

  /// Asks how an escalation is decided, and why.
  public void resolve(String article, Consumer<Resolution> then) {
    var form = new OutcomeForm(texts);
    var dialog = dialog(texts.get("resolve.title"), texts.get("resolve.header", article), form);
    ButtonType confirm = confirm(dialog, texts.get("resolve.confirm"), form);
    dialog.setOnShown(event -> form.focus());
    dialog.setResultConverter(
        button -> button == confirm ? new Answer(form.resolution(), "") : null);
    ask(dialog, answer -> then.accept(Objects.requireNonNull(answer.resolution())));
  }

  /// Asks for a note to an approval and, where escalations are pending, how they are decided.
  public void approve(String article, int pending, Consumer<Answer> then) {
    var form = pending == 0 ? null : new OutcomeForm(texts);
    var note = new TextArea();
    note.setId("approve-note");
    note.setPrefRowCount(2);
    note.setWrapText(true);
    note.setPromptText(texts.get("approve.note.prompt"));
    var label = new Label(texts.get("approve.note"));
    label.setLabelFor(note);
    var content = new VBox(8);
    if (form != null) {
      var also = new Label(texts.get("approve.pending", pending));
      also.setWrapText(true);
      content.getChildren().addAll(also, form);
    }
    content.getChildren().addAll(label, note);
    var dialog = dialog(texts.get("approve.title"), texts.get("approve.header", article), content);
    ButtonType confirm = confirm(dialog, texts.get("approve.confirm"), form);
    dialog.setOnShown(event -> focus(form, note));
    dialog.setResultConverter(button ->
        button == confirm
            ? new Answer(form == null ? null : form.resolution(), note.getText().strip())
            : null);
    ask(dialog, then);
  }

  /// Tells of a failure that nobody expected, with details to copy.
  public void failure(String name, Throwable failure) {
    var written = new StringWriter();
    failure.printStackTrace(new PrintWriter(written));
    String details = name + "\n" + written;
    var area = new TextArea(details);
    area.setId("failure-details");
    area.setEditable(false);
    area.setPrefRowCount(10);
    area.setPrefColumnCount(60);
    area.setAccessibleText(texts.get("failure.details"));
    var alert = new Alert(Alert.AlertType.ERROR);
    dress(alert);
    alert.setTitle(texts.get("failure.title"));
    alert.setHeaderText(texts.get("failure.header", name));
    String message = failure.getMessage();
    alert.setContentText(message == null ? failure.getClass().getSimpleName() : message);
    alert.getDialogPane().setExpandableContent(area);
    var copy = new ButtonType(texts.get("failure.copy"), ButtonBar.ButtonData.LEFT);
    alert.getButtonTypes().setAll(copy, ButtonType.CLOSE);
    alert
        .getDialogPane()
        .lookupButton(copy)
        .addEventFilter(
            javafx.event.ActionEvent.ACTION,
            event -> {
              var content = new ClipboardContent();
              content.putString(details);
              Clipboard.getSystemClipboard().setContent(content);
              event.consume();
            });
    alert.show();
  }

  /// Asks before something that one may not want after all.
  ///
  /// @param confirm what the button says that does it
  public void confirm(String title, String header, String text, String confirm, Runnable then) {
    var words = new Label(text);
    words.setWrapText(true);
    var dialog = dialog(title, header, words);
    ButtonType go = confirm(dialog, confirm, null);
    dialog.setResultConverter(button -> button == go ? new Answer(null, "") : null);
    ask(dialog, answer -> then.run());
  }

  /// Shows the keys.
  public void keys() {
    var alert = new Alert(Alert.AlertType.NONE);
    dress(alert);
    alert.setTitle(texts.get("keys.title"));
    alert.getDialogPane().setContent(KeyMap.of(texts));
    alert.getButtonTypes().setAll(ButtonType.CLOSE);
    alert.show();
  }

  /// What was answered.
  ///
  /// @param resolution how pending escalations are decided, if there are any
  /// @param note may be empty
  public record Answer(@Nullable Resolution resolution, String note) {}

  /// How an escalation is decided.
  public record Resolution(Escalation.Outcome outcome, String reason) {}

  private static void focus(@Nullable OutcomeForm form, TextInputControl otherwise) {
    if (form == null) {
      otherwise.requestFocus();
    } else {
      form.focus();
    }
  }

  private Dialog<Answer> dialog(String title, String header, javafx.scene.Node content) {
    var dialog = new Dialog<Answer>();
    dress(dialog);
    dialog.setTitle(title);
    var head = new Label(header);
    head.getStyleClass().add("dialog-head");
    head.setWrapText(true);
    var all = new VBox(12, head, content);
    all.setPrefWidth(480);
    all.getStyleClass().add("dialog-body");
    dialog.getDialogPane().setContent(all);
    return dialog;
  }

  private void dress(Dialog<?> dialog) {
    if (owner != null) {
      dialog.initOwner(owner);
    }
    dialog.getDialogPane().getStylesheets().add(style.toExternalForm());
    dialog.setResizable(true);
  }

  private ButtonType confirm(Dialog<Answer> dialog, String text, @Nullable OutcomeForm form) {
    var confirm = new ButtonType(text, ButtonBar.ButtonData.OK_DONE);
    dialog.getDialogPane().getButtonTypes().setAll(confirm, ButtonType.CANCEL);
    if (form != null) {
      dialog
          .getDialogPane()
          .lookupButton(confirm)
          .disableProperty()
          .bind(form.completeProperty().not());
    }
    return confirm;
  }

  private static void ask(Dialog<Answer> dialog, Consumer<Answer> then) {
    dialog.setOnHidden(event -> {
      Answer answer = dialog.getResult();
      if (answer != null) {
        then.accept(answer);
      }
    });
    dialog.show();
  }
}
