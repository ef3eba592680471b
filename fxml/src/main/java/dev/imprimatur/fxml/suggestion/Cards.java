package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.fxml.diff.TextDiff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes cards of a suggestion's hunks: what each changes, what stands around it, and why.
final class Cards {
  private static final Pattern QUOTED = Pattern.compile("\u201c([^\u201d]+)\u201d");

  /// Of the lines around a hunk no more than this is shown.
  private static final int LONGEST = 110;

  private Cards() {}

  static List<Card> of(Rewrites.Detail detail) {
    List<Hunks.Hunk> hunks = detail.hunks();
    List<String> lines = new ArrayList<>();
    lines.add(detail.base().title().replace('\n', ' '));
    lines.addAll(List.of(detail.base().body().split("\n", -1)));
    Set<String> open = new LinkedHashSet<>();
    detail.suggestion().changes().forEach(change -> open.add(why(change)));
    List<String> reasons = List.copyOf(open);
    Set<String> placed = new HashSet<>();
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < hunks.size(); i++) {
      Hunks.Hunk hunk = hunks.get(i);
      List<String> own =
          reasons.stream().filter(r -> hunks.size() == 1 || belongs(r, hunk)).toList();
      placed.addAll(own);
      int from = i == 0 ? 0 : end(hunks.get(i - 1));
      int to = i + 1 == hunks.size() ? lines.size() : hunks.get(i + 1).line() - 1;
      cards.add(
          new Card.OfHunk(
              hunk,
              TextDiff.between(String.join("\n", hunk.before()), String.join("\n", hunk.after())),
              nearest(lines, hunk.line() - 2, from, -1),
              nearest(lines, end(hunk), to - 1, 1),
              own));
    }
    open.removeAll(placed);
    if (!open.isEmpty()) {
      cards.addFirst(new Card.Reasons(List.copyOf(open)));
    }
    return List.copyOf(cards);
  }

  private static String why(JsonNode change) {
    String why = change.path("why").asString("");
    String rule = change.path("rule").asString("").replace('-', ' ').replace('_', ' ');
    return rule.isEmpty() ? why : capital(rule) + ": " + why;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// A rewriter gives its reasons for the text as a whole. One that quotes words which a hunk takes
  /// out is a reason for that hunk.
  private static boolean belongs(String reason, Hunks.Hunk hunk) {
    Matcher quoted = QUOTED.matcher(reason);
    while (quoted.find()) {
      String words = quoted.group(1).toLowerCase(Locale.ROOT);
      if (count(hunk.before(), words) > count(hunk.after(), words)) {
        return true;
      }
    }
    return false;
  }

  private static int count(List<String> lines, String words) {
    String text = String.join("\n", lines).toLowerCase(Locale.ROOT);
    int count = 0;
    for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length())) {
      count++;
    }
    return count;
  }

  /// Index of the line after a hunk.
  private static int end(Hunks.Hunk hunk) {
    return hunk.line() - 1 + hunk.before().size();
  }

  private static Card.@Nullable Context nearest(List<String> lines, int from, int to, int step) {
    for (int at = from; step > 0 ? at <= to : at >= to; at += step) {
      if (!lines.get(at).isBlank()) {
        return new Card.Context(at + 1, brief(lines.get(at).strip()));
      }
    }
    return null;
  }

  private static String brief(String line) {
    if (line.length() <= LONGEST) {
      return line;
    }
    int space = line.lastIndexOf(' ', LONGEST);
    return line.substring(0, space > LONGEST / 2 ? space : LONGEST) + " …";
  }
}
