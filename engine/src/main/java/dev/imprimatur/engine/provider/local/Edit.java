package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.List;

/// One replacement in a text and the reason for it.
///
/// @param start offset of the first character replaced
/// @param end offset after the last character replaced; equal to `start` for an insertion
record Edit(int start, int end, String replacement, Change change) {

  /// Makes the edits, which must be in ascending order and not overlap.
  static String apply(String text, List<Edit> edits) {
    StringBuilder out = new StringBuilder(text.length() + 64);
    int at = 0;
    for (Edit edit : edits) {
      out.append(text, at, edit.start()).append(edit.replacement());
      at = edit.end();
    }
    return out.append(text, at, text.length()).toString();
  }
}
