package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// What the list can be narrowed to and ordered by.
final class SuggestionChoices {
  private SuggestionChoices() {}

  static void shows(ComboBox<SuggestionQuery.Show> box, Texts texts) {
    box.getItems().setAll(SuggestionQuery.Show.values());
    box.setConverter(named(show -> texts.code("suggestion.show", Code.of(show))));
  }

  static void orders(ComboBox<Boolean> box, Texts texts) {
    box.getItems().setAll(false, true);
    box.setConverter(
        named(oldest -> texts.get(oldest ? "suggestion.oldest" : "suggestion.newest")));
  }

  private static <T> StringConverter<T> named(Function<T, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return value == null ? "" : name.apply(value);
      }

      @Override
      public @Nullable T fromString(String text) {
        return null;
      }
    };
  }
}
