package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// Shows both values of every field that two have changed, and asks which is to stand. Nothing is
/// chosen for anybody.
final class ConflictForm extends VBox {
  private final CheckpointChange wanted;
  private final List<FieldConflict> conflicts;
  private final Map<CheckpointField, RadioButton> mine = new EnumMap<>(CheckpointField.class);
  private final List<ToggleGroup> groups = new ArrayList<>();

  private ConflictForm(
      Texts texts,
      TourWords words,
      DecisionWords times,
      CheckpointChange wanted,
      List<FieldConflict> conflicts) {
    super(14);
    this.wanted = wanted;
    this.conflicts = conflicts;
    for (FieldConflict conflict : conflicts) {
      String code = Code.of(conflict.field());
      var group = new ToggleGroup();
      var theirs =
          choice(
              group,
              "tours-theirs-" + code,
              texts.get(
                  "tours.conflict.theirs",
                  words.value(conflict.field(), conflict.theirs()),
                  conflict.by(),
                  times.exactTime(conflict.at())));
      var ours =
          choice(
              group,
              "tours-mine-" + code,
              texts.get("tours.conflict.mine", words.value(conflict.field(), conflict.mine())));
      mine.put(conflict.field(), ours);
      groups.add(group);
      var head = new Label(words.field(conflict.field()));
      head.getStyleClass().add("tours-conflict-field");
      getChildren().add(new VBox(6, head, theirs, ours));
    }
    var note = new Label(texts.get("tours.conflict.note"));
    note.setWrapText(true);
    note.getStyleClass().addAll("text-muted", "text-small");
    getChildren().add(note);
  }

  private static RadioButton choice(ToggleGroup group, String id, String text) {
    var button = new RadioButton(text);
    button.setId(id);
    button.setWrapText(true);
    button.setToggleGroup(group);
    return button;
  }

  /// Asks; what is then still wanted names the revision that was shown here.
  static void ask(
      Dialogs dialogs,
      Texts texts,
      TourWords words,
      DecisionWords times,
      CheckpointChange wanted,
      List<FieldConflict> conflicts,
      Consumer<CheckpointChange> then) {
    var form = new ConflictForm(texts, words, times, wanted, conflicts);
    dialogs.form(
        new Dialogs.Form<>(
            texts.get("tours.conflict.title"),
            texts.get("tours.conflict.header", conflicts.getFirst().of().name()),
            form,
            texts.get("tours.conflict.confirm"),
            form.complete(),
            form::chosen,
            form::focus),
        texts.get("tours.conflict.leave"),
        then);
  }

  private void focus() {
    mine.values().stream()
        .findFirst()
        .ifPresent(button -> {
          if (button.getToggleGroup().getToggles().getFirst() instanceof RadioButton first) {
            first.requestFocus();
          }
        });
  }

  private CheckpointChange chosen() {
    Map<CheckpointField, String> values = new EnumMap<>(CheckpointField.class);
    values.putAll(wanted.values());
    mine.forEach((field, button) -> {
      if (!button.isSelected()) {
        values.remove(field);
      }
    });
    return new CheckpointChange(wanted.checkpoint(), conflicts.getFirst().revision(), values);
  }

  private BooleanBinding complete() {
    return Bindings.createBooleanBinding(
        () -> groups.stream().allMatch(g -> g.getSelectedToggle() != null),
        groups.stream().map(ToggleGroup::selectedToggleProperty).toArray(ObservableValue[]::new));
  }
}
