package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What a brand is called, what it is about, and for whom.
final class BrandForm extends VBox {
  private final TextField name = new TextField();
  private final TextArea pillars;
  private final TextArea personas;

  /// What was filled in.
  record Answer(String name, List<String> pillars, List<String> personas) {}

  /// Takes what was filled in.
  @FunctionalInterface
  interface Then {
    void add(String name, List<String> pillars, List<String> personas);
  }

  private BrandForm(Dialogs dialogs, Texts texts, @Nullable Brand brand) {
    super(8);
    name.setId("brand-name");
    pillars = dialogs.area("brand-pillars", 3, texts.get("today.brand.pillars.prompt"));
    personas = dialogs.area("brand-personas", 3, texts.get("today.brand.personas.prompt"));
    if (brand != null) {
      name.setText(brand.name());
      name.setDisable(true);
    }
    getChildren()
        .addAll(
            label(texts.get("today.brand.name"), name),
            name,
            label(texts.get("today.brand.pillars"), pillars),
            pillars,
            label(texts.get("today.brand.personas"), personas),
            personas);
  }

  private static Label label(String text, javafx.scene.Node of) {
    var label = new Label(text);
    label.setLabelFor(of);
    return label;
  }

  /// Asks.
  ///
  /// @param brand one that is to have more; null for a new one
  static void ask(Dialogs dialogs, Texts texts, @Nullable Brand brand, Then then) {
    var form = new BrandForm(dialogs, texts, brand);
    boolean more = brand != null;
    dialogs.form(
        new Dialogs.Form<>(
            texts.get(more ? "today.brand.more.title" : "today.brand.title"),
            texts.get(more ? "today.brand.more.header" : "today.brand.header"),
            form,
            texts.get(more ? "today.brand.more.confirm" : "today.brand.confirm"),
            Bindings.createBooleanBinding(
                () -> !form.name.getText().isBlank(), form.name.textProperty()),
            () ->
                new Answer(form.name.getText().strip(), lines(form.pillars), lines(form.personas)),
            () -> (more ? form.pillars : form.name).requestFocus()),
        answer -> then.add(answer.name(), answer.pillars(), answer.personas()));
  }

  private static List<String> lines(TextArea area) {
    return area.getText().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
