package dev.imprimatur.engine.importing;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/// Writes the text of an HTML element as Markdown: headings, paragraphs, nested lists, quotes,
/// code, tables, links and emphasis. Navigation, scripts, forms, hidden parts and everything else
/// that is not the article is left out.
///
/// Recursion is safe: the HTML parser nests at most 512 elements and hangs deeper ones on the last
/// level.
final class HtmlToMarkdown {
  private static final Set<String> DROPPED =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "nav",
          "aside",
          "footer",
          "header",
          "form",
          "button",
          "input",
          "select",
          "textarea",
          "iframe",
          "object",
          "embed",
          "svg",
          "canvas",
          "audio",
          "video",
          "dialog",
          "head",
          "link",
          "meta",
          "title",
          "map");

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "center",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "html",
          "li",
          "main",
          "menu",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "ul",
          "caption");

  private static final Pattern HIDDEN = Pattern.compile("display\\s*:\\s*none");
  private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t\\u00A0]*\\n");
  private static final Pattern LANGUAGE =
      Pattern.compile("(?:^|\\s)lang(?:uage)?-([\\w+#-]{1,20})");

  private final MarkdownWriter writer = new MarkdownWriter();
  private final Set<Node> withBlocks;
  private final boolean blankLines;

  private HtmlToMarkdown(Element root, boolean blankLines) {
    this.withBlocks = withBlocks(root);
    this.blankLines = blankLines;
  }

  /// @param blankLines whether a blank line in the text ends a paragraph, as in posts that
  ///   WordPress stores without `p`
  static String convert(Element root, boolean blankLines) {
    HtmlToMarkdown converter = new HtmlToMarkdown(root, blankLines);
    converter.flow(root);
    return converter.writer.toString();
  }

  static boolean isDropped(Element element) {
    String name = element.normalName();
    if (DROPPED.contains(name)) {
      // An article's own header holds its heading; a quotation's footer says who is quoted.
      return !(name.equals("header") && element.closest("article, main, section") != null)
          && !(name.equals("footer") && element.closest("blockquote") != null);
    }
    return element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")
        || HIDDEN.matcher(element.attr("style").toLowerCase(Locale.ROOT)).find();
  }

  /// Every element with a block somewhere inside. Marking upwards until a marked one is met keeps
  /// this linear.
  private static Set<Node> withBlocks(Element root) {
    Set<Node> marked = Collections.newSetFromMap(new IdentityHashMap<>());
    root.nodeStream(Element.class)
        .filter(HtmlToMarkdown::isBlock)
        .forEach(element -> {
          Node up = element.parent();
          while (up != null && marked.add(up)) {
            up = up.parent();
          }
        });
    return marked;
  }

  private void flow(Element parent) {
    InlineMarkdown inline = new InlineMarkdown();
    for (Node child : parent.childNodes()) {
      if (child instanceof Element element && breaksFlow(element)) {
        paragraph(inline);
        if (!isDropped(element)) {
          block(element);
        }
      } else if (child instanceof TextNode text && blankLines) {
        String[] parts = BLANK_LINE.split(text.getWholeText(), -1);
        for (int i = 0; i < parts.length; i++) {
          if (i > 0) {
            paragraph(inline);
          }
          inline.text(parts[i]);
        }
      } else if (child.normalName().equals("br") && inline.endsWithBreak()) {
        paragraph(inline);
      } else {
        inline.add(child);
      }
    }
    paragraph(inline);
  }

  static boolean isBlock(Element element) {
    return BLOCKS.contains(element.normalName());
  }

  private boolean breaksFlow(Element element) {
    return isBlock(element) || withBlocks.contains(element);
  }

  private void paragraph(InlineMarkdown inline) {
    String text = inline.take(true);
    if (!text.isEmpty()) {
      writer.block(text);
    }
  }

  private void block(Element element) {
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, name.charAt(1) - '0');
      case "ul", "ol", "menu" -> list(element);
      case "blockquote" -> {
        writer.open("> ", "> ");
        flow(element);
        writer.close();
      }
      case "pre" -> pre(element);
      case "hr" -> writer.block("---");
      case "table" -> table(element);
      case "dt", "summary" -> lead(element);
      default -> flow(element);
    }
  }

  private static String line(Element element) {
    InlineMarkdown inline = new InlineMarkdown();
    inlineOnly(element, inline);
    return inline.take(false);
  }

  /// Everything inside as running text, whatever blocks it is divided into.
  private static void inlineOnly(Element element, InlineMarkdown inline) {
    for (Node child : element.childNodes()) {
      if (child instanceof Element block && isBlock(block)) {
        inline.text(" ");
        if (!isDropped(block)) {
          inlineOnly(block, inline);
        }
        inline.text(" ");
      } else {
        inline.add(child);
      }
    }
  }

  private void heading(Element element, int level) {
    String text = line(element);
    if (!text.isEmpty()) {
      // A trailing run of # would be read as the heading's closing sequence.
      writer.block(
          "#".repeat(level)
              + " "
              + (text.endsWith("#") ? text.substring(0, text.length() - 1) + "\\#" : text));
    }
  }

  /// A term or a summary: a bold line over what it is about.
  private void lead(Element element) {
    String text = Texts.line(element.text());
    if (!text.isEmpty()) {
      InlineMarkdown inline = new InlineMarkdown();
      inline.add(new Element("strong").appendText(text));
      paragraph(inline);
    }
  }

  private void list(Element list) {
    boolean ordered = list.normalName().equals("ol");
    int number = ordered ? start(list) : 0;
    Element parent = list.parent();
    boolean nested = parent != null && Set.of("li", "ul", "ol").contains(parent.normalName());
    boolean tight = list.children().stream().noneMatch(HtmlToMarkdown::isLoose);
    boolean any = false;
    for (Element item : list.children()) {
      if (isDropped(item)) {
        continue;
      }
      String marker = ordered ? number + ". " : "- ";
      if (!item.normalName().equals("li")) {
        // Lists are often hung straight into lists; they belong to the item before.
        writer.open("  ", "  ");
        writer.tighten(tight && any);
        block(item);
        writer.close();
        continue;
      }
      writer.open(marker, " ".repeat(marker.length()));
      writer.tighten(tight && (any || nested));
      flow(item);
      if (writer.close()) {
        any = true;
        number++;
      }
    }
    writer.tighten(false);
  }

  private static int start(Element list) {
    String start = list.attr("start");
    return start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1;
  }

  private static boolean isLoose(Element item) {
    List<Element> children = item.children();
    long paragraphs = children.stream().filter(child -> child.nameIs("p")).count();
    return paragraphs > 1
        || children.stream()
            .anyMatch(child -> Set.of("pre", "blockquote", "table").contains(child.normalName()));
  }

  private void pre(Element element) {
    String code = Texts.clean(element.wholeText()).stripTrailing();
    if (code.isBlank()) {
      return;
    }
    Element inner = element.selectFirst("code[class]");
    var language = LANGUAGE.matcher(inner == null ? element.className() : inner.className());
    String fence = "`".repeat(Math.max(3, InlineMarkdown.longestRun(code, '`') + 1));
    writer.block(fence + (language.find() ? language.group(1) : "") + "\n" + code + "\n" + fence);
  }

  private void table(Element table) {
    HtmlTable.of(table)
        .ifPresentOrElse(data -> data.write(writer, HtmlToMarkdown::line), () -> flow(table));
  }
}
