package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.Document.Link;
import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import dev.imprimatur.engine.provider.EvidenceSpan;
import dev.imprimatur.engine.provider.local.ArticleView.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The 45 points for what a text can show: quotations, numbers, fluency, sources, terms,
/// readability. The weights follow the gains that Aggarwal et al. measured for each (KDD 2024).
final class EvidenceRubric {
  /// A number with a unit, a share or a sum of money. Possessive, so that a long run of digits is
  /// read once.
  private static final Pattern STATISTIC =
      Pattern.compile(
          "(?<![\\d.,])(?:[$\u20ac\u00a3]\\s?\\d[\\d.,]*+|\\d[\\d.,]*+\\s?"
              + "(?:%|percent\\b|per cent\\b"
              + "|percentage points?\\b|(?:milli|micro)?seconds?\\b|minutes?\\b|hours?\\b|days?\\b"
              + "|weeks?\\b|months?\\b|years?\\b|times\\b|million\\b|billion\\b|thousand\\b"
              + "|dollars?\\b|euros?\\b|pounds?\\b|people\\b|users?\\b|participants?\\b"
              + "|respondents?\\b|companies\\b|studies\\b|cases\\b|sites\\b|pages\\b|words\\b"
              + "|[kKMGT]?i?B\\b|ms\\b|km\\b|cm\\b|mm\\b|kg\\b|mg\\b|g\\b|ml\\b"
              + "|litres?\\b|liters?\\b"
              + "|met(?:re|er)s?\\b|miles?\\b|degrees?\\b|\u00b0|[kM]?W\\b|kWh\\b|Hz\\b))");

  private static final Pattern QUOTATION =
      Pattern.compile("[\"\u201c\u00ab]([^\"\u201d\u00bb]{12,600}+)[\"\u201d\u00bb]");

  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "\\b(?:said|says|wrote|writes|according to|noted|notes|explains|explained|told|argues"
              + "|argued|reported|reports|stated|states|concludes|concluded|recalls|warns|warned"
              + "|puts it|found that)\\b");

  /// A numbered or author-and-year reference in the text.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\[\\d{1,3}\\]|\\([A-Z][\\p{L}'-]{1,30}+[^()]{0,40}? (?:19|20)\\d\\d[a-z]?\\)");

  private static final double EASE_LOW = 50;
  private static final double EASE_HIGH = 70;

  private EvidenceRubric() {}

  static List<RubricPoints> points(ArticleView view) {
    return List.of(
        quotations(view),
        statistics(view),
        fluency(view),
        citations(view),
        domainTerms(view),
        readability(view));
  }

  private static RubricPoints quotations(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    double found = 0;
    List<Sentence> sentences = view.sentences();
    for (int i = 0; i < sentences.size(); i++) {
      Sentence sentence = sentences.get(i);
      boolean quoted =
          sentence.block().kind() == Kind.QUOTE || QUOTATION.matcher(sentence.text()).find();
      if (quoted && sentence.words() >= 5) {
        boolean attributed = isAttributed(sentences, i);
        found += attributed ? 1 : 0.25;
        evidence.add(view.evidence(sentence, "quotations"));
      }
    }
    return RubricPoints.saturating("quotations", 11, found, 3.5 * view.lengthScale(), evidence);
  }

  private static boolean isAttributed(List<Sentence> sentences, int at) {
    for (int i = StrictMath.max(0, at - 1); i <= at + 1 && i < sentences.size(); i++) {
      String text = sentences.get(i).text();
      boolean dash = i >= at && (text.startsWith("\u2014") || text.startsWith("--"));
      if (dash || ATTRIBUTION.matcher(text).find()) {
        return true;
      }
    }
    return false;
  }

  private static RubricPoints statistics(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    for (Sentence sentence : view.sentences()) {
      String source = view.document().body().substring(sentence.start(), sentence.end());
      Matcher matcher = STATISTIC.matcher(source);
      if (STATISTIC.matcher(sentence.text()).find()) {
        boolean exact = matcher.find();
        int start = exact ? sentence.start() + matcher.start() : sentence.start();
        int end = exact ? sentence.start() + matcher.end() : sentence.end();
        evidence.add(view.evidence(start, end, "statistics"));
      }
    }
    double enough = 7 * view.lengthScale();
    return RubricPoints.saturating("statistics", 9, evidence.size(), enough, evidence);
  }

  /// Sentences of 8 to 25 words read easily; very long ones and a monotonous length do not.
  private static RubricPoints fluency(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    int easy = 0;
    int tooLong = 0;
    for (Sentence sentence : view.sentences()) {
      boolean isEasy = sentence.words() >= 5 && sentence.words() <= 25;
      easy += isEasy ? 1 : 0;
      tooLong += sentence.words() > 35 ? 1 : 0;
      if (isEasy) {
        evidence.add(view.evidence(sentence, "fluency"));
      }
    }
    double[] lengths = view.sentences().stream().mapToDouble(Sentence::words).toArray();
    double variation = Stats.ratio(Stats.deviation(lengths), Stats.mean(lengths));
    double share =
        0.6 * Stats.ratio(easy, lengths.length)
            + 0.25 * (1 - StrictMath.min(1, 4 * Stats.ratio(tooLong, lengths.length)))
            + 0.15 * StrictMath.min(1, variation / 0.4);
    return RubricPoints.share("fluency", 8, share * view.lengthFactor(), evidence);
  }

  private static RubricPoints citations(ArticleView view) {
    List<EvidenceSpan> evidence = new ArrayList<>();
    Set<String> addresses = new LinkedHashSet<>();
    for (Link link : view.document().links()) {
      if (!link.address().startsWith("mailto:") && addresses.add(link.address())) {
        evidence.add(view.evidence(link.start(), link.end(), "citations"));
      }
    }
    double found = addresses.size();
    for (Sentence sentence : view.sentences()) {
      boolean named = sentence.lower().contains("according to ");
      if (named || REFERENCE.matcher(sentence.text()).find()) {
        found += named ? 0.5 : 1;
        evidence.add(view.evidence(sentence, "citations"));
      }
    }
    return RubricPoints.saturating("citations", 8, found, 5 * view.lengthScale(), evidence);
  }

  /// Longer words of the subject that come back, each counted once.
  private static RubricPoints domainTerms(ArticleView view) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : view.words()) {
      counts.merge(StopWords.stem(word), 1, Integer::sum);
    }
    Set<String> seen = new LinkedHashSet<>();
    List<EvidenceSpan> evidence = new ArrayList<>();
    for (int i = 0; i < view.words().size(); i++) {
      String stem = StopWords.stem(view.words().get(i));
      boolean term =
          stem.length() >= 6
              && !StopWords.contains(view.words().get(i))
              && counts.getOrDefault(stem, 0) >= 2;
      if (term && seen.add(stem)) {
        TextSpan span = view.wordSpans().get(i);
        evidence.add(view.evidence(span.start(), span.end(), "domain_terms"));
      }
    }
    return RubricPoints.saturating(
        "domain_terms", 5, seen.size(), 15 * view.lengthScale(), evidence);
  }

  /// Flesch reading ease: 206.835 − 1.015 × words per sentence − 84.6 × syllables per word.
  private static RubricPoints readability(ArticleView view) {
    double words = 0;
    double syllables = 0;
    List<EvidenceSpan> evidence = new ArrayList<>();
    for (Sentence sentence : view.sentences()) {
      words += sentence.words();
      for (TextSpan word : Words.split(sentence.text())) {
        syllables += Syllables.count(word.in(sentence.text()));
      }
      if (sentence.words() >= 8 && sentence.words() <= 20) {
        evidence.add(view.evidence(sentence, "readability"));
      }
    }
    double ease =
        206.835
            - 1.015 * Stats.ratio(words, view.sentences().size())
            - 84.6 * Stats.ratio(syllables, words);
    double off = StrictMath.max(0, StrictMath.max(EASE_LOW - ease, ease - EASE_HIGH));
    double share = words == 0 ? 0 : StrictMath.max(0, 1 - off / 30) * view.lengthFactor();
    return new RubricPoints("readability", 4 * share, 4, ease, evidence);
  }
}
