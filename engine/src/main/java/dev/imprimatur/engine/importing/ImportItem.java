package dev.imprimatur.engine.importing;

/// What became of one thing an import met.
public sealed interface ImportItem {
  /// The path or feed item this is about, as shown to the user.
  String path();

  /// An article that could be read.
  record Read(ImportedText text) implements ImportItem {
    @Override
    public String path() {
      return text.path();
    }
  }

  /// Something that could not; the rest of the import goes on.
  ///
  /// @param path the path, or `feed.xml#item`, as shown to the user
  /// @param code one of [ImportCodes], for programs
  /// @param message one line for people: what is wrong with what, and what to do about it
  record Failed(String path, String code, String message) implements ImportItem {}
}
