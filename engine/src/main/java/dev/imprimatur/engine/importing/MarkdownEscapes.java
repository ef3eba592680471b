package dev.imprimatur.engine.importing;

import java.util.regex.Pattern;

/// Writes plain words so that Markdown reads them as words. Escapes only what would mean something
/// where it stands: the body is read by people too.
final class MarkdownEscapes {
  private static final Pattern LINE_START =
      Pattern.compile("#{1,6}(?=\\s|$)|>|[+*-](?=\\s|$)|-{2,}|={1,}\\s*$|~{3,}|:?-+:");
  private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9})([.)])(?=\\s|$)");

  private MarkdownEscapes() {}

  /// Escapes one character of running text.
  ///
  /// @param before the character before it, or a space if there is none
  /// @param after the character after it, or `\0` if it is not known
  /// @param inLink whether it stands in a link's text, where brackets must not be lone
  static void append(StringBuilder out, char c, char before, char after, boolean inLink) {
    boolean escape =
        switch (c) {
          case '`', '*' -> true;
          case '\\' -> !Character.isLetterOrDigit(after);
          case '_' -> !(Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after));
          case '[' -> inLink;
          case ']' -> inLink || after == '\0' || after == '(' || after == '[' || after == ':';
          case '<' -> after == '\0' || Character.isLetter(after) || "/!?".indexOf(after) >= 0;
          case '&' -> after == '\0' || after == '#' || Character.isLetter(after);
          default -> false;
        };
    if (escape) {
      out.append('\\');
    }
    out.append(c);
  }

  /// Escapes what would make a finished line of a paragraph a heading, a quote, a list item or a
  /// rule.
  static String lineStart(String line) {
    var numbered = NUMBERED.matcher(line);
    if (numbered.lookingAt()) {
      return numbered.group(1) + "\\" + line.substring(numbered.end(1));
    }
    return LINE_START.matcher(line).lookingAt() ? "\\" + line : line;
  }
}
