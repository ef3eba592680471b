package dev.imprimatur.engine.document;

/// Finds front matter: a first line `---` or `+++`, any lines, and the same line again. It is no
/// prose and is never scored or rewritten.
public final class FrontMatter {
  /// Front matter longer than this is taken for text that happens to start with a rule.
  private static final int LONGEST = 64 * 1024;

  private FrontMatter() {}

  /// The offset of the first character after the front matter, 0 if there is none.
  public static int end(String body) {
    String fence = body.startsWith("---\n") ? "---" : body.startsWith("+++\n") ? "+++" : "";
    if (fence.isEmpty()) {
      return 0;
    }
    int line = 4;
    while (line < body.length() && line < LONGEST) {
      int lineEnd = body.indexOf('\n', line);
      int end = lineEnd < 0 ? body.length() : lineEnd;
      if (end - line == 3 && body.startsWith(fence, line)) {
        return lineEnd < 0 ? end : end + 1;
      }
      if (body.startsWith("\n", line)) {
        return 0;
      }
      line = end + 1;
    }
    return 0;
  }
}
