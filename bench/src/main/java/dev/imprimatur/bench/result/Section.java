package dev.imprimatur.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A part of a page that is made, between two marks.
public final class Section {
  private Section() {}

  /// Puts a text between the marks of this name.
  ///
  /// @throws IOException also if the page has no such marks
  public static void replace(Path page, String name, String text) throws IOException {
    Files.writeString(page, replaced(Files.readString(page), name, text, page.toString()));
  }

  static String replaced(String page, String name, String text, String where) throws IOException {
    String begin = "<!-- bench:" + name + " -->";
    String end = "<!-- /bench:" + name + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(where + " has no section " + begin + " … " + end);
    }
    return page.substring(0, from + begin.length()) + "\n" + text + page.substring(to);
  }
}
