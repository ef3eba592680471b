package dev.imprimatur.fxml.dialog;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.action.Questions;
import dev.imprimatur.fxml.view.Texts;
import java.net.URL;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Opens dialogs over the window.
public final class Dialogs implements Questions {
  private final Texts texts;
  private final URL style;
  private final Supplier<ZonedDateTime> now;
  private @Nullable Window owner;
  private @Nullable FailureDialog failing;

  /// @param style the style sheet of the window
  /// @param now the time, where the user is
  public Dialogs(Texts texts, URL style, Supplier<ZonedDateTime> now) {
    this.texts = texts;
    this.style = style;
    this.now = now;
  }

  /// The window that dialogs stand over.
  public void over(Window window) {
    owner = window;
  }

  @Override
  public void resolve(String article, Consumer<Resolution> then) {
    var form = outcomeForm(EnumSet.allOf(Escalation.Outcome.class));
    var dialog =
        this.<Resolution>dialog(
            texts.get("resolve.title"), texts.get("resolve.header", article), form);
    ButtonType confirm = confirm(dialog, texts.get("resolve.confirm"), form.completeProperty());
    dialog.setOnShown(event -> form.focus());
    ask(dialog, confirm, form::resolution, then);
  }

  @Override
  public void approve(String article, int pending, Consumer<Approval> then) {
    var form =
        pending == 0
            ? null
            : outcomeForm(EnumSet.complementOf(EnumSet.of(Escalation.Outcome.REJECTED)));
    var note = area("approve-note", 2, texts.get("approve.note.prompt"));
    var label = new Label(texts.get("approve.note"));
    label.setLabelFor(note);
    var content = new VBox(8);
    if (form != null) {
      var also = new Label(texts.get("approve.pending", pending));
      also.setWrapText(true);
      content.getChildren().addAll(also, form);
    }
    content.getChildren().addAll(label, note);
    var dialog =
        this.<Approval>dialog(
            texts.get("approve.title"), texts.get("approve.header", article), content);
    ButtonType confirm =
        confirm(
            dialog, texts.get("approve.confirm"), form == null ? null : form.completeProperty());
    dialog.setOnShown(event -> focus(form, note));
    ask(
        dialog,
        confirm,
        () -> new Approval(form == null ? null : form.resolution(), note.getText().strip()),
        then);
  }

  @Override
  public void reject(String article, Consumer<String> then) {
    reason(
        texts.get("reject.title"),
        texts.get("reject.header", article),
        texts.get("reject.prompt"),
        texts.get("reject.confirm"),
        then);
  }

  @Override
  public void revoke(String article, Consumer<String> then) {
    reason(
        texts.get("revoke.title"),
        texts.get("revoke.header", article),
        texts.get("revoke.prompt"),
        texts.get("revoke.confirm"),
        then);
  }

  /// Asks for a reason, without which nothing is decided.
  ///
  /// @param prompt stands in the empty field
  public void reason(
      String title, String header, String prompt, String confirmText, Consumer<String> then) {
    var why = area("decision-reason", 4, prompt);
    var label = new Label(texts.get("resolve.reason"));
    label.setLabelFor(why);
    var dialog = this.<String>dialog(title, header, new VBox(8, label, why));
    var given = Bindings.createBooleanBinding(() -> !why.getText().isBlank(), why.textProperty());
    ButtonType confirm = confirm(dialog, confirmText, given);
    dialog.setOnShown(event -> why.requestFocus());
    ask(dialog, confirm, () -> why.getText().strip(), then);
  }

  @Override
  public void snooze(String article, Consumer<Duration> then) {
    var choice = new SnoozeForm(texts, now.get());
    var dialog =
        this.<Duration>dialog(
            texts.get("snooze.title"), texts.get("snooze.header", article), choice);
    ButtonType confirm = confirm(dialog, texts.get("snooze.confirm"), null);
    dialog.setOnShown(event -> choice.focus());
    ask(dialog, confirm, choice::howLong, then);
  }

  /// A form in a dialog of its own.
  ///
  /// @param confirm what the button says that takes it
  /// @param complete whether it can be taken
  /// @param focus puts the cursor into it
  public record Form<T>(
      String title,
      String header,
      Node content,
      String confirm,
      BooleanBinding complete,
      Supplier<T> answer,
      Runnable focus) {}

  /// Shows a form, and gives on what was filled in.
  public <T> void form(Form<T> form, Consumer<T> then) {
    form(form, ButtonType.CANCEL.getText(), then);
  }

  /// The same where “Cancel” might be taken for the thing itself.
  ///
  /// @param leave what the button says that does nothing
  public <T> void form(Form<T> form, String leave, Consumer<T> then) {
    var dialog = this.<T>dialog(form.title(), form.header(), form.content());
    ButtonType confirm = confirm(dialog, form.confirm(), form.complete());
    if (!leave.equals(ButtonType.CANCEL.getText())) {
      dialog
          .getDialogPane()
          .getButtonTypes()
          .set(1, new ButtonType(leave, ButtonBar.ButtonData.CANCEL_CLOSE));
    }
    dialog.setOnShown(event -> form.focus().run());
    ask(dialog, confirm, form.answer(), then);
  }

  /// Tells of a failure that nobody expected, with details to copy. What fails while that is still
  /// being told is told in the same place.
  public void failure(String name, Throwable failure) {
    FailureDialog open = failing;
    if (open != null && open.isShowing()) {
      open.add(name, failure);
      return;
    }
    var dialog = new FailureDialog(texts, name, failure);
    dress(dialog);
    failing = dialog;
    dialog.show();
  }

  /// Tells, before the window goes, which decisions could not be recorded; goes on at once where
  /// there are none.
  public void unrecorded(List<String> lines, Runnable then) {
    if (lines.isEmpty()) {
      then.run();
      return;
    }
    var words = new VBox(8);
    for (String line : lines) {
      var label = new Label(line);
      label.setWrapText(true);
      words.getChildren().add(label);
    }
    var dialog =
        this.<Boolean>dialog(
            texts.get("close.unrecorded.title"), texts.get("close.unrecorded.header"), words);
    dialog
        .getDialogPane()
        .getButtonTypes()
        .setAll(
            new ButtonType(texts.get("close.unrecorded.close"), ButtonBar.ButtonData.CANCEL_CLOSE));
    dialog.setOnHidden(event -> then.run());
    dialog.show();
  }

  /// Asks before something that one may not want after all.
  ///
  /// @param confirm what the button says that does it
  public void confirm(String title, String header, String text, String confirm, Runnable then) {
    confirm(title, header, text, confirm, ButtonType.CANCEL.getText(), then);
  }

  /// The same where “Cancel” might be taken for the thing itself.
  ///
  /// @param leave what the button says that does nothing
  public void confirm(
      String title, String header, String text, String confirm, String leave, Runnable then) {
    var words = new Label(text);
    words.setWrapText(true);
    var dialog = this.<Boolean>dialog(title, header, words);
    ButtonType go = confirm(dialog, confirm, null);
    dialog
        .getDialogPane()
        .getButtonTypes()
        .setAll(go, new ButtonType(leave, ButtonBar.ButtonData.CANCEL_CLOSE));
    // A second space that was meant for the button that asks answers nothing; Enter still does.
    dialog.setOnShown(event -> dialog.getDialogPane().requestFocus());
    ask(dialog, go, () -> true, answer -> then.run());
  }

  /// Tells something that is to be taken note of before one goes on.
  public void tell(String title, String header, String text) {
    var words = new Label(text);
    words.setWrapText(true);
    var dialog = this.<Boolean>dialog(title, header, words);
    dialog
        .getDialogPane()
        .getButtonTypes()
        .setAll(new ButtonType(texts.get("tell.close"), ButtonBar.ButtonData.CANCEL_CLOSE));
    dialog.show();
  }

  /// Shows the keys.
  ///
  /// @param room the id of the room in sight, whose keys come first
  public void keys(String room) {
    var alert = new Alert(Alert.AlertType.NONE);
    dress(alert);
    alert.setTitle(texts.get("keys.title"));
    var map = new KeyMap(room, texts);
    alert.getDialogPane().setContent(map);
    alert.getButtonTypes().setAll(ButtonType.CLOSE);
    alert.setOnShown(event -> map.focus());
    alert.show();
  }

  private static void focus(@Nullable OutcomeForm form, TextInputControl otherwise) {
    if (form == null) {
      otherwise.requestFocus();
    } else {
      form.focus();
    }
  }

  /// @param outcomes to choose among
  private OutcomeForm outcomeForm(Set<Escalation.Outcome> outcomes) {
    return new OutcomeForm(
        texts, outcomes, area("decision-reason", 3, texts.get("resolve.reason.prompt")));
  }

  /// A field for several lines in a dialog: Tab leads on, Control and Enter decide.
  public TextArea area(String id, int rows, String prompt) {
    var area = new TextArea();
    area.setId(id);
    area.setPrefRowCount(rows);
    area.setWrapText(true);
    area.setPromptText(prompt);
    // Tab leads on, as everywhere else; Control and Enter decide.
    area.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
            area.fireEvent(
                new KeyEvent(
                    KeyEvent.KEY_PRESSED,
                    "",
                    "",
                    KeyCode.TAB,
                    event.isShiftDown(),
                    true,
                    false,
                    false));
            event.consume();
          } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            area.getScene().getRoot().lookupAll(".button").stream()
                .filter(n -> n instanceof Button b && b.isDefaultButton() && !b.isDisabled())
                .findFirst()
                .ifPresent(n -> ((Button) n).fire());
            event.consume();
          }
        });
    return area;
  }

  private <T> Dialog<T> dialog(String title, String header, Node content) {
    var dialog = new Dialog<T>();
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

  private static <T> ButtonType confirm(
      Dialog<T> dialog, String text, @Nullable BooleanBinding complete) {
    var confirm = new ButtonType(text, ButtonBar.ButtonData.OK_DONE);
    dialog.getDialogPane().getButtonTypes().setAll(confirm, ButtonType.CANCEL);
    if (complete != null) {
      dialog.getDialogPane().lookupButton(confirm).disableProperty().bind(complete.not());
    }
    return confirm;
  }

  private static <T> void ask(
      Dialog<T> dialog, ButtonType confirm, Supplier<T> answer, Consumer<T> then) {
    dialog.setResultConverter(button -> button == confirm ? answer.get() : null);
    dialog.setOnHidden(event -> {
      T given = dialog.getResult();
      if (given != null) {
        then.accept(given);
      }
    });
    dialog.show();
  }
}
