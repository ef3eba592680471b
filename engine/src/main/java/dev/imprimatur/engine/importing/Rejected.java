package dev.imprimatur.engine.importing;

/// Input that can't be imported. Never leaves this package: [Importer] turns it into an
/// [ImportItem.Failed].
final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /// @param predicate the rest of a sentence whose subject is the path, such as `is empty; …`
  Rejected(String code, String predicate) {
    // Refused input is ordinary; a stack trace of it helps nobody.
    super(predicate, null, false, false);
    this.code = code;
  }

  ImportItem.Failed about(String path) {
    return new ImportItem.Failed(path, code, path + " " + Texts.line(String.valueOf(getMessage())));
  }
}
