package dev.imprimatur.fxml.notice;

import java.util.List;

/// Something to be told within the window.
///
/// @param headline one sentence
/// @param detail what more there is to say, such as what would unblock it; may be empty
/// @param mine what was about to be done, line by line, where it clashed with what another did
/// @param theirs the state as it is now, line by line
public record Notice(
    Kind kind, String headline, String detail, List<String> mine, List<String> theirs) {

  /// Told without anything to set side by side.
  public Notice(Kind kind, String headline, String detail) {
    this(kind, headline, detail, List.of(), List.of());
  }

  /// How it is told.
  public enum Kind {
    DONE,
    CONFLICT,
    REFUSED
  }
}
