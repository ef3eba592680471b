package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Sentences;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The running prose of a text as the detectors read it: paragraphs and list items of eight words
/// or more that end as sentences do; headings, tables, quotations and code are left out. Typography
/// is levelled (quotation marks, dashes, ellipses, spaces), because it tells which program saved a
/// file, not who wrote it.
///
/// @param text the prose, paragraphs separated by a line end
/// @param sentences its sentences
/// @param words its words in lower case, in order
/// @param sentenceWords the words of each sentence, in lower case; sentences without words are left
///   out
record StyleText(
    String text, List<String> sentences, List<String> words, List<List<String>> sentenceWords) {

  /// A block with fewer words is a label rather than prose.
  private static final int FEWEST_BLOCK_WORDS = 8;

  private static final String END_MARKS = ".!?\u2026\u3002\uff01\uff1f";
  private static final String CLOSERS = "\"')]\u201d\u2019\u00bb";

  /// Detectors read no more than this many characters: a style shows long before, and time stays
  /// bounded.
  private static final int LONGEST = 200_000;

  static StyleText of(Document document) {
    StringBuilder prose = new StringBuilder();
    for (Block block : document.blocks()) {
      if (isProse(block) && prose.length() < LONGEST) {
        prose.append(block.text()).append('\n');
      }
    }
    return of(prose.length() > LONGEST ? prose.substring(0, LONGEST) : prose.toString());
  }

  /// Prose that is already free of mark-up, paragraphs separated by line ends.
  static StyleText of(String prose) {
    String text = level(prose);
    List<String> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<List<String>> sentenceWords = new ArrayList<>();
    text.lines()
        .forEach(paragraph -> {
          for (TextSpan span : Sentences.split(paragraph)) {
            String sentence = span.in(paragraph);
            List<String> own = wordsOf(sentence);
            if (!own.isEmpty()) {
              sentences.add(sentence);
              sentenceWords.add(own);
              words.addAll(own);
            }
          }
        });
    return new StyleText(
        text, List.copyOf(sentences), List.copyOf(words), List.copyOf(sentenceWords));
  }

  private static List<String> wordsOf(String sentence) {
    List<String> words = new ArrayList<>();
    for (TextSpan word : Words.split(sentence)) {
      words.add(word.in(sentence).toLowerCase(Locale.ROOT));
    }
    return List.copyOf(words);
  }

  private static boolean isProse(Block block) {
    return switch (block.kind()) {
      case PARAGRAPH, BULLET_ITEM, ORDERED_ITEM -> isProse(block.text());
      case HEADING, TABLE_ROW, QUOTE, CODE -> false;
    };
  }

  /// Whether a block's text is running prose rather than a label, a caption or the lead-in of an
  /// example.
  static boolean isProse(String text) {
    int end = text.length();
    while (end > 0 && CLOSERS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0
        && END_MARKS.indexOf(text.charAt(end - 1)) >= 0
        && Words.count(text) >= FEWEST_BLOCK_WORDS;
  }

  /// Straight quotation marks, one kind of dash with one space on both sides, three dots, single
  /// spaces.
  static String level(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\u2018', '\u2019', '\u201a', '\u2032', '`', '\u00b4' -> out.append('\'');
        case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb', '\u2033' -> out.append('"');
        case '\u2026' -> out.append("...");
        case '\u2010', '\u2011' -> out.append('-');
        case '\u2012', '\u2013', '\u2014', '\u2015' -> dash(out);
        case '-' -> {
          boolean second = i + 1 < text.length() && text.charAt(i + 1) == '-';
          boolean spaced =
              i > 0
                  && i + 1 < text.length()
                  && Character.isWhitespace(text.charAt(i - 1))
                  && Character.isWhitespace(text.charAt(i + 1));
          if (second || spaced) {
            while (i + 1 < text.length() && text.charAt(i + 1) == '-') {
              i++;
            }
            dash(out);
          } else {
            out.append('-');
          }
        }
        case '\n' -> out.append('\n');
        case '\u200b', '\ufeff', '\u00ad' -> {
          // Invisible: zero-width space, byte order mark, soft hyphen.
        }
        default -> space(out, c);
      }
    }
    return out.toString();
  }

  private static void dash(StringBuilder out) {
    space(out, ' ');
    out.append("- ");
  }

  private static void space(StringBuilder out, char c) {
    if (!Character.isWhitespace(c) && c != '\u00a0') {
      out.append(c);
    } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }
}
