package dev.imprimatur.fxml.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Fills boxes in which one chooses what a list is narrowed to: everything, or one of several.
public final class Choice {
  private Choice() {}

  /// Gives a box its words and binds what is chosen.
  ///
  /// @param all what everything is called
  /// @param name what one of them is called
  public static <T> void bind(
      ComboBox<@Nullable T> box,
      String all,
      Function<T, String> name,
      Property<@Nullable T> chosen) {
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return value == null ? all : name.apply(value);
          }

          @Override
          public @Nullable T fromString(String text) {
            throw new UnsupportedOperationException("choices are not typed");
          }
        });
    offer(box, List.of());
    box.valueProperty().bindBidirectional(chosen);
  }

  /// Offers everything and these. What is chosen stays chosen, though there be none of it by now.
  public static <T> void offer(ComboBox<@Nullable T> box, List<? extends T> values) {
    @Nullable T chosen = box.getValue();
    List<@Nullable T> items = new ArrayList<>();
    items.add(null);
    items.addAll(values);
    if (chosen != null && !items.contains(chosen)) {
      items.add(chosen);
    }
    if (!box.getItems().equals(items)) {
      box.getItems().setAll(items);
      box.setValue(chosen);
    }
  }

  /// Lets one of several buttons in a group stand for a value, whether it is pressed, chosen by the
  /// arrows, which presses nothing, or the value comes from elsewhere. One of them is always
  /// chosen.
  public static <T> void bind(ToggleButton button, T value, Property<T> chosen) {
    button.setSelected(value.equals(chosen.getValue()));
    button
        .selectedProperty()
        .addListener((observed, before, now) -> {
          if (now) {
            chosen.setValue(value);
          }
        });
    chosen.addListener((observed, before, now) -> {
      if (value.equals(now)) {
        button.setSelected(true);
      }
    });
    button.setOnAction(event -> button.setSelected(true));
  }
}
