package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits paragraphs that are too long and turns enumerations into lists.
final class ParagraphRules {
  private static final int LONGEST_WORDS = 85;
  private static final int WANTED_WORDS = 60;
  private static final int FEWEST_SENTENCES = 3;
  private static final int FEWEST_ITEMS = 3;
  private static final int LONGEST_ITEM_WORDS = 9;
  private static final int LONGEST_SENTENCE = 1500;

  /// The words before an enumeration, with or without a colon.
  private static final Pattern LEAD_IN =
      Pattern.compile(
          "(?:: |\\b(?:includes?|including|such as|consists? of|are the following|as follows)"
              + "(?: |: ))");

  private ParagraphRules() {}

  static List<Edit> splitLongParagraph(SourceParagraph paragraph) {
    List<Edit> edits = new ArrayList<>();
    List<TextSpan> sentences = paragraph.sentences();
    int words = paragraph.words();
    if (words <= LONGEST_WORDS || sentences.size() < FEWEST_SENTENCES) {
      return edits;
    }
    int parts = (words + WANTED_WORDS - 1) / WANTED_WORDS;
    double wanted = words / (double) parts;
    int since = 0;
    for (int i = 0; i + 1 < sentences.size(); i++) {
      since += paragraph.words(sentences.get(i));
      int next = paragraph.words(sentences.get(i + 1));
      int gap = sentences.get(i).end();
      boolean full = since >= wanted || since + next / 2.0 > wanted;
      boolean lastAlone = i + 2 == sentences.size() && next < 15;
      if (full && !lastAlone && paragraph.isFree(gap, sentences.get(i + 1).start())) {
        edits.add(
            new Edit(
                gap,
                sentences.get(i + 1).start(),
                "\n\n",
                new Change(
                    "split-long-paragraph",
                    "A paragraph of more than " + LONGEST_WORDS + " words is hard to scan.")));
        since = 0;
      }
    }
    return edits;
  }

  /// Only the last sentence of a paragraph: after a list the text would go on without a lead-in.
  static List<Edit> listFromEnumeration(SourceParagraph paragraph) {
    if (!paragraph.markdown() || paragraph.sentences().isEmpty()) {
      return List.of();
    }
    TextSpan sentence = paragraph.sentences().getLast();
    String text = sentence.in(paragraph.text());
    if (text.length() > LONGEST_SENTENCE || !text.endsWith(".")) {
      return List.of();
    }
    Matcher matcher = LEAD_IN.matcher(text);
    while (matcher.find()) {
      List<String> items = items(text.substring(matcher.end(), text.length() - 1));
      int start = sentence.start() + matcher.start();
      boolean colon = matcher.group().endsWith(": ");
      int fewest = colon ? FEWEST_ITEMS : FEWEST_ITEMS + 1;
      if (items.size() >= fewest
          && Words.count(text.substring(0, matcher.start())) >= 2
          && paragraph.isFree(start, sentence.end())) {
        String lead = matcher.group().strip();
        StringBuilder list = new StringBuilder(lead);
        list.append(colon ? "\n" : ":\n");
        items.forEach(item -> list.append("\n- ").append(item));
        return List.of(
            new Edit(
                start,
                sentence.end(),
                list.toString(),
                new Change(
                    "list-from-enumeration",
                    "An enumeration of " + items.size() + " things reads faster as a list.")));
      }
    }
    return List.of();
  }

  /// The items of `a, b, and c`; empty if it is no plain enumeration of short items.
  private static List<String> items(String enumeration) {
    List<String> items = new ArrayList<>();
    if (enumeration.matches("(?s).*[.;:()\\[\\]\\n].*")) {
      return items;
    }
    String[] parts = enumeration.split(",");
    for (int i = 0; i < parts.length; i++) {
      String item = parts[i].strip();
      boolean last = i + 1 == parts.length;
      boolean joined = item.startsWith("and ") || item.startsWith("or ");
      if (joined && !last) {
        return new ArrayList<>();
      }
      int and = item.lastIndexOf(" and ");
      if (joined) {
        item = item.substring(item.indexOf(' ') + 1);
      } else if (last && and > 0) {
        items.add(item.substring(0, and).strip());
        item = item.substring(and + 5);
      }
      items.add(item.strip());
    }
    boolean fine =
        items.stream().allMatch(i -> !i.isEmpty() && Words.count(i) <= LONGEST_ITEM_WORDS);
    boolean closed = enumeration.contains(" and ") || enumeration.contains(" or ");
    return fine && closed ? items : new ArrayList<>();
  }
}
