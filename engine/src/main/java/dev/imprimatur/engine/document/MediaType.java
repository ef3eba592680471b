package dev.imprimatur.engine.document;

/// How the body of a version is written. HTML is turned into Markdown when it is imported.
public enum MediaType {
  /// CommonMark with tables.
  MARKDOWN("text/markdown"),
  /// Paragraphs separated by blank lines; no mark-up means anything.
  PLAIN("text/plain");

  private final String code;

  MediaType(String code) {
    this.code = code;
  }

  /// The name stored in the database and printed, such as `text/markdown`.
  public String code() {
    return code;
  }

  /// The type with this code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static MediaType ofCode(String code) {
    for (MediaType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no media type has the code '" + code + "'");
  }
}
