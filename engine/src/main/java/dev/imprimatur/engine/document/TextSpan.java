package dev.imprimatur.engine.document;

/// A stretch of a text.
///
/// @param start offset of the first character, in UTF-16 units
/// @param end offset after the last character, at least `start`
public record TextSpan(int start, int end) {
  /// The characters of the span.
  public String in(CharSequence text) {
    return text.subSequence(start, end).toString();
  }

  /// The number of UTF-16 units.
  public int length() {
    return end - start;
  }

  /// The same stretch seen from a text that begins `offset` units earlier.
  public TextSpan shifted(int offset) {
    return new TextSpan(start + offset, end + offset);
  }
}
