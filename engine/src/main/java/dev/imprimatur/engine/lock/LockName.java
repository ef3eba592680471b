package dev.imprimatur.engine.lock;

/// What is locked, such as `tour-job:42`.
///
/// @param text at most 200 characters
/// @param type the part before the first colon, at most 100 characters: what is measured together
public record LockName(String text, String type) {
  private static final int LONGEST = 200;
  private static final int LONGEST_TYPE = 100;

  /// Reads a name.
  ///
  /// @throws IllegalArgumentException if it has no type, nothing behind the colon, or is too long
  public static LockName of(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1 || text.isBlank()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name of a lock; write type:what, such as tour-job:42");
    }
    if (text.length() > LONGEST || colon > LONGEST_TYPE) {
      throw new IllegalArgumentException(
          "the name of a lock has at most "
              + LONGEST
              + " characters, "
              + LONGEST_TYPE
              + " before the colon, not "
              + text.length()
              + " and "
              + colon);
    }
    return new LockName(text, text.substring(0, colon));
  }
}
