package dev.imprimatur.engine.document;

import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.Document.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Walks the CommonMark tree of one source and collects leaf blocks, links and prose. The walk
/// follows child, sibling and parent pointers instead of recursing: a source of nothing but nested
/// mark-up must not overflow the stack.
final class MarkdownReader {
  /// Deeper nesting of quotes and lists is read as text; without a bound a line of `>` signs costs
  /// quadratic time.
  private static final int DEEPEST_BLOCK = 32;

  private static final int DEEPEST_INLINE = 64;

  private static final Parser PARSER = parser(List.of(TablesExtension.create()));
  private static final Parser PARSER_WITHOUT_TABLES = parser(List.of());

  private final String source;
  private final int base;
  private final char[] prose;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private MarkdownReader(String source) {
    this.source = source;
    this.base = FrontMatter.end(source);
    this.prose = new char[source.length()];
    Arrays.fill(prose, ' ');
    for (int i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) {
      prose[i] = '\n';
    }
  }

  static MarkdownReader read(String source) {
    MarkdownReader reader = new MarkdownReader(source);
    reader.walk(parse(source.substring(reader.base)));
    return reader;
  }

  private static Parser parser(List<Extension> extensions) {
    return Parser.builder()
        .extensions(extensions)
        .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
        .maxOpenBlockParsers(DEEPEST_BLOCK)
        .maxInlineNesting(DEEPEST_INLINE)
        .build();
  }

  /// The table extension refuses a source of more than a million cells; such a source is read as
  /// paragraphs.
  private static Node parse(String markdown) {
    try {
      return PARSER.parse(markdown);
    } catch (IllegalArgumentException _) {
      return PARSER_WITHOUT_TABLES.parse(markdown);
    }
  }

  List<Block> blocks() {
    return blocks;
  }

  List<Link> links() {
    return links;
  }

  String prose() {
    return new String(prose);
  }

  private void walk(Node root) {
    Node node = root;
    while (true) {
      boolean leaf = visit(node);
      Node child = leaf ? null : node.getFirstChild();
      if (child != null) {
        node = child;
        continue;
      }
      while (node != root && node.getNext() == null && node.getParent() != null) {
        node = node.getParent();
      }
      Node next = node == root ? null : node.getNext();
      if (next == null) {
        return;
      }
      node = next;
    }
  }

  /// Collects a node; true if the walk need not go below it.
  private boolean visit(Node node) {
    switch (node) {
      case Heading heading -> addBlock(Kind.HEADING, heading.getLevel(), node);
      case Paragraph _ -> addParagraph(node);
      case TableRow _ -> addBlock(Kind.TABLE_ROW, 0, node);
      case FencedCodeBlock code -> addCode(code, code.getLiteral());
      case IndentedCodeBlock code -> addCode(code, code.getLiteral());
      case HtmlBlock _ -> {
        return true;
      }
      case org.commonmark.node.Document _ -> {
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void addParagraph(Node paragraph) {
    int depth = 0;
    Kind kind = Kind.PARAGRAPH;
    for (Node up = paragraph.getParent(); up != null; up = up.getParent()) {
      if (up instanceof ListBlock) {
        depth++;
        if (kind == Kind.PARAGRAPH) {
          kind = up instanceof OrderedList ? Kind.ORDERED_ITEM : Kind.BULLET_ITEM;
        }
      } else if (up instanceof BlockQuote && kind == Kind.PARAGRAPH) {
        kind = Kind.QUOTE;
      }
    }
    addBlock(kind, kind == Kind.QUOTE ? 0 : depth, paragraph);
  }

  private void addCode(Node node, @Nullable String literal) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (!spans.isEmpty()) {
      String text = DocumentParser.fold(literal == null ? "" : literal);
      blocks.add(new Block(Kind.CODE, 0, text, start(spans), end(spans)));
    }
  }

  private void addBlock(Kind kind, int level, Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    collectInlines(node, text);
    blocks.add(new Block(kind, level, DocumentParser.fold(text), start(spans), end(spans)));
  }

  private void collectInlines(Node block, StringBuilder text) {
    Node node = block.getFirstChild();
    while (node != null) {
      switch (node) {
        case Text words -> {
          text.append(words.getLiteral());
          keepProse(words);
        }
        case Code code -> {
          text.append(code.getLiteral());
          keepCode(code);
        }
        case SoftLineBreak _ -> text.append(' ');
        case HardLineBreak _ -> text.append(' ');
        case org.commonmark.node.Link link -> addLink(link);
        case org.commonmark.ext.gfm.tables.TableCell _ -> text.append(' ');
        default -> {
          // Emphasis and the like only hold text.
        }
      }
      Node child = node instanceof Image ? null : node.getFirstChild();
      if (child != null) {
        node = child;
        continue;
      }
      while (node != null && node != block && node.getNext() == null) {
        node = node.getParent();
      }
      node = node == null || node == block ? null : node.getNext();
    }
  }

  private void addLink(org.commonmark.node.Link link) {
    String address = link.getDestination();
    List<SourceSpan> spans = link.getSourceSpans();
    if (address == null || spans.isEmpty() || !isAbsolute(address)) {
      return;
    }
    StringBuilder label = new StringBuilder();
    for (Node child = link.getFirstChild(); child != null; child = child.getNext()) {
      if (child instanceof Text words) {
        label.append(words.getLiteral());
      } else if (child instanceof Code code) {
        label.append(code.getLiteral());
      } else if (child.getFirstChild() instanceof Text words) {
        label.append(words.getLiteral());
      }
    }
    links.add(new Link(DocumentParser.fold(label), address, start(spans), end(spans)));
  }

  private static boolean isAbsolute(String address) {
    return address.regionMatches(true, 0, "https://", 0, 8)
        || address.regionMatches(true, 0, "http://", 0, 7)
        || address.regionMatches(true, 0, "mailto:", 0, 7);
  }

  private void keepProse(Text words) {
    for (SourceSpan span : words.getSourceSpans()) {
      int from = base + span.getInputIndex();
      source.getChars(from, from + span.getLength(), prose, from);
    }
  }

  private void keepCode(Code code) {
    for (SourceSpan span : code.getSourceSpans()) {
      int from = base + span.getInputIndex();
      for (int i = from; i < from + span.getLength(); i++) {
        char c = source.charAt(i);
        prose[i] = c == '`' ? ' ' : c;
      }
    }
  }

  private int start(List<SourceSpan> spans) {
    return base + spans.getFirst().getInputIndex();
  }

  private int end(List<SourceSpan> spans) {
    SourceSpan last = spans.getLast();
    return base + last.getInputIndex() + last.getLength();
  }
}
