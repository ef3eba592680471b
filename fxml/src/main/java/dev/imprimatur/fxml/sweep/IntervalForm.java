package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.sweep.Sweep;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// How long it is from one run of a sweep to the next.
final class IntervalForm extends VBox {
  private final TextField field = new TextField();
  private final CheckBox usual = new CheckBox();

  private IntervalForm(Texts texts, SweepStatus sweep) {
    super(8);
    field.setId("sweep-interval-field");
    field.setText(SweepWords.duration(sweep.interval()));
    var label = new Label(texts.get("sweeps.interval.label"));
    label.setLabelFor(field);
    usual.setId("sweep-interval-default");
    usual.setText(
        texts.get("sweeps.interval.default", SweepWords.duration(sweep.defaultInterval())));
    field.disableProperty().bind(usual.selectedProperty());
    var hint = new Label();
    hint.setId("sweep-interval-hint");
    hint.setWrapText(true);
    hint.getStyleClass().addAll("text-muted", "text-small");
    hint.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> texts.get(valid() ? "sweeps.interval.hint" : "sweeps.interval.wrong"),
                field.textProperty(),
                usual.selectedProperty()));
    getChildren().addAll(label, field, hint, usual);
  }

  /// Asks for one.
  ///
  /// @param then given the interval, or empty for the sweep's default
  static void ask(
      Dialogs dialogs, Texts texts, SweepStatus sweep, Consumer<Optional<Duration>> then) {
    var form = new IntervalForm(texts, sweep);
    dialogs.form(
        new Dialogs.Form<>(
            texts.get("sweeps.interval.title"),
            texts.get("sweeps.interval.header", sweep.name()),
            form,
            texts.get("sweeps.interval.confirm"),
            Bindings.createBooleanBinding(
                form::valid, form.field.textProperty(), form.usual.selectedProperty()),
            form::answer,
            form.field::requestFocus),
        then);
  }

  private boolean valid() {
    return usual.isSelected() || parsed().isPresent();
  }

  private Optional<Duration> answer() {
    return usual.isSelected() ? Optional.empty() : parsed();
  }

  private Optional<Duration> parsed() {
    try {
      return Optional.of(Keys.parseDuration(field.getText())).filter(Sweep::inRange);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
