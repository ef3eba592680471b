package dev.imprimatur.engine.importing;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/// Collects running text with its emphasis, code, links and line breaks as one Markdown paragraph.
final class InlineMarkdown {
  /// What stands between the lines of a hard break until the paragraph is finished.
  private static final char BREAK = '\n';

  private static final Pattern WEB =
      Pattern.compile("(?i)(?:https?|mailto|tel):.+|[^:]*|[^:]*[/?#].*");

  private final StringBuilder out = new StringBuilder();
  private boolean gap;
  private int codeEnd = -1;
  private boolean strong;
  private boolean emphasis;
  private boolean link;

  /// Adds one node that holds no blocks.
  void add(Node node) {
    if (node instanceof TextNode text) {
      text(text.getWholeText());
      escapeBang(text);
    } else if (node instanceof Element element && !HtmlToMarkdown.isDropped(element)) {
      element(element);
    }
  }

  boolean isBlank() {
    return out.isEmpty();
  }

  /// The paragraph so far, its lines safe at their start; empty if there is nothing.
  ///
  /// @param hardBreaks whether line breaks are kept or become spaces
  String take(boolean hardBreaks) {
    String text = out.toString().strip();
    out.setLength(0);
    gap = false;
    codeEnd = -1;
    if (!hardBreaks) {
      return text.replace(BREAK, ' ');
    }
    StringBuilder lines = new StringBuilder(text.length());
    for (String line : text.split("\n", -1)) {
      if (!lines.isEmpty()) {
        lines.append("\\\n");
      }
      lines.append(MarkdownEscapes.lineStart(line.strip()));
    }
    return lines.toString();
  }

  /// Whether the last thing added was a line break; a second one ends the paragraph.
  boolean endsWithBreak() {
    return !out.isEmpty() && out.charAt(out.length() - 1) == BREAK;
  }

  private void element(Element element) {
    switch (element.normalName()) {
      case "br" -> lineBreak();
      case "em", "i", "cite", "dfn", "var" -> emphasised(element);
      case "strong", "b" -> strong(element);
      case "code", "kbd", "samp", "tt" -> code(element);
      case "a" -> link(element);
      case "img" -> image(element);
      case "q" -> {
        text("“");
        children(element);
        text("”");
      }
      case "sup", "sub" -> children(element);
      default -> children(element);
    }
  }

  private void children(Element element) {
    for (Node child : element.childNodes()) {
      add(child);
    }
  }

  private void lineBreak() {
    if (!out.isEmpty() && !endsWithBreak()) {
      out.append(BREAK);
    }
    gap = false;
  }

  void text(String raw) {
    int length = raw.length();
    for (int i = 0; i < length; i++) {
      char c = raw.charAt(i);
      if (isSpace(c)) {
        gap = true;
      } else {
        char before = gap ? ' ' : last();
        flushGap();
        char after = i + 1 < length ? fold(raw.charAt(i + 1)) : '\0';
        MarkdownEscapes.append(out, c, before, after, link);
      }
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00A0' || c == '\u200B';
  }

  private static char fold(char c) {
    return isSpace(c) ? ' ' : c;
  }

  private char last() {
    return out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
  }

  private void flushGap() {
    if (gap && !out.isEmpty() && !endsWithBreak()) {
      out.append(' ');
    }
    gap = false;
  }

  private void emphasised(Element element) {
    if (emphasis || link) {
      children(element);
      return;
    }
    emphasis = true;
    wrapped(element, "*");
    emphasis = false;
  }

  private void strong(Element element) {
    if (strong || link) {
      children(element);
      return;
    }
    strong = true;
    wrapped(element, "**");
    strong = false;
  }

  /// Markdown wants the marks tight around the words, and lets them open and close only where words
  /// begin and end; where that can't be had, the words stand without them.
  private void wrapped(Element element, String mark) {
    int begin = out.length();
    children(element);
    int from = firstWord(begin);
    String inner = out.substring(from);
    boolean canMark =
        !inner.isBlank()
            && inner.indexOf(BREAK) < 0
            && opens(from, inner.charAt(0))
            && closes(element, inner.charAt(inner.length() - 1));
    if (canMark) {
      out.insert(from, mark).append(mark);
    }
  }

  /// Where the words begin that were added since, after white space that stood before or inside
  /// their element.
  private int firstWord(int begin) {
    int at = begin;
    while (at < out.length() && (out.charAt(at) == ' ' || out.charAt(at) == BREAK)) {
      at++;
    }
    return at;
  }

  private boolean opens(int at, char first) {
    char before = at == 0 ? ' ' : out.charAt(at - 1);
    return before != '*'
        && (Character.isLetterOrDigit(first) || !Character.isLetterOrDigit(before));
  }

  private boolean closes(Element element, char last) {
    if (gap || Character.isLetterOrDigit(last)) {
      return true;
    }
    return !Character.isLetterOrDigit(following(element));
  }

  /// The first character after an element; a letter, to be on the safe side, where that takes more
  /// than a look.
  private static char following(Element element) {
    Node next = next(element);
    if (next == null) {
      return ' ';
    }
    while (next instanceof Element inside) {
      if (HtmlToMarkdown.isBlock(inside) || inside.nameIs("br")) {
        return ' ';
      }
      next = inside.firstChild();
    }
    String text = next instanceof TextNode words ? words.getWholeText() : "";
    return text.isEmpty() ? 'x' : text.charAt(0);
  }

  /// Before a link, a `!` would make an image of it.
  private void escapeBang(Node written) {
    if (last() == '!' && !gap && linkFollows(written)) {
      out.insert(out.length() - 1, '\\');
    }
  }

  private static boolean linkFollows(Node written) {
    Node next = next(written);
    while (next instanceof Element inside && !inside.nameIs("a")) {
      next = inside.firstChild();
    }
    return next != null && next.nameIs("a");
  }

  /// What comes after a node in the same paragraph.
  private static @Nullable Node next(Node node) {
    Node last = node;
    while (last.nextSibling() == null) {
      if (!(last.parent() instanceof Element parent) || HtmlToMarkdown.isBlock(parent)) {
        return null;
      }
      last = parent;
    }
    return last.nextSibling();
  }

  private void code(Element element) {
    String raw = element.wholeText();
    String code = Texts.line(raw);
    gap |= !raw.isEmpty() && isSpace(raw.charAt(0));
    if (code.isEmpty()) {
      return;
    }
    if (!gap && out.length() == codeEnd) {
      // Two code spans side by side would share their backticks.
      text(raw);
      escapeBang(element);
      return;
    }
    flushGap();
    String fence = "`".repeat(longestRun(code, '`') + 1);
    boolean pad = code.startsWith("`") || code.endsWith("`");
    out.append(fence).append(pad ? " " : "").append(code).append(pad ? " " : "").append(fence);
    codeEnd = out.length();
    gap = isSpace(raw.charAt(raw.length() - 1));
  }

  static int longestRun(String text, char of) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == of ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private void link(Element element) {
    String address = address(element, "href");
    if (link || address.isEmpty() || element.attr("href").startsWith("#")) {
      children(element);
      return;
    }
    int begin = out.length();
    link = true;
    children(element);
    link = false;
    int from = firstWord(begin);
    if (out.length() > from) {
      out.insert(from, '[').append("](").append(address).append(')');
    }
  }

  private void image(Element element) {
    String alt = Texts.line(element.attr("alt"));
    String address = address(element, "src");
    if (link || address.isEmpty()) {
      text(alt);
      return;
    }
    flushGap();
    out.append("![");
    link = true;
    text(alt);
    link = false;
    out.append("](").append(address).append(')');
  }

  /// An address that can stand in parentheses; empty for schemes that don't lead to a page, such as
  /// scripts.
  private static String address(Element element, String attribute) {
    String absolute = element.absUrl(attribute);
    String raw = Texts.line(absolute.isEmpty() ? element.attr(attribute) : absolute);
    if (raw.length() > 4000 || !WEB.matcher(raw).matches()) {
      return "";
    }
    return raw.replace(" ", "%20")
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\\", "%5C");
  }
}
