package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.provider.Rewriter.Change;
import dev.imprimatur.engine.provider.local.ArticleView.Sentence;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the text's own best answer first when its lead answers nothing. The sentence is taken over
/// letter by letter.
final class LeadRule {
  /// A lead that answers this well is left alone; see the rubric's direct answer.
  private static final double GOOD_LEAD = 0.6;

  private static final double GOOD_ANSWER = 0.75;
  private static final int FEWEST_SENTENCES = 6;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 30;

  /// Words that lean on a sentence before.
  private static final Set<String> LEANING =
      Set.of(
          "it", "this", "that", "these", "those", "they", "he", "she", "but", "and", "however",
          "so", "also", "then", "there", "its", "their", "such", "another", "both", "or", "yet",
          "first", "second", "finally", "next", "instead");

  private LeadRule() {}

  static @Nullable Edit edit(Document document, List<String> intents) {
    ArticleView view = ArticleView.of(document);
    Block first = firstParagraph(document);
    if (first == null || view.sentences().size() < FEWEST_SENTENCES) {
      return null;
    }
    for (String name : intents) {
      if (RelevanceRubric.leadShare(view, Intent.of(name)) >= GOOD_LEAD) {
        return null;
      }
    }
    Sentence best = null;
    double highest = GOOD_ANSWER;
    for (String name : intents) {
      Intent intent = Intent.of(name);
      for (Sentence sentence : view.sentences()) {
        double share = RelevanceRubric.answerShare(view, intent, sentence);
        if (share > highest && isQuotable(document, sentence)) {
          highest = share;
          best = sentence;
        }
      }
    }
    if (best == null) {
      return null;
    }
    String text = document.body().substring(best.start(), best.end());
    return new Edit(
        first.start(),
        first.start(),
        text + "\n\n",
        new Change(
            "add-lead", "The first words answer no question; this sentence of the text does."));
  }

  private static @Nullable Block firstParagraph(Document document) {
    for (Block block : document.blocks()) {
      if (block.kind() == Kind.PARAGRAPH) {
        return block;
      }
      if (block.kind() != Kind.HEADING) {
        return null;
      }
    }
    return null;
  }

  private static boolean isQuotable(Document document, Sentence sentence) {
    String source = document.body().substring(sentence.start(), sentence.end());
    String lower = sentence.lower();
    int space = lower.indexOf(' ');
    String opening = lower.substring(0, space < 0 ? lower.length() : space);
    return sentence.block().kind() == Kind.PARAGRAPH
        && sentence.words() >= SHORTEST
        && sentence.words() <= LONGEST
        && source.equals(sentence.text())
        && source.endsWith(".")
        && Character.isUpperCase(source.codePointAt(0))
        && !LEANING.contains(opening.toLowerCase(Locale.ROOT))
        && SourceParagraph.of(source, true).isFree(0, source.length())
        && !source.contains(SentenceRules.PLACEHOLDER);
  }
}
