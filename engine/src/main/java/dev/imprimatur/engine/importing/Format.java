package dev.imprimatur.engine.importing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kinds of source that are read, and how to tell them.
enum Format {
  MARKDOWN,
  HTML,
  PLAIN,
  /// RSS, Atom or WXR; which of them the root element says.
  FEED;

  private static final Map<String, Format> BY_ENDING =
      Map.ofEntries(
          Map.entry("md", MARKDOWN),
          Map.entry("markdown", MARKDOWN),
          Map.entry("html", HTML),
          Map.entry("htm", HTML),
          Map.entry("xhtml", HTML),
          Map.entry("txt", PLAIN),
          Map.entry("text", PLAIN),
          Map.entry("xml", FEED),
          Map.entry("rss", FEED),
          Map.entry("atom", FEED));

  private static final int SNIFFED = 4096;
  private static final Pattern HTML_START =
      Pattern.compile("<!doctype\\s+html|<html[\\s>]", Pattern.CASE_INSENSITIVE);
  private static final Pattern FEED_START = Pattern.compile("<(?:rss|feed|(?:\\w+:)?RDF)[\\s>]");
  private static final Pattern MARKDOWN_SIGN =
      Pattern.compile("\\A---\\s*\\n|(?m:^#{1,6}\\s+\\S)|(?m:^\\S.*\\n={3,}\\s*$)");

  /// The format a file name's ending stands for.
  static Optional<Format> ofName(String fileName) {
    return Optional.ofNullable(BY_ENDING.get(ending(fileName)));
  }

  /// What follows the last dot, in lower case; empty if there is nothing.
  static String ending(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /// What a text named by an unknown ending seems to be. Plain text is believed only of a name
  /// without an ending: `data.json` is text too, and no article.
  static Optional<Format> sniff(String text, String fileName) {
    String start = text.substring(0, Math.min(text.length(), SNIFFED)).stripLeading();
    if (HTML_START.matcher(start).find()) {
      return Optional.of(HTML);
    }
    if (FEED_START.matcher(start).find()) {
      return Optional.of(FEED);
    }
    if (start.startsWith("<")) {
      return Optional.empty();
    }
    if (MARKDOWN_SIGN.matcher(start).find()) {
      return Optional.of(MARKDOWN);
    }
    return ending(fileName).isEmpty() ? Optional.of(PLAIN) : Optional.empty();
  }
}
