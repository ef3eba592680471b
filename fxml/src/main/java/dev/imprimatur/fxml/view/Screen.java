package dev.imprimatur.fxml.view;

import java.util.List;

/// A screen's life: it works only while it is shown.
public interface Screen {
  /// It is now shown.
  void activate();

  /// It is no longer shown: its work is called off.
  void deactivate();

  /// It is shown, and something in the database has changed.
  default void refresh() {}

  /// What can be done here at this moment by other ways than the buttons in sight; each says why it
  /// can't where it can't.
  default List<Command> commands() {
    return List.of();
  }

  /// Puts the cursor where one types what to look for.
  ///
  /// @return whether there is such a place
  default boolean search() {
    return false;
  }
}
