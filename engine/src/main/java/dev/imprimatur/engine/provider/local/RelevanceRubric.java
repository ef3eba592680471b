package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.provider.EvidenceSpan;
import dev.imprimatur.engine.provider.local.ArticleView.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The 35 points for how well a text meets the query: C-SEO Bench (2025) found relevance to carry
/// further than style.
final class RelevanceRubric {
  private static final int LEAD_WORDS = 60;
  private static final int LONGEST_ANSWER = 35;

  private static final Set<String> QUESTION_WORDS =
      Set.of(
          "how", "what", "why", "when", "which", "who", "where", "can", "should", "is", "are", "do",
          "does");

  private RelevanceRubric() {}

  static List<RubricPoints> points(ArticleView view, Intent intent) {
    return List.of(
        directAnswer(view, intent), termCoverage(view, intent), questionHeadings(view, intent));
  }

  private static RubricPoints directAnswer(ArticleView view, Intent intent) {
    double best = 0;
    Sentence answer = null;
    for (Sentence sentence : lead(view)) {
      double share = answerShare(view, intent, sentence);
      if (share > best) {
        best = share;
        answer = sentence;
      }
    }
    List<EvidenceSpan> evidence =
        answer == null ? List.of() : List.of(view.evidence(answer, "direct_answer"));
    return RubricPoints.share("direct_answer", 15, best, evidence);
  }

  /// How well the lead answers, 0 to 1.
  static double leadShare(ArticleView view, Intent intent) {
    double best = 0;
    for (Sentence sentence : lead(view)) {
      best = StrictMath.max(best, answerShare(view, intent, sentence));
    }
    return best;
  }

  /// How well one sentence answers the query on the text's topic, 0 to 1.
  static double answerShare(ArticleView view, Intent intent, Sentence sentence) {
    String lower = sentence.lower();
    double onTopic = StrictMath.min(1, 2 * ArticleView.coverage(view.topic(), lower));
    boolean answers = sentence.words() >= 5 && !lower.endsWith("?") && intent.answeredBy(lower);
    if (!answers) {
      return 0.2 * onTopic;
    }
    double brief = sentence.words() <= LONGEST_ANSWER ? 1 : 0;
    return 0.45 + 0.35 * onTopic + 0.2 * brief;
  }

  /// The sentences that begin within the first 60 words.
  private static List<Sentence> lead(ArticleView view) {
    List<Sentence> lead = new ArrayList<>();
    int words = 0;
    for (Sentence sentence : view.sentences()) {
      if (words >= LEAD_WORDS) {
        break;
      }
      lead.add(sentence);
      words += sentence.words();
    }
    return lead;
  }

  /// Title 2, headings 3, lead 3 and body 4 points: each half for showing the intent, half for the
  /// topic's own words.
  private static RubricPoints termCoverage(ArticleView view, Intent intent) {
    Set<String> terms = new TreeSet<>(view.topic());
    terms.addAll(intent.terms());
    List<EvidenceSpan> evidence = new ArrayList<>();
    StringBuilder headings = new StringBuilder();
    for (Block block : view.blocks()) {
      if (block.kind() == Kind.HEADING) {
        headings.append(block.text()).append(". ");
        String lower = block.text().toLowerCase(Locale.ROOT);
        if (intent.signalledBy(lower) || ArticleView.coverage(terms, lower) > 0) {
          evidence.add(view.evidence(block.start(), block.end(), "term_coverage"));
        }
      }
    }
    StringBuilder lead = new StringBuilder();
    for (Sentence sentence : lead(view)) {
      lead.append(sentence.text()).append(' ');
      if (ArticleView.coverage(terms, sentence.text()) > 0) {
        evidence.add(view.evidence(sentence, "term_coverage"));
      }
    }
    String title = view.document().title().toLowerCase(Locale.ROOT);
    double points =
        (intent.signalledBy(title) ? 2 : 0)
            + part(3, intent, terms, headings.toString())
            + part(3, intent, terms, lead.toString())
            + bodyPart(view, intent, terms, evidence);
    return new RubricPoints("term_coverage", points, 12, points, evidence);
  }

  private static double part(double most, Intent intent, Set<String> terms, String text) {
    double signal = intent.signalledBy(text.toLowerCase(Locale.ROOT)) ? 1 : 0;
    return most * (0.5 * signal + 0.5 * StrictMath.min(1, 1.5 * ArticleView.coverage(terms, text)));
  }

  /// A term counts in full once it has come three times; more adds nothing. Two in a hundred words
  /// is plenty.
  private static double bodyPart(
      ArticleView view, Intent intent, Set<String> terms, List<EvidenceSpan> evidence) {
    double held = 0;
    for (String term : terms) {
      long times = view.words().stream().map(StopWords::stem).filter(term::equals).limit(3).count();
      held += times / 3.0;
    }
    int signals = 0;
    for (Sentence sentence : view.sentences()) {
      if (intent.answeredBy(sentence.lower())) {
        signals++;
        evidence.add(view.evidence(sentence, "term_coverage"));
      }
    }
    double answers = StrictMath.min(1, signals / (6 * view.lengthScale()));
    return 2.5 * Stats.ratio(held, terms.size()) + 1.5 * answers * view.lengthFactor();
  }

  private static RubricPoints questionHeadings(ArticleView view, Intent intent) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    double found = 0;
    List<Block> blocks = view.blocks();
    for (int i = 0; i + 1 < blocks.size(); i++) {
      Block heading = blocks.get(i);
      if (heading.kind() == Kind.HEADING && isQuestion(heading.text())) {
        Sentence answer = answerIn(view, blocks.get(i + 1));
        if (answer != null) {
          found += intent.signalledBy(heading.text().toLowerCase(Locale.ROOT)) ? 1 : 0.6;
          evidence.add(view.evidence(heading.start(), heading.end(), "question_headings"));
          evidence.add(view.evidence(answer, "question_headings"));
        }
      }
    }
    return RubricPoints.saturating("question_headings", 8, found, 2.2, evidence);
  }

  static boolean isQuestion(String heading) {
    String lower = heading.strip().toLowerCase(Locale.ROOT);
    int space = lower.indexOf(' ');
    String first = space < 0 ? lower : lower.substring(0, space);
    return lower.endsWith("?") || (space > 0 && QUESTION_WORDS.contains(first));
  }

  private static @org.jspecify.annotations.Nullable Sentence answerIn(
      ArticleView view, Block block) {
    for (Sentence sentence : view.sentences()) {
      if (sentence.block().start() >= block.start()) {
        boolean answers =
            sentence.block().equals(block)
                && sentence.words() >= 4
                && !sentence.text().endsWith("?");
        return answers ? sentence : null;
      }
    }
    return null;
  }
}
