package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.List;

/// A line without what ends it, and what ends it: `\n`, `\r\n`, `\r`, or nothing at the very end.
record Line(String text, String ending) {
  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        int next = at + (pair ? 2 : 1);
        lines.add(new Line(text.substring(start, at), text.substring(at, next)));
        start = next;
        at = next;
      } else {
        at++;
      }
    }
    if (start < text.length()) {
      lines.add(new Line(text.substring(start), ""));
    }
    return lines;
  }
}
