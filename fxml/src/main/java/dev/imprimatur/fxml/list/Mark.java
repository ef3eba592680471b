package dev.imprimatur.fxml.list;

/// A state in one or two words, as a row shows it.
///
/// @param text what it says; the colour says nothing that this does not
/// @param warns whether a sign of warning stands before it
public record Mark(String text, Tone tone, boolean warns) {
  /// How it is coloured.
  public enum Tone {
    PLAIN,
    GOOD,
    WARN,
    BAD
  }

  /// Without a sign.
  public Mark(String text, Tone tone) {
    this(text, tone, false);
  }
}
