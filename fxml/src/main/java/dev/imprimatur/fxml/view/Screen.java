package dev.imprimatur.fxml.view;

/// A screen's life: it works only while it is shown.
public interface Screen {
  /// It is now shown.
  void activate();

  /// It is no longer shown: its work is called off.
  void deactivate();

  /// It is shown, and something in the database has changed.
  default void refresh() {}

  /// Puts the cursor where one types what to look for.
  ///
  /// @return whether there is such a place
  default boolean search() {
    return false;
  }
}
