package dev.imprimatur.engine.importing;

import java.util.ArrayList;
import java.util.List;

/// Puts blocks under each other as Markdown, inside the lists and quotes that are open.
final class MarkdownWriter {
  /// Each open container costs its prefix on every line: without a limit, nested lists of a few
  /// bytes each would grow with the square of their number. What is nested deeper is written at
  /// this depth.
  private static final int MAX_DEPTH = 12;

  private static final class Frame {
    private final String first;
    private final String rest;
    private boolean used;

    Frame(String first, String rest) {
      this.first = first;
      this.rest = rest;
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final List<Frame> frames = new ArrayList<>();
  private int ignored;
  private boolean tight;

  /// Opens a container.
  ///
  /// @param first stands before its first line
  /// @param rest stands before all others
  void open(String first, String rest) {
    if (frames.size() >= MAX_DEPTH) {
      ignored++;
    } else {
      frames.add(new Frame(first, rest));
    }
  }

  /// Closes the innermost container.
  ///
  /// @return whether anything was written into it
  boolean close() {
    if (ignored > 0) {
      ignored--;
      return true;
    }
    return frames.removeLast().used;
  }

  /// The next block follows the one before without a blank line.
  void tighten(boolean yes) {
    tight = yes;
  }

  /// Writes one block of one or more lines.
  void block(String text) {
    if (!out.isEmpty()) {
      out.append('\n');
      if (!tight) {
        blankLine();
      }
    }
    tight = false;
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      if (at > 0) {
        out.append('\n');
      }
      prefix();
      out.append(text, at, end);
      trimLine();
      at = end + 1;
    }
  }

  private void blankLine() {
    for (Frame frame : frames) {
      if (!frame.used) {
        break;
      }
      out.append(frame.rest);
    }
    trimLine();
    out.append('\n');
  }

  private void prefix() {
    for (Frame frame : frames) {
      out.append(frame.used ? frame.rest : frame.first);
      frame.used = true;
    }
  }

  private void trimLine() {
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
