package dev.imprimatur.fxml.dialog;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.action.Questions;
import dev.imprimatur.fxml.view.Texts;
import java.util.Objects;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// An outcome and its reason. Nothing is chosen beforehand: a decision that is kept for good should
/// not be made by pressing Enter.
final class OutcomeForm extends VBox {
  private final ToggleGroup outcomes = new ToggleGroup();
  private final TextArea reason;

  /// @param allowed the outcomes to choose among: who approves a text does not reject it
  /// @param reason where the reason is written
  OutcomeForm(Texts texts, Set<Escalation.Outcome> allowed, TextArea reason) {
    super(8);
    this.reason = reason;
    for (Escalation.Outcome outcome : allowed) {
      String code = Code.of(outcome);
      var choice = new RadioButton(texts.code("outcome", code));
      choice.setId("outcome-" + code);
      choice.setUserData(outcome);
      choice.setToggleGroup(outcomes);
      var means = new Label(texts.code("outcome.means", code));
      means.getStyleClass().add("hint-indented");
      means.setWrapText(true);
      choice.setAccessibleHelp(means.getText());
      getChildren().add(new VBox(1, choice, means));
    }
    var label = new Label(texts.get("resolve.reason"));
    label.setLabelFor(reason);
    getChildren().addAll(label, reason);
  }

  BooleanBinding completeProperty() {
    return Bindings.createBooleanBinding(
        () -> outcomes.getSelectedToggle() != null && !reason.getText().isBlank(),
        outcomes.selectedToggleProperty(),
        reason.textProperty());
  }

  Questions.Resolution resolution() {
    var chosen = Objects.requireNonNull(outcomes.getSelectedToggle(), "nothing is chosen");
    return new Questions.Resolution(
        (Escalation.Outcome) chosen.getUserData(), reason.getText().strip());
  }

  void focus() {
    ((RadioButton) outcomes.getToggles().getFirst()).requestFocus();
  }
}
