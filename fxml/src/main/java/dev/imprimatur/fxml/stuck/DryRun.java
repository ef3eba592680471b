package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Preview;
import dev.imprimatur.engine.assessment.BatchInspection;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// Shows what a decision would come to, by the engine's own reckoning, before it is confirmed; asks
/// for the reason where one is kept.
final class DryRun extends VBox {
  private final Texts texts;
  private final StuckWords words;
  private final GridPane lines = new GridPane(14, 6);
  private final TextArea reason;
  private final boolean needed;

  private DryRun(Dialogs dialogs, Texts texts, Preview preview, BatchInspection seen) {
    super(10);
    this.texts = texts;
    this.words = new StuckWords(texts);
    Action action = preview.action();
    needed = action == Action.CLOSE || action == Action.FAIL || action == Action.CANCEL;
    reason = dialogs.area("decision-reason", 2, texts.get("stuck.reason.prompt"));
    lines.setId("stuck-dry-run");
    lines.getStyleClass().add("stuck-dry-run");
    fill(preview, seen);
    var unchanged =
        new Label(texts.get("stuck.dry.unchanged", preview.batch().progress().revision()));
    unchanged.setWrapText(true);
    unchanged.getStyleClass().addAll("text-muted", "text-small");
    getChildren().addAll(lines);
    if (needed) {
      var label = new Label(texts.get("resolve.reason"));
      label.setLabelFor(reason);
      getChildren().addAll(label, reason);
    }
    getChildren().add(unchanged);
  }

  /// Asks.
  ///
  /// @param then given the reason, or an empty text where none is asked for
  static void ask(
      Dialogs dialogs, Texts texts, Preview preview, BatchInspection seen, Consumer<String> then) {
    String code = Code.of(preview.action());
    var dry = new DryRun(dialogs, texts, preview, seen);
    dialogs.form(
        new Dialogs.Form<>(
            texts.code("stuck.do.plain", code),
            texts.code("stuck.dry.header", code, preview.batch().terms().name(), preview.pairs()),
            dry,
            texts.code("stuck.dry.confirm", code, preview.pairs()),
            dry.complete(),
            () -> dry.reason.getText().strip(),
            dry::focus),
        // “Cancel” might be taken for cancelling the batch.
        texts.get("stuck.dry.leave"),
        then);
  }

  private BooleanBinding complete() {
    return needed
        ? Bindings.createBooleanBinding(() -> !reason.getText().isBlank(), reason.textProperty())
        : new SimpleBooleanProperty(true).and(new SimpleBooleanProperty(true));
  }

  private void focus() {
    if (needed) {
      reason.requestFocus();
    }
  }

  private void fill(Preview preview, BatchInspection seen) {
    Batch batch = preview.batch();
    String becomes = texts.code("stuck.state", Code.of(preview.becomes()));
    line(
        "state",
        preview.becomes() == batch.state()
            ? texts.get("stuck.dry.same", becomes)
            : texts.get("stuck.dry.becomes", words.state(batch), becomes));
    line("verdict", words.verdict(preview.verdict()));
    switch (preview.action()) {
      case WAIT -> line("then", texts.get("stuck.dry.wait", words.time(seen.stuckAfter())));
      case REREQUEST -> {
        line(
            "pairs",
            texts.get("stuck.dry.pairs", preview.pairs(), seen.detail().outstanding().size()));
        line("then", texts.code("stuck.dry.ask", Code.of(batch.terms().judging())));
      }
      case CLOSE, FINALISE -> {
        line("answers", words.answers(batch));
        line("outstanding", texts.get("stuck.dry.let-go", seen.detail().outstanding().size()));
        line("graph", words.graph(seen.parts()));
        line("reliability", words.reliability(seen.detail().reliability()));
        line("charged", texts.get("stuck.dry.charged", batch.counts().completed()));
      }
      case FAIL, CANCEL -> {
        line(
            "outstanding",
            texts.get(
                "stuck.dry.unranked", words.answers(batch), seen.detail().outstanding().size()));
        line("charged", texts.get("stuck.dry.free"));
        line("then", texts.get("stuck.dry.final"));
      }
    }
  }

  private void line(String name, String value) {
    var head = new Label(texts.code("stuck.dry.fact", name));
    head.getStyleClass().add("text-muted");
    head.setMinWidth(USE_PREF_SIZE);
    var text = new Label(value);
    text.setWrapText(true);
    text.setMinHeight(USE_PREF_SIZE);
    lines.addRow(lines.getRowCount(), head, text);
    GridPane.setValignment(head, javafx.geometry.VPos.TOP);
  }
}
