package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Sentences;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import java.util.BitSet;
import java.util.List;

/// The source of one paragraph or list item with the stretches that no rule may touch: code, links,
/// images, HTML, addresses and quotations.
///
/// @param text the source
/// @param sentences its sentences
/// @param kept the offsets of the characters that must stay as they are
/// @param markdown whether mark-up may be added
record SourceParagraph(String text, List<TextSpan> sentences, BitSet kept, boolean markdown) {

  static SourceParagraph of(String text, boolean markdown) {
    return new SourceParagraph(text, Sentences.split(text), kept(text), markdown);
  }

  int words() {
    return Words.count(text);
  }

  int words(TextSpan span) {
    return Words.count(span.in(text));
  }

  boolean isFree(int start, int end) {
    int next = kept.nextSetBit(start);
    return next < 0 || next >= end;
  }

  private static BitSet kept(String text) {
    BitSet kept = new BitSet(text.length());
    pairs(text, '`', '`', kept);
    pairs(text, '"', '"', kept);
    pairs(text, '\u201c', '\u201d', kept);
    pairs(text, '<', '>', kept);
    links(text, kept);
    addresses(text, kept);
    return kept;
  }

  private static void pairs(String text, char open, char close, BitSet kept) {
    int from = text.indexOf(open);
    while (from >= 0) {
      int to = text.indexOf(close, from + 1);
      if (to < 0) {
        return;
      }
      kept.set(from, to + 1);
      from = text.indexOf(open, to + 1);
    }
  }

  /// `[label](address)`, `[label][name]` and `![image](address)`.
  private static void links(String text, BitSet kept) {
    int middle = text.indexOf(']');
    while (middle >= 0) {
      char next = middle + 1 < text.length() ? text.charAt(middle + 1) : ' ';
      int close =
          next == '('
              ? text.indexOf(')', middle)
              : next == '[' ? text.indexOf(']', middle + 1) : -1;
      int open = close < 0 ? -1 : text.lastIndexOf('[', middle);
      if (open >= 0) {
        kept.set(open > 0 && text.charAt(open - 1) == '!' ? open - 1 : open, close + 1);
      }
      middle = text.indexOf(']', StrictMath.max(close, middle) + 1);
    }
  }

  private static void addresses(String text, BitSet kept) {
    int scheme = text.indexOf("://");
    while (scheme >= 0) {
      int from = scheme;
      while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
        from--;
      }
      int to = scheme;
      while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
        to++;
      }
      kept.set(from, to);
      scheme = text.indexOf("://", to);
    }
  }
}
