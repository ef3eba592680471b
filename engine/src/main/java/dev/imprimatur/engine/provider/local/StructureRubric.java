package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.EvidenceSpan;
import dev.imprimatur.engine.provider.local.ArticleView.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The 20 points for a form that can be lifted into an answer, and the penalty for keyword
/// stuffing.
final class StructureRubric {
  private static final int LONGEST_PARAGRAPH = 120;
  private static final int FEWEST_WORDS_FOR_STUFFING = 60;
  private static final double STUFFED_FROM = 0.035;
  private static final double STUFFED_FULLY = 0.08;

  private static final Pattern DEFINITION =
      Pattern.compile(
          "^(?:(?:A|An|The) )?[\\p{L}\\d][^,;:.?!]{1,60}? (?:is|are|refers to|means|describes) "
              + "(?:a|an|the|any|when|what|how|one|two)\\b");

  private StructureRubric() {}

  static List<RubricPoints> points(ArticleView view, Intent intent) {
    return List.of(
        lists(view, intent), definitions(view), questionsAndAnswers(view), paragraphs(view));
  }

  private static RubricPoints lists(ArticleView view, Intent intent) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    double found = 0;
    for (Block block : view.blocks()) {
      double worth =
          switch (block.kind()) {
            case ORDERED_ITEM -> intent.orderedItem();
            case BULLET_ITEM -> intent.bulletItem();
            case TABLE_ROW -> intent.tableRow();
            case HEADING, PARAGRAPH, QUOTE, CODE -> 0;
          };
      if (worth > 0 && !block.text().isBlank()) {
        found += worth;
        evidence.add(view.evidence(block.start(), block.end(), "lists"));
      }
    }
    return RubricPoints.saturating("lists", 7, found, 8, evidence);
  }

  private static RubricPoints definitions(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    double found = 0;
    for (Sentence sentence : view.sentences()) {
      if (sentence.words() >= 6 && DEFINITION.matcher(sentence.text()).find()) {
        boolean onTopic = ArticleView.coverage(view.topic(), sentence.text()) > 0;
        found += onTopic ? 1 : 0.3;
        evidence.add(view.evidence(sentence, "definition"));
      }
    }
    return RubricPoints.saturating("definition", 5, found, 2, evidence);
  }

  private static RubricPoints questionsAndAnswers(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    boolean named = false;
    for (Block block : view.blocks()) {
      if (block.kind() == Kind.HEADING) {
        String lower = block.text().toLowerCase(Locale.ROOT);
        boolean faq =
            lower.contains("faq")
                || lower.contains("frequently asked")
                || lower.contains("common questions");
        named |= faq;
        if (faq || block.text().endsWith("?")) {
          evidence.add(view.evidence(block.start(), block.end(), "faq"));
        }
      }
    }
    double share = named || hasStructuredData(view) ? 1 : evidence.size() >= 3 ? 0.75 : 0;
    return RubricPoints.share("faq", 4, share, evidence);
  }

  /// Importers keep an HTML head's JSON-LD as metadata.
  private static boolean hasStructuredData(ArticleView view) {
    return view.document().metadata().entrySet().stream()
        .anyMatch(e ->
            e.getKey().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").contains("jsonld")
                || e.getValue().contains("schema.org"));
  }

  private static RubricPoints paragraphs(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    int all = 0;
    int fitting = 0;
    for (Block block : view.blocks()) {
      if (block.kind() == Kind.PARAGRAPH) {
        all++;
        if (Words.count(block.text()) <= LONGEST_PARAGRAPH) {
          fitting++;
          evidence.add(view.evidence(block.start(), block.end(), "short_paragraphs"));
        }
      }
    }
    double several = StrictMath.min(1, all / 3.0);
    double share = Stats.ratio(fitting, all) * several * view.lengthFactor();
    return RubricPoints.share("short_paragraphs", 4, share, evidence);
  }

  /// Takes up to 8 points when one content word makes up more than 3.5 % of the text, all of them
  /// from 8 %.
  static RubricPoints stuffing(ArticleView view) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String word : view.words()) {
      if (!StopWords.contains(word)) {
        counts.merge(StopWords.stem(word), 1, Integer::sum);
      }
    }
    String top = "";
    int most = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        top = entry.getKey();
      }
    }
    double density = Stats.ratio(most, view.words().size());
    boolean stuffed = view.words().size() >= FEWEST_WORDS_FOR_STUFFING && density > STUFFED_FROM;
    if (!stuffed) {
      return new RubricPoints("keyword_stuffing", 0, 8, density, List.of());
    }
    double share = StrictMath.min(1, (density - STUFFED_FROM) / (STUFFED_FULLY - STUFFED_FROM));
    return new RubricPoints("keyword_stuffing", -8 * share, 8, density, occurrences(view, top));
  }

  private static List<EvidenceSpan> occurrences(ArticleView view, String stem) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    for (int i = 0; i < view.words().size(); i++) {
      if (StopWords.stem(view.words().get(i)).equals(stem)) {
        TextSpan span = view.wordSpans().get(i);
        evidence.add(view.evidence(span.start(), span.end(), "keyword_stuffing"));
      }
    }
    return evidence;
  }
}
