package dev.imprimatur.fxml.outbox;

import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A counter that must stay 0, what it means, and whether it is.
final class Figure extends VBox {
  private final Label number = new Label("–");
  private final MarkLabel verdict = new MarkLabel();
  private final Texts texts;
  private final String name;

  /// @param code of the counter: its name is `outbox.figure.<code>`, what it means
  ///   `outbox.means.<code>`
  Figure(String code, Texts texts) {
    this.texts = texts;
    this.name = texts.code("outbox.figure", code);
    setId("outbox-" + code);
    setSpacing(2);
    getStyleClass().add("figure");
    number.getStyleClass().add("figure-number");
    var head = new Label(name);
    head.getStyleClass().add("figure-name");
    var line = new HBox(8, number, head, verdict);
    line.setAlignment(Pos.CENTER_LEFT);
    var means = new Label(texts.code("outbox.means", code));
    means.getStyleClass().addAll("text-muted", "text-small");
    means.setWrapText(true);
    means.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(line, means);
    HBox.setHgrow(this, Priority.ALWAYS);
    setPrefWidth(248);
    setMaxWidth(Double.MAX_VALUE);
    verdict.show(null);
  }

  void show(long value) {
    number.setText(texts.get("nav.count", value));
    verdict.show(
        value == 0
            ? new Mark(texts.get("outbox.sound"), Mark.Tone.GOOD)
            : new Mark(texts.get("outbox.unsound"), Mark.Tone.BAD, true));
    setAccessibleText(name + ": " + value + ", " + verdict.getText());
  }
}
