package dev.imprimatur.fxml.judging;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;

/// Scrolls two texts: by keys, and on wish one with the other, in proportion to their lengths.
final class Scrolls {
  private static final double LINE = 40;
  private static final double PAGE = 0.85;

  private final ListView<String> first;
  private final ListView<String> second;
  private final BooleanSupplier together;
  private boolean following;

  Scrolls(ListView<String> first, ListView<String> second, BooleanSupplier together) {
    this.first = first;
    this.second = second;
    this.together = together;
    // The bars come with the skins.
    first.skinProperty().addListener((observed, before, now) -> follow(first, second));
    second.skinProperty().addListener((observed, before, now) -> follow(second, first));
  }

  private void follow(ListView<String> leader, ListView<String> follower) {
    bar(leader)
        .ifPresent(bar ->
            bar.valueProperty()
                .addListener((observed, before, now) -> {
                  if (together.getAsBoolean() && !following) {
                    following = true;
                    try {
                      bar(follower).ifPresent(other -> other.setValue(now.doubleValue()));
                    } finally {
                      following = false;
                    }
                  }
                }));
  }

  private static Optional<ScrollBar> bar(ListView<String> list) {
    return list.lookupAll(".scroll-bar").stream()
        .filter(ScrollBar.class::isInstance)
        .map(ScrollBar.class::cast)
        .filter(bar -> bar.getOrientation() == Orientation.VERTICAL)
        .findFirst();
  }

  /// Both texts from their first line.
  void toTop() {
    both(list -> list.scrollTo(0));
  }

  /// Scrolls the text that has the focus, or both.
  ///
  /// @return whether it was a key that scrolls
  boolean by(KeyCode key) {
    switch (key) {
      case UP -> pixels(-1, LINE);
      case DOWN -> pixels(1, LINE);
      case PAGE_UP -> pixels(-1, page());
      case PAGE_DOWN -> pixels(1, page());
      case HOME -> both(list -> list.scrollTo(0));
      case END -> both(list -> list.scrollTo(list.getItems().size() - 1));
      default -> {
        return false;
      }
    }
    return true;
  }

  private double page() {
    return first.getHeight() * PAGE;
  }

  private void pixels(int direction, double by) {
    Consumer<ListView<String>> scroll =
        list -> {
          if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollPixels(direction * by);
          }
        };
    // Each by as much: following in proportion is for the mouse.
    following = true;
    try {
      both(scroll);
    } finally {
      following = false;
    }
  }

  private void both(Consumer<ListView<String>> action) {
    List<ListView<String>> lists =
        together.getAsBoolean()
            ? List.of(first, second)
            : second.isFocused() ? List.of(second) : List.of(first);
    lists.forEach(action);
  }
}
