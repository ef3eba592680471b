package dev.imprimatur.fxml.view;

/// A screen's life: it works only while it is shown.
public interface Screen {
  /// It is now shown.
  void activate();

  /// It is no longer shown: its work is called off.
  void deactivate();
}
