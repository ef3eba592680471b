package dev.imprimatur.fxml.notice;

/// Something to be told within the window.
///
/// @param headline one sentence
/// @param detail what more there is to say, such as what would unblock it; may be empty
public record Notice(Kind kind, String headline, String detail) {
  /// How it is told.
  public enum Kind {
    DONE,
    CONFLICT,
    REFUSED
  }
}
