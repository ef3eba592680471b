package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The filters' choices.
final class Choices {
  private Choices() {}

  static void shows(ComboBox<EscalationQuery.Show> box, Texts texts) {
    box.getItems().setAll(EscalationQuery.Show.values());
    box.setConverter(
        new OneWay<>(show -> show == null ? "" : texts.code("inbox.show", Code.of(show))));
  }

  static void reasons(ComboBox<Escalation.@Nullable Reason> box, Texts texts) {
    box.getItems().add(null);
    box.getItems().addAll(Escalation.Reason.values());
    box.setConverter(
        new OneWay<>(reason ->
            reason == null
                ? texts.get("inbox.reason.all")
                : texts.code("reason", Code.of(reason))));
  }

  /// Shows a choice; nobody types one.
  private static final class OneWay<T extends @Nullable Object> extends StringConverter<T> {
    private final Function<T, String> show;

    OneWay(Function<T, String> show) {
      this.show = show;
    }

    @Override
    public String toString(T value) {
      return show.apply(value);
    }

    @Override
    public T fromString(String text) {
      throw new UnsupportedOperationException("choices are not typed");
    }
  }
}
