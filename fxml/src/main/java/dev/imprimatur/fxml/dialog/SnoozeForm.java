package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// For how long something is put out of sight.
final class SnoozeForm extends VBox {
  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, HH:mm", Locale.ENGLISH);

  private final ToggleGroup choices = new ToggleGroup();
  private final Texts texts;
  private final ZonedDateTime now;

  SnoozeForm(Texts texts, ZonedDateTime now) {
    super(8);
    this.texts = texts;
    this.now = now;
    add("hour", now.plusHours(1));
    add("afternoon", now.plusHours(4));
    add("tomorrow", now.plusDays(1).with(MORNING));
    add("week", now.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).with(MORNING));
    choices.selectToggle(choices.getToggles().get(1));
  }

  private void add(String code, ZonedDateTime until) {
    var choice = new RadioButton(texts.code("snooze.for", code) + "  ·  " + TIME.format(until));
    choice.setId("snooze-" + code);
    choice.setUserData(Duration.between(now, until));
    choice.setToggleGroup(choices);
    getChildren().add(choice);
  }

  Duration howLong() {
    return (Duration) choices.getSelectedToggle().getUserData();
  }

  void focus() {
    ((RadioButton) choices.getSelectedToggle()).requestFocus();
  }
}
