package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.Sentences;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.EvidenceSpan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A document as the rubric reads it: sentences and words with their places in the body.
///
/// @param document what is scored
/// @param blocks the blocks that are read, headings and code included
/// @param sentences the sentences of everything but headings, tables and code, in reading order
/// @param words the words of those sentences, in lower case
/// @param wordSpans where each word stands in the body
/// @param topic the words that say what the text is about, in lower case, from its title or first
///   heading
record ArticleView(
    Document document,
    List<Block> blocks,
    List<Sentence> sentences,
    List<String> words,
    List<TextSpan> wordSpans,
    Set<String> topic) {

  private static final int LONGEST_QUOTE = 200;

  /// No more than this many characters are read, so that a huge text costs no more than a long one.
  private static final int LONGEST = 300_000;

  /// A sentence in its place.
  ///
  /// @param text its words without mark-up, white space folded
  /// @param words number of words
  record Sentence(Block block, int start, int end, String text, int words) {
    String lower() {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  static ArticleView of(Document document) {
    String prose = DocumentParser.prose(document);
    List<Block> blocks = document.blocks().stream().takeWhile(b -> b.start() < LONGEST).toList();
    List<Sentence> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<TextSpan> spans = new ArrayList<>();
    for (Block block : blocks) {
      if (isRunning(block)) {
        int end = StrictMath.min(block.end(), block.start() + LONGEST);
        String slice = prose.substring(block.start(), end);
        addSentences(block, slice, sentences);
        for (TextSpan word : Words.split(slice)) {
          words.add(word.in(slice).toLowerCase(Locale.ROOT));
          spans.add(word.shifted(block.start()));
        }
      }
    }
    return new ArticleView(
        document,
        blocks,
        List.copyOf(sentences),
        List.copyOf(words),
        List.copyOf(spans),
        topic(document.title(), blocks));
  }

  private static boolean isRunning(Block block) {
    return switch (block.kind()) {
      case PARAGRAPH, BULLET_ITEM, ORDERED_ITEM, QUOTE -> true;
      case HEADING, TABLE_ROW, CODE -> false;
    };
  }

  private static void addSentences(Block block, String slice, List<Sentence> sentences) {
    for (TextSpan span : Sentences.split(slice)) {
      String text = fold(span.in(slice));
      int words = Words.count(text);
      if (words > 0) {
        TextSpan place = span.shifted(block.start());
        sentences.add(new Sentence(block, place.start(), place.end(), text, words));
      }
    }
  }

  private static Set<String> topic(String title, List<Block> blocks) {
    Set<String> terms = contentWords(title);
    if (terms.isEmpty()) {
      for (Block block : blocks) {
        if (block.kind() == Kind.HEADING) {
          return contentWords(block.text());
        }
      }
    }
    return terms;
  }

  /// The words of a text that carry meaning, in lower case and reduced to a stem.
  static Set<String> contentWords(String text) {
    Set<String> terms = new LinkedHashSet<>();
    for (TextSpan span : Words.split(text)) {
      String word = span.in(text).toLowerCase(Locale.ROOT);
      if (!StopWords.contains(word) && !isNumber(word)) {
        terms.add(StopWords.stem(word));
      }
    }
    return terms;
  }

  /// The share of `terms` that `text` holds, 0 to 1; 0 without terms.
  static double coverage(Set<String> terms, String text) {
    Set<String> held = contentWords(text);
    return Stats.ratio(terms.stream().filter(held::contains).count(), terms.size());
  }

  private static boolean isNumber(String word) {
    return Character.isDigit(word.charAt(0));
  }

  private static String fold(String text) {
    return String.join(" ", text.strip().split("\\s+"));
  }

  /// Up to which share a text is long enough to judge its style: 1 from 150 words on.
  double lengthFactor() {
    return StrictMath.min(1, words.size() / 150.0);
  }

  /// How many times more evidence a long text should bring than one of 600 words, 0.6 to 2.
  double lengthScale() {
    return StrictMath.max(0.6, StrictMath.min(2, words.size() / 600.0));
  }

  EvidenceSpan evidence(Sentence sentence, String feature) {
    return evidence(sentence.start(), sentence.end(), feature);
  }

  EvidenceSpan evidence(int start, int end, String feature) {
    String quote = document.body().substring(start, end);
    if (quote.length() > LONGEST_QUOTE) {
      int cut = Character.isHighSurrogate(quote.charAt(LONGEST_QUOTE - 1)) ? 1 : 0;
      quote = quote.substring(0, LONGEST_QUOTE - cut);
    }
    return new EvidenceSpan(start, end, feature, quote);
  }
}
