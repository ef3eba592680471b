package dev.imprimatur.engine.document;

import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.Document.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a version's source into a [Document]. Time grows linearly with the length of the source,
/// whatever stands in it, and nothing recurses over its nesting.
public final class DocumentParser {
  private DocumentParser() {}

  /// Reads a source.
  ///
  /// @param title the title, without mark-up
  /// @param body the source; `\r\n` and `\r` are read as `\n`
  /// @param metadata flat facts that travel with the text
  public static Document parse(
      String title, MediaType type, String body, Map<String, String> metadata) {
    String source = body.replace("\r\n", "\n").replace('\r', '\n');
    List<Block> blocks = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    if (type == MediaType.MARKDOWN) {
      MarkdownReader reader = MarkdownReader.read(source);
      blocks.addAll(reader.blocks());
      links.addAll(reader.links());
    } else {
      plainBlocks(source, blocks);
    }
    return new Document(
        title, type, source, List.copyOf(blocks), List.copyOf(links), Map.copyOf(metadata));
  }

  /// The body of a document with everything but its prose blanked out: of the same length, so that
  /// an offset found in it is an offset in the body. Mark-up, addresses, code blocks and raw HTML
  /// become spaces; line ends stay.
  public static String prose(Document document) {
    return document.mediaType() == MediaType.MARKDOWN
        ? MarkdownReader.read(document.body()).prose()
        : document.body();
  }

  private static void plainBlocks(String source, List<Block> blocks) {
    int start = -1;
    int end = 0;
    int line = 0;
    while (line < source.length()) {
      int lineEnd = source.indexOf('\n', line);
      int stop = lineEnd < 0 ? source.length() : lineEnd;
      if (isBlank(source, line, stop)) {
        addPlain(source, start, end, blocks);
        start = -1;
      } else {
        start = start < 0 ? line : start;
        end = stop;
      }
      line = stop + 1;
    }
    addPlain(source, start, end, blocks);
  }

  private static void addPlain(String source, int start, int end, List<Block> blocks) {
    if (start >= 0) {
      String text = fold(source.substring(start, end));
      blocks.add(new Block(Kind.PARAGRAPH, 0, text, start, end));
    }
  }

  private static boolean isBlank(String source, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isWhitespace(source.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// The text with every run of white space made one space, none at its ends.
  static String fold(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00a0') {
        space = true;
      } else {
        if (space && !out.isEmpty()) {
          out.append(' ');
        }
        space = false;
        out.append(c);
      }
    }
    return out.toString();
  }
}
